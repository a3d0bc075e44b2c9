// A network given as layers is trained, recorded, evaluated and swept like one that has a name.
import test from 'ava';
import { openEngine } from '../../src/engines/open.js';
import { experiment } from '../../src/experiment/experiment.js';
import { convNet, networkLabel } from '../../src/network/architectures.js';
import { batchNorm, conv2d, flatten, globalAvgPool2d, lif, linear } from '../../src/network/layers.js';
import { formatRecord, parseRecord } from '../../src/records/text.js';
import { differingSettings } from '../../src/statistics/settings.js';
import { sweep } from '../../src/sweep/sweep.js';
import { evaluateRun } from '../../src/training/evaluate-run.js';
import { train } from '../../src/training/train.js';
import { smallExperiment, smallShapes, withRuns } from '../helpers/runs.js';

const dataset = smallShapes;
const open = (engine: 'event' | 'plain' | 'tfjs') =>
  openEngine({ engine, ...(engine === 'event' ? { threads: 1 } : {}) });

test.serial('the layers of an architecture train to the same bits as its name, under another id', (t) =>
  withRuns(async (runs) => {
    const engine = await open('event');
    t.teardown(() => engine.dispose());
    const named = smallExperiment({ epochs: 1 });
    const { layers } = convNet({ ...named.network, classes: 10 });
    const own = experiment({ ...named, network: { name: 'mine', layers } });
    const [ours, theirs] = [
      await train(own, { engine, dataset, runs }),
      await train(named, { engine, dataset, runs }),
    ];
    t.is(ours.weightsDigest, theirs.weightsDigest);
    t.is(ours.macs, theirs.macs);
    t.not(ours.id, theirs.id);
    t.deepEqual(parseRecord(formatRecord(ours), 'record'), ours);
    const energy = async (id: string): Promise<unknown> =>
      (await evaluateRun(id, { kind: 'energy', limit: 20 }, { engine, dataset, runs })).results;
    t.deepEqual(await energy(ours.id), await energy(theirs.id));
  }),
);

const layers = (channels: number) => [
  conv2d('c1', 3, channels, { kernel: 4, stride: 2, padding: 1 }),
  batchNorm('n1', channels),
  lif('l1'),
  globalAvgPool2d('pool'),
  flatten('f'),
  linear('fc', channels, 10),
];

test.serial('engines event, plain and tfjs end an epoch with losses within 1e-6 of each other', async (t) => {
  const settings = smallExperiment({ epochs: 1, network: { layers: layers(5) } });
  const losses: number[] = [];
  for (const name of ['event', 'plain', 'tfjs'] as const) {
    const engine = await open(name);
    const record = await withRuns((runs) => train(settings, { engine, dataset, runs }));
    losses.push(record.rows[0].trainLoss!);
    engine.dispose();
  }
  t.true(Math.max(...losses) - Math.min(...losses) < 1e-6, losses.join());
});

test.serial(
  'an axis of a sweep may be networks: tables and comparisons tell them apart by name and hash',
  (t) =>
    withRuns(async ({ folder }) => {
      const view = { show: () => undefined, note: () => undefined, stop: () => undefined };
      const { records, complete, table } = await sweep(
        {
          name: 'channels',
          base: {
            data: { name: 'shapes10', trainLimit: 40, testLimit: 20 },
            epochs: 1,
            batchSize: 20,
          },
          axes: { network: [4, 6].map((n) => ({ name: `${n} channels`, layers: layers(n) })) },
        },
        { runs: folder, view, jobs: 1 },
      );
      t.true(complete);
      t.deepEqual(table.array('network'), ['4 channels', '6 channels']);
      t.deepEqual(
        records.map(({ experiment: { name, network }, parameters }) => [
          name,
          networkLabel(network),
          parameters,
        ]),
        [
          ['channels: network = 4 channels', '4 channels', 250],
          ['channels: network = 6 channels', '6 channels', 370],
        ],
      );
      const layersOf = differingSettings(records).get('network.layers') as string[];
      t.is(new Set(layersOf).size, 2);
      for (const cell of layersOf) t.regex(cell, /^6 layers \([0-9a-f]{8}\)$/);
    }),
);
