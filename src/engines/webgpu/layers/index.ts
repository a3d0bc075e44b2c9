// Kinds of layers that this engine compiles in its own way: neurons whose step is generated, among them LIF with a surrogate of one's
// own. Tests: test/engines/webgpu/plan.test.ts.
import type { NeuronEquations } from '../../../equations/index.js';
import type { Layer } from '../../../network/layers.js';
import { equationsInForce } from '../../../neurons/in-force.js';
import { hasTiedWidth, isNamed } from '../../../surrogates/settings.js';
import { compileLif } from '../../plan/lif.js';
import type { OwnKinds } from '../../plan/planner.js';
import type { GpuPlanner } from '../planner.js';
import { compileDescribed } from './described.js';

/** See the head of the file. */
export const ownKinds: OwnKinds<GpuPlanner> = {
  lif: {
    pending: true,
    compile(planner, layer, signal) {
      const neuron = equationsOf(planner, layer);
      return neuron ? compileDescribed(planner, layer, signal, neuron) : compileLif(planner, layer, signal);
    },
  },
  neuron: {
    pending: true,
    compile: (planner, layer, signal) =>
      compileDescribed(planner, layer, signal, equationsOf(planner, layer)!),
  },
};

/** The equations of a layer; undefined of LIF with a built-in surrogate. */
function equationsOf(planner: GpuPlanner, layer: Layer): NeuronEquations | undefined {
  const { neuron } = planner.settings;
  if (hasTiedWidth(neuron.surrogate))
    planner.refuseHere(layer, 'the width of its surrogate follows a batch norm');
  return equationsInForce(layer, neuron, { always: !isNamed(neuron.surrogate) });
}
