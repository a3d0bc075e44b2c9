// Layers that never fire, and what a training says and records of suspicious data and networks.
import test from 'ava';
import { openEngine } from '../../src/engines/open.js';
import { createPlainEngine } from '../../src/engines/plain/engine.js';
import type { NeuronDescription } from '../../src/equations/index.js';
import { avgPool2d, flatten, lif, linear, neuron } from '../../src/network/layers.js';
import { evaluateExamples } from '../../src/measures/accuracy.js';
import { resultOf, type EpochRow, type RunRecord } from '../../src/records/record.js';
import { formatRecord, parseRecord } from '../../src/records/text.js';
import { train, type TrainOptions } from '../../src/training/train.js';
import { activityWarnings, silentLayers } from '../../src/training/warnings.js';
import { sampleRows } from '../helpers/records.js';
import { smallExperiment, smallShapes, withRuns } from '../helpers/runs.js';
import { initialWeights } from '../../src/network/initialise.js';
import { buildNetwork } from '../../src/network/architectures.js';

const engine = await openEngine({ engine: 'event', threads: 1 });

test('silentLayers: layers of neurons without a spike at any step', (t) => {
  const layer = (kind: 'neuron' | 'synapse', name: string, nonZero: number[]) => ({
    kind,
    layer: name,
    nonZero,
    size: 9,
  });
  const activity = [
    layer('synapse', 'conv', [0, 0]),
    layer('neuron', 'a', [0, 0]),
    layer('neuron', 'b', [0, 1]),
  ];
  t.deepEqual(silentLayers(activity), ['a']);
});

test('activityWarnings: each layer once, with its first epoch and how many examples were looked at', (t) => {
  const rows: EpochRow[] = sampleRows(3).map((row, i) => ({
    ...row,
    ...[{}, { silent: ['a'] }, { silent: ['a', 'b'] }][i],
  }));
  t.deepEqual(activityWarnings(rows, { epochs: 3, tested: 10_000 }), [
    'layer a fires for none of 100 test examples after epoch 2',
    'layer b fires for none of 10,000 test examples after epoch 3',
  ]);
  t.deepEqual(
    activityWarnings(rows, { epochs: 9, tested: 50 })[1],
    'layer b fires for none of 50 test examples after epoch 3',
  );
  t.deepEqual(activityWarnings(sampleRows(3), { epochs: 3, tested: 5 }), []);
  const full = sampleRows(2).map((row) => ({ ...row, silent: ['a'], saturated: ['c'] }));
  t.deepEqual(activityWarnings(full, { epochs: 2, tested: 50 }), [
    'layer a fires for none of 50 test examples after epoch 1',
    'layer c fires at every step for each of 50 test examples after epoch 1',
  ]);
});

/** A training whose neurons cannot fire: what it said, and its record; stopped after so many steps, then continued. */
async function dead(stopAfter?: number): Promise<{ record: RunRecord; said: string[] }> {
  return withRuns(async (runs) => {
    const said: string[] = [];
    const settings = smallExperiment({ neuron: { theta: 1e5 }, epochs: 3 });
    const options: TrainOptions = {
      engine,
      dataset: smallShapes,
      runs,
      onNote: (line) => void said.push(line),
    };
    if (stopAfter !== undefined) {
      const controller = new AbortController();
      let steps = 0;
      const onProgress: TrainOptions['onProgress'] = ({ row }) => {
        if (!row && ++steps === stopAfter) controller.abort();
      };
      await train(settings, { ...options, onProgress, signal: controller.signal });
    }
    return { record: await train(settings, options), said };
  });
}

test.serial(
  'train: a dead network is said once, after its first epoch, and stands in the record, resumed or not',
  async (t) => {
    const layers = ['conv1.lif', 'conv2.lif', 'conv3.lif'];
    const lines = layers.map((layer) => `layer ${layer} fires for none of 50 test examples after epoch 1`);
    const { record, said } = await dead();
    t.is(record.outcome.status, 'done');
    t.deepEqual(
      said,
      lines.map((line) => `warning: ${line}`),
    );
    t.deepEqual(record.warnings, lines);
    t.deepEqual(
      record.rows.map(({ silent }) => silent),
      [layers, layers, layers],
    );
    t.deepEqual(parseRecord(formatRecord(record), 'record'), record);
    const resumed = await dead(7);
    t.is(resumed.record.resumed, 1);
    t.deepEqual(resultOf(resumed.record), resultOf(record));
    t.deepEqual(
      resumed.said.filter((line) => line.startsWith('warning')),
      said,
    );
  },
);

test.serial('train: a network that fires always is said and recorded, and its record reads back', (t) =>
  withRuns(async (runs) => {
    const said: string[] = [];
    const always: NeuronDescription = {
      ...{ name: 'always', parameters: {}, state: { u: 0 }, output: 'o' },
      step: ['v = u + x', 'o = spike(v + 1000)', 'u = v * 0'],
    };
    const layers = [
      ...[avgPool2d('p', 8), flatten('f'), linear('a', 48, 6), neuron('n', always), linear('b', 6, 4)],
      ...[lif('l'), linear('c', 4, 10)],
    ];
    const settings = smallExperiment({ network: { layers }, epochs: 1 });
    const options = {
      engine: createPlainEngine(),
      dataset: smallShapes,
      runs,
      onNote: (line: string) => void said.push(line),
    };
    const record = await train(settings, options);
    t.deepEqual(record.rows[0].saturated, ['n']);
    const line = 'layer n fires at every step for each of 50 test examples after epoch 1';
    t.deepEqual(record.warnings, [line]);
    t.deepEqual(said, [`warning: ${line}`]);
    t.deepEqual(parseRecord(formatRecord(record), 'record'), record);
  }),
);

test.serial('train: blank examples are said and recorded; of data and networks in order nothing is', (t) =>
  withRuns(async (runs) => {
    const said: string[] = [];
    const options = { engine, runs, onNote: (line: string) => void said.push(line) };
    const good = await train(smallExperiment({ epochs: 1 }), { ...options, dataset: smallShapes });
    t.deepEqual(said, []);
    t.false('warnings' in good);
    t.false('silent' in good.rows[0]);
    const data = smallShapes.train.data.slice().fill(0, 0, 25 * 3072);
    const dataset = { ...smallShapes, train: { ...smallShapes.train, data } };
    const { warnings } = await train(smallExperiment({ epochs: 1 }), { ...options, dataset });
    t.deepEqual(warnings, ['25 of 100 training examples are entirely zero']);
    t.deepEqual(said, ['warning: 25 of 100 training examples are entirely zero']);
  }),
);

for (const options of [
  { engine: 'event', threads: 1 },
  { engine: 'tfjs', backend: 'cpu' },
] as const)
  test.serial(`engine ${options.engine}: counting activity changes no bit of an evaluation`, async (t) => {
    const opened = await openEngine(options);
    const settings = smallExperiment();
    const network = buildNetwork(settings.network, [32, 32, 3], 10);
    const model = opened.createModel(network, settings, initialWeights(network, 3));
    const every = Int32Array.from({ length: 60 }, (_, i) => i);
    const evaluated = (activity: boolean | 'first batch') =>
      evaluateExamples(model, smallShapes, 'test', every, { activity });
    const { activity: _, ...counted } = await evaluated('first batch');
    t.deepEqual(counted, await evaluated(false));
    model.dispose();
    opened.dispose();
  });
