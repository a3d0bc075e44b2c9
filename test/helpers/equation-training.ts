// Small trainings with neurons and surrogates that are equations, on the two engines that interpret them.
import test from 'ava';
import { arrayDataset } from '../../src/data/sets/arrays.js';
import type { NeuronDescription, SurrogateDescription } from '../../src/equations/index.js';
import type { Engine } from '../../src/engines/engine.js';
import { openEngine } from '../../src/engines/open.js';
import { type Experiment, type ExperimentInput, experiment } from '../../src/experiment/experiment.js';
import { experimentNetwork } from '../../src/experiment/network.js';
import { parameterSpecs } from '../../src/network/parameters.js';
import type { NeuronInput } from '../../src/neurons/settings.js';
import type { Runs } from '../../src/records/folder.js';
import type { RunRecord } from '../../src/records/record.js';
import { formatRecord, parseRecord } from '../../src/records/text.js';
import { train } from '../../src/training/train.js';
import { withRuns } from './runs.js';
import { worstDifference, worstOfAll } from './tensors.js';

export const plain = await openEngine({ engine: 'plain' });
export const tfjs = await openEngine({ engine: 'tfjs', backend: 'cpu' });

/** Stripes of two distances, 6 × 6. */
const stripes = (count: number, shift = 0) => ({
  x: Uint8Array.from({ length: count * 36 }, (_, j) => {
    const on = (j % 36) % 3 < 1 + (Math.floor(j / 36) % 2);
    return (on ? 190 : 40) + ((j * 13 + shift) % 50);
  }),
  labels: Array.from({ length: count }, (_, i) => i % 2),
});
export const dataset = arrayDataset({
  ...{ name: 'stripes', ...stripes(24), test: stripes(8, 7), shape: [6, 6, 1], classes: 2 },
  normalisation: { mean: [0.45], std: [0.3] },
});

/** A neuron that nobody has published: each spike raises its threshold, by channel, and a potential above theta is halved. */
export const tired: NeuronDescription = {
  name: 'tired',
  parameters: { rise: { learned: true, per: 'channel', initial: '1 / 4' }, theta: 0.4 },
  state: { u: 0, a: 0 },
  step: [
    'v = 0.6 * u + x',
    'o = spike(v - theta - a)',
    'a = 0.8 * a + rise * o',
    'u = where(v > theta, v / 2, v)',
  ],
  output: 'o',
};
/** A surrogate without an end. */
export const bell: SurrogateDescription = {
  name: 'bell',
  parameters: { width: 0.8 },
  derivative: 'exp(-(u / width)^2)',
};
export const own: NeuronInput = { model: tired, surrogate: bell, delta: 0.01 };

/** Two epochs of three updates of a net of two layers of neurons. */
export const settings = (neuron: NeuronInput, more: ExperimentInput = {}): Experiment =>
  experiment({
    ...{ data: { name: 'stripes', augment: 'none' }, neuron, epochs: 2, batchSize: 8 },
    network: { architecture: 'convNet', width: 0.1, convolutions: 2 },
    optimizer: { kind: 'adam', learningRate: 0.01 },
    ...more,
  });

/** Trains on the stripes. */
export const trained = (
  engine: Engine,
  neuron: NeuronInput,
  runs: Runs,
  more?: ExperimentInput,
): Promise<RunRecord> => train(settings(neuron, more), { engine, dataset, runs, onNote: () => undefined });

/** A test that both engines train such a neuron alike, and that what it learns moves. */
export const trainsAlike = (what: string, neuron: NeuronInput): void =>
  test.serial(
    `${what}: trained on engine plain and on tfjs the weights are the same within 2e-6 of the largest; what it learns has moved; its record reads back`,
    (t) =>
      withRuns(async (runs) => {
        const [a, b] = [await trained(plain, neuron, runs), await trained(tfjs, neuron, runs)];
        t.is(a.outcome.status, 'done');
        t.not(a.id, b.id);
        const [mine, theirs] = [runs.readWeights(a.id), runs.readWeights(b.id)];
        const worst = worstOfAll(theirs, mine);
        t.log(`weights ${worst.toExponential(1)}`);
        t.true(worst < 2e-6);
        for (const { name, initial } of parameterSpecs(experimentNetwork(a.experiment, dataset.shape, 2))) {
          if (initial === undefined) continue;
          const { data } = mine[name];
          t.true(worstDifference(data, new Float32Array(data.length).fill(initial)) > 1e-3, name);
        }
        t.deepEqual(parseRecord(formatRecord(a), 'record'), a);
        t.is((await trained(plain, neuron, runs)).id, a.id);
      }),
  );
