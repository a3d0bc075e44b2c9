// What the engines must agree on for any network: gradients of plain against central differences, and the fast engines against
// plain.
import type { ExecutionContext } from 'ava';
import type { Batch } from '../../src/data/dataset.js';
import type { Model } from '../../src/engines/engine.js';
import { openEngine } from '../../src/engines/open.js';
import { createPlainEngine } from '../../src/engines/plain/engine.js';
import type { Experiment } from '../../src/experiment/experiment.js';
import type { Network } from '../../src/network/layers.js';
import type { TensorMap } from '../../src/network/parameters.js';
import { Agreement, largest, within } from './agreement.js';
import { weightsOf } from './networks.js';
import { normals, worstDifference } from './tensors.js';

export const plain = createPlainEngine();

/** Weights where nothing that a norm (a layer named `n` and a digit) has is 0 or 1. */
export function moved(network: Network): TensorMap {
  const weights = weightsOf(network, 5);
  for (const [name, { data }] of Object.entries(weights))
    if (/^n\d.*\.(p|w|weight|bias)$/.test(name)) {
      const by = normals(name, data.length);
      data.forEach((value, i) => (data[i] = value + 0.3 * by[i]));
    }
  return weights;
}

/** Loss and gradients of engine plain. */
export const plainGradients = async (
  network: Network,
  settings: Experiment,
  batch: Batch,
  weights = moved(network),
) => plain.createModel(network, settings, weights).gradients(batch);

/** Asserts that some gradients of every parameter are central differences within 1e-6 of the largest. */
export async function areCentralDifferences(
  t: ExecutionContext,
  network: Network,
  settings: Experiment,
  batch: Batch,
): Promise<void> {
  const start = moved(network);
  const { gradients } = await plainGradients(network, settings, batch, start);
  const [got, expected]: [number[], number[]] = [[], []];
  for (const [name, { data }] of Object.entries(gradients))
    for (let i = 0; i < data.length; i += Math.ceil(data.length / 3)) {
      const lossAt = async (by: number): Promise<number> => {
        const values = Float64Array.from(start[name].data, (value, k) => (k === i ? value + by : value));
        const weights = { ...start, [name]: { ...start[name], data: values } };
        return (await plainGradients(network, settings, batch, weights)).loss;
      };
      got.push(data[i]);
      expected.push(((await lossAt(1e-6)) - (await lossAt(-1e-6))) / 2e-6);
    }
  const worst = worstDifference(got, expected);
  t.log(`${got.length} values, ${worst.toExponential(1)}`);
  t.true(worst < 1e-6);
}

/** What a model makes of a batch: training, evaluation, and its running statistics after two updates. */
async function lookAt(model: Model, batch: Batch) {
  const gradients = await model.gradients(batch);
  const probes = await model.probe(batch);
  await model.trainStep(batch, 0);
  await model.trainStep(batch, 0);
  const evaluation = await model.evaluate(batch, { activity: true }); // with statistics near those of the batch
  const { weights } = await model.read();
  model.dispose();
  return { gradients, evaluation, probes, weights };
}

const runningOf = (weights: TensorMap): TensorMap =>
  Object.fromEntries(Object.entries(weights).filter(([name]) => name.includes('running')));

/** What engine plain made of the cases of a file, by `where`: both fast engines are compared with it. */
const seen = new Map<string, Awaited<ReturnType<typeof lookAt>>>();

/**
 * Asserts that a fast engine agrees with plain: loss within 1e-6, gradients, logits and running statistics within 2e-5 of the
 * largest, spikes exactly.
 */
export async function agreesWithPlain(
  t: ExecutionContext,
  engineName: 'event' | 'tfjs',
  cases: readonly { where: string; network: Network; settings: Experiment; batch: Batch }[],
): Promise<void> {
  const engine = await openEngine(
    engineName === 'event' ? { engine: 'event', threads: 2 } : { engine: 'tfjs', backend: 'wasm' },
  );
  const agreement = new Agreement();
  for (const { where, network, settings, batch } of cases) {
    const ours = await lookAt(engine.createModel(network, settings, moved(network)), batch);
    const theirs = await (seen.get(where) ??
      lookAt(plain.createModel(network, settings, moved(network)), batch));
    seen.set(where, theirs);
    const wanted = theirs.gradients.gradients;
    const most = Math.max(...Object.values(wanted).map(({ data }) => largest(data)));
    for (const [name, { data }] of Object.entries(wanted))
      if (/^n\d/.test(name)) t.true(largest(data) > 0, `${where}: ${name} has no gradient`);
    agreement.compare('loss', where, [ours.gradients.loss], [theirs.gradients.loss]);
    agreement.compareTensors('gradient', where, ours.gradients.gradients, wanted, () => most);
    const [first, ...others] = theirs.evaluation.logits;
    t.true(
      others.some((value, i) => (i + 1) % network.classes === 0 && value !== first),
      `${where}: silent`,
    );
    agreement.compare('logits', where, ours.evaluation.logits, theirs.evaluation.logits);
    agreement.compareTensors('running', where, ours.weights, runningOf(theirs.weights));
    t.deepEqual(ours.evaluation.activity, theirs.evaluation.activity, where);
    const rates = ({ probes }: typeof ours): string[][] =>
      probes.map(({ spikeRate }) => spikeRate.map((rate) => rate.toFixed(6)));
    t.deepEqual(rates(ours), rates(theirs), where);
  }
  within(t, agreement, { loss: 1e-6, gradient: 2e-5, logits: 2e-5, running: 2e-5 });
  engine.dispose();
}

/** Whether two maps have the same bits. */
export const sameBits = (a: TensorMap, b: TensorMap): boolean =>
  Object.keys(b).every((name) => b[name].data.every((value, i) => Object.is(value, a[name].data[i])));

/** Asserts that engine event has the same bits for 1 and 3 threads, alone or in a batch, and where a training is resumed. */
export async function hasTheSameBits(
  t: ExecutionContext,
  cases: readonly { where: string; network: Network; settings: Experiment; batch: Batch }[],
): Promise<void> {
  const states: TensorMap[] = [];
  for (const threads of [1, 3]) {
    const engine = await openEngine({ engine: 'event', threads });
    for (const { where, network, settings, batch } of cases) {
      const model = engine.createModel(network, settings, moved(network));
      await model.trainStep(batch, 1e-2);
      const half = await model.read();
      await model.trainStep(batch, 1e-2);
      const { weights } = await model.read();
      states.push(weights);
      const resumed = engine.createModel(network, settings, weightsOf(network, 2));
      resumed.write(half);
      await resumed.trainStep(batch, 1e-2);
      t.true(sameBits((await resumed.read()).weights, weights), where);
      const size = batch.x.length / 4; // an image each
      const one = {
        ...{ x: batch.x.slice(size, 2 * size), shape: [1, ...network.input] },
        labels: batch.labels.slice(1, 2),
      };
      const { logits } = await model.evaluate(batch);
      const { classes } = network;
      t.deepEqual([...(await model.evaluate(one)).logits], [...logits.slice(classes, 2 * classes)], where);
      for (const done of [model, resumed]) done.dispose();
    }
    engine.dispose();
  }
  for (const [i, { where }] of cases.entries()) t.true(sameBits(states[i], states[cases.length + i]), where);
}
