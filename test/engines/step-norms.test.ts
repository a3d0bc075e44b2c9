// Batch norms over time, and tdBN of both forms: gradients of engine plain against central differences, what the kinds are in the
// limits, and the fast engines against plain.
import test from 'ava';
import type { Batch } from '../../src/data/dataset.js';
import { SettingsError } from '../../src/errors.js';
import { initialWeights } from '../../src/network/initialise.js';
import { batchNorm, scaledNorm, stepNorm } from '../../src/network/layers.js';
import { STEP_NORM_NAMES, type StepNormName } from '../../src/norms/index.js';
import { largest } from '../helpers/agreement.js';
import {
  agreesWithPlain,
  areCentralDifferences,
  hasTheSameBits,
  plain,
  plainGradients,
} from '../helpers/engine-agreement.js';
import { examplesOf, type MakeNorm, smooth, spiking, threeSteps } from '../helpers/step-norms.js';
import { worstDifference } from '../helpers/tensors.js';

const ofKind =
  (kind: StepNormName, steps = 3): MakeNorm =>
  (name, channels) =>
    stepNorm(name, channels, kind, steps);
const ONE_STEP: [string, MakeNorm, number] = ['bntt of one step', ofKind('bntt', 1), 1];
const KINDS: [string, MakeNorm, steps?: number][] = [
  ...STEP_NORM_NAMES.map((kind): [string, MakeNorm] => [kind, ofKind(kind)]),
  ['scaledNorm', (name, channels) => scaledNorm(name, channels, 0.4)],
];

for (const [kind, make] of KINDS)
  test(`${kind}: the gradients of engine plain are central differences within 1e-6 of the largest`, (t) => {
    const network = smooth(make);
    return areCentralDifferences(t, network, threeSteps(), examplesOf(network, 3));
  });

test('tebn whose p are 1 is merged batch norm: loss and gradients to 1e-12', async (t) => {
  const [ours, theirs] = [spiking(ofKind('tebn')), spiking(batchNorm)];
  const batch = examplesOf(ours, 3);
  const got = await plainGradients(ours, threeSteps(), batch, initialWeights(ours, 1));
  const want = await plainGradients(theirs, threeSteps(), batch, initialWeights(theirs, 1));
  t.true(Math.abs(got.loss - want.loss) < 1e-12);
  for (const [name, { data }] of Object.entries(want.gradients))
    t.true(worstDifference(got.gradients[name].data, data) < 1e-12 || largest(data) < 1e-12, name);
});

test('bntt and stepwise of one step are batch norm, of bntt without its shift', async (t) => {
  const settings = { ...threeSteps(), steps: 1 };
  const theirs = spiking(batchNorm);
  const batch = examplesOf(theirs);
  const want = await plainGradients(theirs, settings, batch, initialWeights(theirs, 1));
  for (const kind of ['bntt', 'stepwise'] as const) {
    const ours = spiking(ofKind(kind, 1));
    const got = await plainGradients(ours, settings, batch, initialWeights(ours, 1));
    t.is(got.loss, want.loss, kind);
    for (const [name, { data }] of Object.entries(got.gradients))
      t.true(worstDifference(data, want.gradients[name].data) < 1e-12 || largest(data) < 1e-12, name);
    t.is('n1.bias' in got.gradients, kind === 'stepwise');
  }
});

test('tdBN: forms A and B give the same at first, and the gradient of the scale is αθ times as large in A', async (t) => {
  const [alpha, theta] = [0.7, 0.5];
  const [a, b] = [spiking(batchNorm), spiking((name, channels) => scaledNorm(name, channels, alpha * theta))];
  const batch = examplesOf(a);
  const ofA = await plainGradients(a, threeSteps({ kind: 'tdbn', alpha }), batch, initialWeights(a, 1));
  const start = initialWeights(b, 1);
  for (const name of Object.keys(start))
    if (/^n\d\.weight/.test(name))
      start[name].data = Float64Array.from(start[name].data, () => alpha * theta);
  const ofB = await plainGradients(b, threeSteps(), batch, start);
  t.true(Math.abs(ofA.loss - ofB.loss) < 1e-12);
  for (const [name, { data }] of Object.entries(ofB.gradients)) {
    const ratio = /^n\d\.weight/.test(name) ? alpha * theta : 1;
    const scaled = Float64Array.from(data, (value) => ratio * value);
    t.true(worstDifference(ofA.gradients[name].data, scaled) < 1e-9 || largest(scaled) < 1e-9, name);
  }
});

/** Running statistics of the first norm after one update. */
async function runningAfter(kind: StepNormName, batch: Batch): Promise<Float64Array> {
  const network = smooth(ofKind(kind));
  const model = plain.createModel(network, threeSteps(), initialWeights(network, 1));
  await model.trainStep(batch, 0);
  return (await model.read()).weights['n1.runningMean'].data as Float64Array;
}

test('running statistics: stepwise moves T times in the order of steps, bntt each step once, tebn once in any order', async (t) => {
  const batch = examplesOf(smooth(batchNorm), 3);
  const size = batch.x.length / 3;
  const frames = [0, 1, 2].map((step) => batch.x.slice(step * size, (step + 1) * size));
  const reversed = { ...batch, x: Float32Array.from(frames.reverse().flatMap((frame) => [...frame])) };
  const means = await runningAfter('bntt', batch); // 0.1·mean of each step, [T, C]
  const after = await runningAfter('stepwise', batch);
  for (let c = 0; c < 3; c++) {
    const [first, second, third] = [0, 1, 2].map((step) => means[step * 3 + c]);
    t.true(Math.abs(after[c] - (0.81 * first + 0.9 * second + third)) < 1e-12);
  }
  t.true(worstDifference(await runningAfter('tebn', reversed), await runningAfter('tebn', batch)) < 1e-12);
  t.true(worstDifference(await runningAfter('stepwise', reversed), after) > 1e-3);
});

for (const engine of ['tfjs', 'event'] as const)
  test.serial(
    `engine ${engine} agrees with plain: loss within 1e-6, gradients, logits and running statistics within 2e-5 of the largest, spikes exactly`,
    (t) =>
      agreesWithPlain(
        t,
        engine,
        [...KINDS, ONE_STEP].flatMap(([kind, make, T = 3]) => {
          const network = spiking(make);
          return [undefined, T].map((steps) => ({
            where: `${kind}, ${steps ? 'frames' : 'images'}`,
            ...{ network, settings: { ...threeSteps(), steps: T }, batch: examplesOf(network, steps) },
          }));
        }),
      ),
  );

test.serial(
  'engine event: the same bits for 1 and 3 threads, alone or in a batch, and where a training is resumed',
  (t) =>
    hasTheSameBits(
      t,
      KINDS.map(([where, make]) => {
        const network = spiking(make);
        return { where, network, settings: threeSteps(), batch: examplesOf(network) };
      }),
    ),
);

test('a norm for another number of steps than the experiment has is refused by name', async (t) => {
  const network = spiking(ofKind('bntt', 4));
  const batch = examplesOf(network);
  await t.throwsAsync(plainGradients(network, threeSteps(), batch, initialWeights(network, 1)), {
    instanceOf: SettingsError,
    message: /^n1 is a norm for 4 steps, and the experiment has 3; give it steps: 3/,
  });
});
