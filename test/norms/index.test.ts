// Every batch norm over time: its map by hand, the gradients of what it learns against central differences, tensors against
// plain numbers.
import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import { STEP_NORM_NAMES, type StepNormName, stepNorms } from '../../src/norms/index.js';
import { rowForSteps, summedOverSteps } from '../../src/norms/norm.js';
import { normals, worstDifference } from '../helpers/tensors.js';

const size = { steps: 3, channels: 2 };

/** Values of all that a norm learns. */
const learnedBy = (name: StepNormName): Record<string, Float64Array> =>
  Object.fromEntries(
    stepNorms[name].parameters(size).map(({ suffix, shape }) => [
      suffix,
      Float64Array.from(
        normals(
          `${name} ${suffix}`,
          shape.reduce((product, n) => product * n, 1),
        ),
      ),
    ]),
  );

/** The factor and the addend of step t and channel c, by hand. */
const BY_HAND: Record<StepNormName, (p: Record<string, Float64Array>, t: number, c: number) => number[]> = {
  stepwise: ({ weight, bias }, _, c) => [weight[c], bias[c]],
  tebn: ({ weight, bias, p }, t, c) => [p[t] * weight[c], p[t] * bias[c]],
  bntt: ({ weight }, t, c) => [weight[2 * t + c], 0],
};

for (const name of STEP_NORM_NAMES) {
  const norm = stepNorms[name];

  test(`${name}: its map is that of its formula`, (t) => {
    const learned = learnedBy(name);
    const map = norm.map(learned, size);
    for (let step = 0; step < 3; step++)
      for (let c = 0; c < 2; c++)
        t.deepEqual([map.scale[2 * step + c], map.shift[2 * step + c]], BY_HAND[name](learned, step, c));
  });

  test(`${name}: gradients are central differences, and the tensors are the plain numbers`, async (t) => {
    const learned = learnedBy(name);
    const sums = { scale: Float64Array.from(normals('S', 6)), shift: Float64Array.from(normals('D', 6)) };
    // What is linear in the map with these gradients.
    const loss = (p: Record<string, Float64Array>): number => {
      const { scale, shift } = norm.map(p, size);
      return scale.reduce((sum, value, i) => sum + value * sums.scale[i] + shift[i] * sums.shift[i], 0);
    };
    for (const [suffix, values] of Object.entries(norm.gradients(learned, size, sums))) {
      const expected = values.map((_, i) => {
        const at = (by: number) =>
          loss({ ...learned, [suffix]: learned[suffix].map((v, k) => (k === i ? v + by : v)) });
        return (at(1e-4) - at(-1e-4)) / 2e-4;
      });
      t.true(worstDifference(values, expected) < 1e-9, suffix);
    }
    const shapes = new Map(norm.parameters(size).map(({ suffix, shape }) => [suffix, shape]));
    const tensors = Object.fromEntries(
      Object.entries(learned).map(([suffix, values]) => [suffix, tf.tensor([...values], shapes.get(suffix))]),
    );
    const made = norm.tensors(tf, tensors, size);
    const map = norm.map(learned, size);
    for (const what of ['scale', 'shift'] as const) {
      t.deepEqual(made[what].shape, [3, 2]);
      t.true(worstDifference(await made[what].data(), map[what]) < 1e-6, what);
    }
  });
}

test('rows of steps: the same for each, times its factor, and added up', (t) => {
  const rows = rowForSteps([1, 2], size, (step) => step);
  t.deepEqual([...rows], [0, 0, 1, 2, 2, 4]);
  t.deepEqual([...summedOverSteps(rows, size)], [3, 6]);
});
