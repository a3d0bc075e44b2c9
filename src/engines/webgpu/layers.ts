// Kinds of layers that this engine compiles in its own way: LIF, of which it has the built-in surrogates. Tests:
// test/engines/webgpu/plan.test.ts.
import { equationsInForce } from '../../neurons/in-force.js';
import { isNamed } from '../../surrogates/settings.js';
import { compileLif } from '../plan/lif.js';
import type { OwnKinds } from '../plan/planner.js';
import type { GpuPlanner } from './planner.js';

/** See the head of the file. */
export const ownKinds: OwnKinds<GpuPlanner> = {
  lif: {
    pending: true,
    compile(planner, layer, signal) {
      const { neuron } = planner.settings;
      const special = equationsInForce(layer, neuron, { always: !isNamed(neuron.surrogate) });
      if (special)
        planner.refuse(
          layer,
          `this engine has the built-in surrogates of v − theta alone, and ${neuron.surrogate.name} as it is set is none`,
        );
      return compileLif(planner, layer, signal);
    },
  },
};
