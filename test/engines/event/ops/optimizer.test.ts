// Updates of parameters against the formulas in float64.
import test from 'ava';
import { BUILDS } from '../../../../src/engines/event/module.js';
import { updateParameters } from '../../../../src/engines/event/ops/optimizer.js';
import {
  defaultAdam,
  defaultSgd,
  type OptimizerSettings,
  slotNames,
  updated,
} from '../../../../src/learning/optimizers/index.js';
import { Agreement, within } from '../../../helpers/agreement.js';
import { openKernels } from '../../../helpers/kernels.js';
import { runOps, Target } from '../../../helpers/operands.js';
import { normals } from '../../../helpers/tensors.js';

// A unit takes 16,384 floats.
const SIZES = [4, 100, 16384, 16384 + 64];
const KINDS: { name: string; settings: OptimizerSettings; learningRate: number }[] = [
  { name: 'sgd without momentum', settings: { ...defaultSgd, momentum: 0 }, learningRate: 0.1 },
  { name: 'sgd with momentum', settings: defaultSgd, learningRate: 0.03 },
  { name: 'sgd with momentum and decay', settings: { ...defaultSgd, weightDecay: 5e-2 }, learningRate: 0.03 },
  { name: 'adam', settings: defaultAdam, learningRate: 1e-3 },
  { name: 'adam with decay', settings: { ...defaultAdam, weightDecay: 5e-2 }, learningRate: 1e-3 },
  {
    name: 'sgd with decoupled decay',
    settings: { ...defaultSgd, weightDecay: 0.3, decoupled: true },
    learningRate: 0.03,
  },
  {
    name: 'adam with decoupled decay',
    settings: { ...defaultAdam, weightDecay: 0.3, decoupled: true },
    learningRate: 0.03,
  },
  {
    name: 'adam with other constants',
    settings: { ...defaultAdam, beta1: 0.7, beta2: 0.95, epsilon: 1e-3, weightDecay: 1e-2 },
    learningRate: 0.05,
  },
];

const TOLERANCE = {
  sgd: { movement: 4e-7, parameter: 2e-7, slot: 3e-7 },
  adam: { movement: 8e-7, parameter: 3e-7, slot: 4e-7 },
};

for (const build of BUILDS)
  for (const { name, settings, learningRate } of KINDS) {
    const { movement, parameter, slot: slotTolerance } = TOLERANCE[settings.kind];
    test(`${build}, ${name}: the movement of parameters that are 0 within ${movement.toExponential()}, others within ${parameter.toExponential()} and slots within ${slotTolerance.toExponential()} of the largest, for the first update, the second and the millionth`, (t) => {
      const agreement = new Agreement();
      for (const floats of SIZES)
        for (const update of [1, 2, 1_000_000])
          for (const from of ['zero', 'anywhere']) {
            const bench = openKernels(build);
            // Away from 0 the rounding of a parameter hides how exact its movement is.
            const parameters = normals('w', floats).map((z) => (from === 'zero' ? 0 : z));
            const gradients = normals('g', floats).map((z, i) => (i % 7 === 0 ? 0 : z * 10 ** -(i % 4)));
            const slots = slotNames(settings).map((slot) =>
              normals(slot, floats).map((z) => (update === 1 ? 0 : slot === 'v' ? z * z : z)),
            );
            const put = (values: Float32Array): Target => {
              const target = new Target(bench, floats);
              target.floats.set(values);
              return target;
            };
            const at = { parameters: put(parameters), slots: slots.map(put), gradients: put(gradients) };
            const addresses = {
              parameters: at.parameters.address,
              gradients: at.gradients.address,
              slots: at.slots.map(({ address }) => address),
            };
            const whole = [{ offset: 0, floats, ofNeurons: false }];
            const op = updateParameters(addresses, whole, settings, learningRate, update);
            const targets = [at.parameters, at.gradients, ...at.slots];
            runOps(t, bench, op, { targets, backwards: true });
            const state = {
              parameter: Float64Array.from(parameters),
              slots: slots.map((s) => Float64Array.from(s)),
            };
            const expected = updated(state, gradients, settings, learningRate, update);
            const where = `${floats} floats, update ${update}, from ${from}`;
            const kind = from === 'zero' ? 'movement' : 'parameter';
            agreement.compare(kind, where, at.parameters.floats, expected.parameter);
            for (const [i, slot] of at.slots.entries())
              agreement.compare(slotNames(settings)[i], where, slot.floats, expected.slots[i]);
            agreement.compare('gradient', where, at.gradients.floats, gradients); // left as it was
          }
      const slots = Object.fromEntries(slotNames(settings).map((slot) => [slot, slotTolerance]));
      within(t, agreement, { movement, parameter, gradient: 0, ...slots });
    });
  }
