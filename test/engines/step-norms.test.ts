// Batch norms over time, and tdBN of both forms: gradients of engine plain against central differences, what the kinds are in the
// limits, and the fast engines against plain.
import test from 'ava';
import type { Batch } from '../../src/data/dataset.js';
import type { Engine, Model } from '../../src/engines/engine.js';
import { openEngine } from '../../src/engines/open.js';
import { createPlainEngine } from '../../src/engines/plain/engine.js';
import { SettingsError } from '../../src/errors.js';
import type { Experiment } from '../../src/experiment/experiment.js';
import { initialWeights } from '../../src/network/initialise.js';
import { batchNorm, type Network, scaledNorm, stepNorm } from '../../src/network/layers.js';
import type { TensorMap } from '../../src/network/parameters.js';
import { STEP_NORM_NAMES, type StepNormName } from '../../src/norms/index.js';
import { Agreement, largest, within } from '../helpers/agreement.js';
import { weightsOf } from '../helpers/networks.js';
import { examplesOf, type MakeNorm, smooth, spiking, threeSteps } from '../helpers/step-norms.js';
import { normals, worstDifference } from '../helpers/tensors.js';

const plain = createPlainEngine();
const ofKind =
  (kind: StepNormName, steps = 3): MakeNorm =>
  (name, channels) =>
    stepNorm(name, channels, kind, steps);
const KINDS: [string, MakeNorm][] = [
  ...STEP_NORM_NAMES.map((kind): [string, MakeNorm] => [kind, ofKind(kind)]),
  ['scaledNorm', (name, channels) => scaledNorm(name, channels, 0.4)],
];

/** Weights where nothing that a norm has is 0 or 1. */
function moved(network: Network): TensorMap {
  const weights = weightsOf(network, 5);
  for (const [name, { data }] of Object.entries(weights))
    if (/\.(p|weight|bias)$/.test(name) && /^n\d/.test(name)) {
      const by = normals(name, data.length);
      data.forEach((value, i) => (data[i] = value + 0.3 * by[i]));
    }
  return weights;
}

const gradientsOf = async (network: Network, settings: Experiment, batch: Batch, weights = moved(network)) =>
  plain.createModel(network, settings, weights).gradients(batch);

for (const [kind, make] of KINDS)
  test(`${kind}: the gradients of engine plain are central differences within 1e-6 of the largest`, async (t) => {
    const network = smooth(make);
    const settings = threeSteps();
    const batch = examplesOf(network, 3);
    const start = moved(network);
    const { gradients } = await gradientsOf(network, settings, batch, start);
    const [got, expected]: number[][] = [[], []];
    for (const [name, { data }] of Object.entries(gradients))
      for (let i = 0; i < data.length; i += Math.ceil(data.length / 3)) {
        const lossAt = async (by: number): Promise<number> => {
          const values = Float64Array.from(start[name].data, (value, k) => (k === i ? value + by : value));
          const weights = { ...start, [name]: { ...start[name], data: values } };
          return (await gradientsOf(network, settings, batch, weights)).loss;
        };
        got.push(data[i]);
        expected.push(((await lossAt(1e-6)) - (await lossAt(-1e-6))) / 2e-6);
      }
    const worst = worstDifference(got, expected);
    t.log(`${got.length} values, ${worst.toExponential(1)}`);
    t.true(worst < 1e-6);
  });

test('tebn whose p are 1 is merged batch norm: loss and gradients to 1e-12', async (t) => {
  const [ours, theirs] = [spiking(ofKind('tebn')), spiking(batchNorm)];
  const batch = examplesOf(ours, 3);
  const got = await gradientsOf(ours, threeSteps(), batch, initialWeights(ours, 1));
  const want = await gradientsOf(theirs, threeSteps(), batch, initialWeights(theirs, 1));
  t.true(Math.abs(got.loss - want.loss) < 1e-12);
  for (const [name, { data }] of Object.entries(want.gradients))
    t.true(worstDifference(got.gradients[name].data, data) < 1e-12 || largest(data) < 1e-12, name);
});

test('bntt and stepwise of one step are batch norm, of bntt without its shift', async (t) => {
  const settings = { ...threeSteps(), steps: 1 };
  const theirs = spiking(batchNorm);
  const batch = examplesOf(theirs);
  const want = await gradientsOf(theirs, settings, batch, initialWeights(theirs, 1));
  for (const kind of ['bntt', 'stepwise'] as const) {
    const ours = spiking(ofKind(kind, 1));
    const got = await gradientsOf(ours, settings, batch, initialWeights(ours, 1));
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
  const ofA = await gradientsOf(a, threeSteps({ kind: 'tdbn', alpha }), batch, initialWeights(a, 1));
  const start = initialWeights(b, 1);
  for (const name of Object.keys(start))
    if (/^n\d\.weight/.test(name))
      start[name].data = Float64Array.from(start[name].data, () => alpha * theta);
  const ofB = await gradientsOf(b, threeSteps(), batch, start);
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

/** What a model makes of a batch: training, evaluation, and its state after two updates. */
async function lookAt(model: Model, batch: Batch) {
  const gradients = await model.gradients(batch);
  const evaluation = await model.evaluate(batch, { activity: true });
  const probes = await model.probe(batch);
  await model.trainStep(batch, 0);
  await model.trainStep(batch, 0);
  const { weights } = await model.read();
  model.dispose();
  return { gradients, evaluation, probes, weights };
}

const runningOf = (weights: TensorMap): TensorMap =>
  Object.fromEntries(Object.entries(weights).filter(([name]) => name.includes('running')));

for (const engineName of ['tfjs', 'event'] as const)
  test.serial(
    `engine ${engineName} agrees with plain: loss within 1e-6, gradients, logits and running statistics within 2e-5 of the largest, spikes exactly`,
    async (t) => {
      const engine = await openEngine(
        engineName === 'event' ? { engine: 'event', threads: 2 } : { engine: 'tfjs', backend: 'wasm' },
      );
      const agreement = new Agreement();
      for (const [kind, make] of KINDS)
        for (const steps of [undefined, 3]) {
          const network = spiking(make);
          const settings = threeSteps();
          const batch = examplesOf(network, steps);
          const [ours, theirs] = await Promise.all(
            [engine, plain].map((of: Engine) =>
              lookAt(of.createModel(network, settings, moved(network)), batch),
            ),
          );
          const where = `${kind}, ${steps ? 'frames' : 'images'}`;
          const wanted = theirs.gradients.gradients;
          const most = Math.max(...Object.values(wanted).map(({ data }) => largest(data)));
          agreement.compare('loss', where, [ours.gradients.loss], [theirs.gradients.loss]);
          agreement.compareTensors('gradient', where, ours.gradients.gradients, wanted, () => most);
          agreement.compare('logits', where, ours.evaluation.logits, theirs.evaluation.logits);
          agreement.compareTensors('running', where, ours.weights, runningOf(theirs.weights));
          t.deepEqual(ours.evaluation.activity, theirs.evaluation.activity, where);
          t.deepEqual(
            ours.probes.map(({ spikeRate }) => spikeRate.map((rate) => rate.toFixed(6))),
            theirs.probes.map(({ spikeRate }) => spikeRate.map((rate) => rate.toFixed(6))),
            where,
          );
        }
      within(t, agreement, { loss: 1e-6, gradient: 2e-5, logits: 2e-5, running: 2e-5 });
      engine.dispose();
    },
  );

test.serial(
  'engine event: the same bits for 1 and 3 threads, alone or in a batch, and where a training is resumed',
  async (t) => {
    const settings = threeSteps();
    const states: TensorMap[] = [];
    for (const threads of [1, 3]) {
      const engine = await openEngine({ engine: 'event', threads });
      for (const kind of STEP_NORM_NAMES) {
        const network = spiking(ofKind(kind));
        const batch = examplesOf(network);
        const model = engine.createModel(network, settings, initialWeights(network, 1));
        await model.trainStep(batch, 1e-2);
        const half = await model.read();
        await model.trainStep(batch, 1e-2);
        const { weights } = await model.read();
        states.push(weights);
        const resumed = engine.createModel(network, settings, initialWeights(network, 2));
        resumed.write(half);
        await resumed.trainStep(batch, 1e-2);
        t.true(same((await resumed.read()).weights, weights), kind);
        const { logits } = await model.evaluate(batch);
        const one = { x: batch.x.slice(70, 140), shape: [1, 7, 5, 2], labels: Int32Array.of(1) };
        t.deepEqual([...(await model.evaluate(one)).logits], [...logits.slice(3, 6)], kind);
        for (const done of [model, resumed]) done.dispose();
      }
      engine.dispose();
    }
    const count = STEP_NORM_NAMES.length;
    for (let i = 0; i < count; i++) t.true(same(states[i], states[count + i]), STEP_NORM_NAMES[i]);
  },
);

const same = (a: TensorMap, b: TensorMap): boolean =>
  Object.keys(b).every((name) => b[name].data.every((value, i) => Object.is(value, a[name].data[i])));

test('a norm for another number of steps than the experiment has is refused by name', async (t) => {
  const network = spiking(ofKind('bntt', 4));
  const batch = examplesOf(network);
  await t.throwsAsync(gradientsOf(network, threeSteps(), batch, initialWeights(network, 1)), {
    instanceOf: SettingsError,
    message: /^n1 is a norm for 4 steps, and the experiment has 3; give it steps: 3/,
  });
});
