// Updates on a driver, several in a row, against src/learning/optimizers in float64.
import { stepNumbers, updateParameters } from '../../../../src/engines/webgpu/kernels/optimizer.js';
import {
  defaultAdam,
  defaultSgd,
  type OptimizerSettings,
  slotNames,
  type Updated,
  updated,
} from '../../../../src/learning/optimizers/index.js';
import { Agreement, within } from '../../../helpers/agreement.js';
import { GpuBench, testOnDriver } from '../../../helpers/gpu.js';
import { normals } from '../../../helpers/tensors.js';

const SETTINGS: OptimizerSettings[] = [
  defaultAdam,
  { ...defaultAdam, weightDecay: 0.1 },
  { ...defaultAdam, weightDecay: 0.1, decoupled: true, beta1: 0.5, epsilon: 1e-3 },
  defaultSgd,
  { ...defaultSgd, momentum: 0, weightDecay: 0.1 },
  { ...defaultSgd, momentum: 0.5, weightDecay: 0.1, decoupled: true },
];
const FLOATS = 1300; // more than one workgroup
const RATE = 0.05;

const testWithDriver = await testOnDriver();

testWithDriver(
  'every optimizer, decay coupled or not: parameters after three updates within 1e-6 of the largest',
  async (t) => {
    const bench = await GpuBench.open();
    const agreement = new Agreement();
    for (const settings of SETTINGS) {
      const start = normals('w', FLOATS);
      const slots = slotNames(settings);
      let expected: Updated<Float64Array> = {
        parameter: Float64Array.from(start),
        slots: slots.map(() => new Float64Array(FLOATS)),
      };
      bench.clear();
      const parameters = bench.put(start);
      const regions = { parameters, slots: slots.map(() => bench.put(new Float32Array(FLOATS))) };
      let got = start;
      for (let update = 1; update <= 3; update++) {
        const g = normals(`g ${update}`, FLOATS);
        expected = updated(expected, g, settings, RATE, update);
        const step = bench.put(stepNumbers(settings, RATE, update));
        const work = updateParameters({ ...regions, gradients: bench.put(g), step }, settings, FLOATS);
        got = (await bench.run([work], [parameters]))[0].slice(0, FLOATS);
      }
      agreement.compare('parameters', JSON.stringify(settings), got, expected.parameter);
    }
    within(t, agreement, { parameters: 1e-6 });
  },
);
