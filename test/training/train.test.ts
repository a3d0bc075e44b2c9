import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import test from 'ava';
import { openEngine } from '../../src/engines/open.js';
import type { Engine, Model } from '../../src/engines/engine.js';
import { DataError, SettingsError } from '../../src/errors.js';
import { openRuns, type Runs } from '../../src/records/folder.js';
import { evaluateExamples, ratesOf } from '../../src/measures/accuracy.js';
import type { TensorMap } from '../../src/network/parameters.js';
import { initialWeights } from '../../src/network/initialise.js';
import { prepareRun } from '../../src/training/prepare.js';
import { temporaryFolder } from '../helpers/folder.js';
import { join } from 'node:path';
import type { RunRecord } from '../../src/records/record.js';
import { train, type TrainProgress } from '../../src/training/train.js';
import { smallExperiment, smallShapes, withRuns } from '../helpers/runs.js';

const dataset = smallShapes;
const engine = await openEngine({ engine: 'event', threads: 1 });

test.serial(
  'train: a record with a row for each epoch, its threads, weights and spike rates; done is never done again',
  (t) =>
    withRuns(async (runs) => {
      const progress: TrainProgress[] = [];
      const settings = smallExperiment();
      const record = await train(settings, {
        engine,
        dataset,
        runs,
        onProgress: (event) => progress.push(event),
      });
      t.is(record.outcome.status, 'done');
      t.deepEqual(
        record.rows.map(({ epoch }) => epoch),
        [1, 2],
      );
      t.is(record.outcome.testAccuracy, record.rows[1].testAccuracy);
      t.deepEqual(record.data.split, { ...record.data.split, train: 100, validation: 0, test: 50 });
      t.deepEqual(
        record.spikeRates.map(({ layer, rates }) => [layer, rates.length]),
        [
          ['conv1.lif', 2],
          ['conv2.lif', 2],
          ['conv3.lif', 2],
        ],
      );
      t.is(record.machine.threads, 1);
      t.true(runs.hasWeights(record.id));
      t.false(runs.hasCheckpoint(record.id));
      t.is(progress.filter(({ row }) => row).length, 2);
      t.deepEqual([progress.at(-1)!.done, progress.at(-1)!.total], [200, 200]);
      const again = await train(settings, {
        engine,
        dataset,
        runs,
        onProgress: () => t.fail('it trained again'),
      });
      t.deepEqual(again, record);
    }),
);

test.serial('the spike rates of a record are those of its final weights, not of an earlier epoch', (t) =>
  withRuns(async (runs) => {
    const settings = smallExperiment({ epochs: 3, optimizer: { learningRate: 0.01 } });
    const record = await train(settings, { engine, dataset, runs });
    const { network, split } = prepareRun(settings, { engine, dataset, runs });
    const ratesWith = async (weights: TensorMap): Promise<number[][]> => {
      const model = engine.createModel(network, settings, weights);
      const { activity } = await evaluateExamples(model, dataset, 'test', split.test, { activity: true });
      model.dispose();
      return activity!.filter(({ kind }) => kind === 'neuron').map(ratesOf);
    };
    const rates = record.spikeRates.map((layer) => layer.rates);
    t.deepEqual(rates, await ratesWith(runs.readWeights(record.id)));
    t.notDeepEqual(rates, await ratesWith(initialWeights(network, settings.seed)));
  }),
);

test.serial('a folder that takes nothing is found out before anything is computed', async (t) => {
  const folder = join(temporaryFolder(t), 'runs');
  writeFileSync(folder, '');
  const idle: Engine = { ...engine, createModel: () => t.fail('a model was made') as never };
  for (const [place, message] of [
    [folder, /runs: cannot write it \(EEXIST\): a file, expected a folder/],
    ['/proc/none/runs', /none.runs: cannot write it \((ENOENT|EACCES|EPERM)\): /],
  ] as const) {
    if (place.startsWith('/proc') && process.platform !== 'linux') continue;
    const runs: Runs = { ...openRuns(place), has: () => false };
    await t.throwsAsync(() => train(smallExperiment(), { engine: idle, dataset, runs }), {
      instanceOf: DataError,
      message,
    });
  }
});

/** Trains in pieces: stops after each number of steps, then runs to the end. */
async function inPieces(stops: number[], more = {}): Promise<RunRecord> {
  return withRuns(async (runs) => {
    for (const stop of stops) {
      const controller = new AbortController();
      let steps = 0;
      const record = await train(smallExperiment(more), {
        engine,
        dataset,
        runs,
        signal: controller.signal,
        onNote: () => undefined,
        onProgress: ({ row }) => {
          if (!row && ++steps === stop) controller.abort();
        },
      });
      if (record.outcome.status !== 'interrupted') throw new Error('it was not interrupted');
    }
    return train(smallExperiment(more), { engine, dataset, runs, onNote: () => undefined });
  });
}

test.serial(
  'a run that is interrupted and continued ends with the same bits, and says how often it was resumed',
  async (t) => {
    for (const more of [
      {},
      {
        optimizer: { kind: 'sgd', learningRate: 0.05 },
        data: { name: 'shapes10', trainLimit: 100, testLimit: 50, validation: 0.1 },
      },
    ]) {
      const whole = await inPieces([], more);
      const pieces = await inPieces([2, 1, 4], more);
      t.is(pieces.weightsDigest, whole.weightsDigest);
      t.is(pieces.resumed, 3);
      const content = (record: RunRecord): unknown =>
        record.rows.map(({ seconds: _, imagesPerSecond: __, ...row }) => row);
      t.deepEqual(content(pieces), content(whole));
    }
  },
);

test.serial('the seed decides the weights; the name does not', async (t) => {
  const [a, b, c] = [
    await inPieces([], { seed: 1 }),
    await inPieces([], { seed: 2 }),
    await inPieces([], { seed: 1, name: 'other' }),
  ];
  t.not(a.weightsDigest, b.weightsDigest);
  t.is(a.weightsDigest, c.weightsDigest);
  t.is(a.id, c.id);
});

test.serial('a training that diverges stops, and is recorded with the step', (t) =>
  withRuns(async (runs) => {
    const settings = smallExperiment({ optimizer: { kind: 'sgd', learningRate: 1e6 } });
    const record = await train(settings, { engine, dataset, runs });
    t.is(record.outcome.status, 'diverged');
    t.regex(record.outcome.reason ?? '', /the loss is (NaN|Infinity)|weights of .* are not finite/);
    t.true((record.outcome.step ?? 0) < 5);
    t.deepEqual(runs.get(record.id), record);
  }),
);

test.serial('an engine that fails leaves a record that says so, and the run can be tried again', (t) =>
  withRuns(async (runs) => {
    let steps = 0;
    const failing: Engine = {
      ...engine,
      createModel: (...given) => {
        const model = engine.createModel(...given);
        const trainStep: Model['trainStep'] = (batch, rate) => {
          if (++steps === 3) throw new Error('out of order');
          return model.trainStep(batch, rate);
        };
        return new Proxy(model, {
          get: (target, key) => (key === 'trainStep' ? trainStep : bound(target, key)),
        });
      },
    };
    await t.throwsAsync(() => train(smallExperiment(), { engine: failing, dataset, runs }), {
      message: /out of order/,
    });
    const [record] = runs.list().records as RunRecord[];
    t.like(record.outcome, { status: 'failed', reason: 'out of order' });
    t.is((await train(smallExperiment(), { engine, dataset, runs })).outcome.status, 'done');
  }),
);

/** Stops a training of the small experiment after three steps; gives the file of its checkpoint. */
async function stopped(runs: Runs): Promise<string> {
  const controller = new AbortController();
  let steps = 0;
  const { id } = await train(smallExperiment(), {
    ...{ engine, dataset, runs, signal: controller.signal },
    onProgress: () => void (++steps === 3 && controller.abort()),
  });
  return runs.checkpointPath(id);
}

test.serial(
  'a damaged checkpoint is refused by name and the run begins anew: it ends as one never stopped',
  async (t) => {
    const whole = await inPieces([]);
    for (const damage of ['a weight', 'the progress', 'an earlier version'])
      await withRuns(async (runs) => {
        const file = await stopped(runs);
        const bytes = readFileSync(file);
        const progress = bytes.indexOf('\\"correct\\":') + 13;
        if (damage === 'a weight') bytes[bytes.length - 100] ^= 0x40;
        if (damage === 'the progress') bytes[progress] ^= 0x01;
        if (damage === 'an earlier version') bytes[bytes.indexOf('sgs-checkpoint-2') + 15] = 0x31;
        writeFileSync(file, bytes);
        const notes: string[] = [];
        const record = await train(smallExperiment(), {
          ...{ engine, dataset, runs },
          onNote: (line) => notes.push(line),
        });
        t.is(notes.length, 1, damage);
        t.regex(
          notes[0],
          /^run-[0-9a-f]{16} begins anew, its checkpoint cannot be used: .*run-[0-9a-f]{16}\.safetensors: not /,
        );
        t.is(record.outcome.status, 'done');
        t.is(record.resumed, 0);
        t.is(record.weightsDigest, whole.weightsDigest);
        t.deepEqual(
          record.rows.map(({ trainAccuracy }) => trainAccuracy),
          whole.rows.map(({ trainAccuracy }) => trainAccuracy),
        );
      });
  },
);

test.serial('a run that another process finished meanwhile says that the work was done twice', (t) =>
  withRuns(async (runs) => {
    const notes: string[] = [];
    const other = { ...(await inPieces([])), seconds: 1 };
    const record = await train(smallExperiment(), {
      ...{ engine, dataset, runs },
      onNote: (line) => notes.push(line),
      onProgress: ({ row }) => void (row?.epoch === 2 && runs.put(other)),
    });
    t.deepEqual(record, other);
    t.deepEqual(notes, [
      `${record.id} was finished by another process meanwhile, with the same result: the work was done twice`,
    ]);
  }),
);

test.serial('a checkpoint that cannot be continued from leaves no model behind', (t) =>
  withRuns(async (runs) => {
    const controller = new AbortController();
    const stopped = await train(smallExperiment(), {
      ...{ engine, dataset, runs, signal: controller.signal },
      onProgress: () => controller.abort(),
    });
    t.is(stopped.outcome.status, 'interrupted');
    const checkpoint = runs.readCheckpoint(stopped.id, engine.numerics);
    runs.writeCheckpoint({ ...checkpoint, state: { ...checkpoint.state, optimizer: {} } });
    let [made, disposed] = [0, 0];
    const counting: Engine = {
      ...engine,
      createModel: (...given) => {
        made += 1;
        const model = engine.createModel(...given);
        const dispose = (): void => {
          disposed += 1;
          model.dispose();
        };
        return new Proxy(model, {
          get: (target, key) => (key === 'dispose' ? dispose : bound(target, key)),
        });
      },
    };
    await t.throwsAsync(() => train(smallExperiment(), { engine: counting, dataset, runs }), {
      instanceOf: SettingsError,
      message: /optimizer state: .* is missing/,
    });
    t.deepEqual([made, disposed], [1, 1]);
  }),
);

test.serial('trained once more where weights are gone, other weights than the record has are refused', (t) =>
  withRuns(async (runs) => {
    const options = { engine, dataset, runs, again: true };
    const settings = smallExperiment({ epochs: 1 });
    const record = await train(settings, options);
    rmSync(runs.weightsPath(record.id));
    t.deepEqual(await train(settings, { ...options, again: false }), record);
    const other: Engine = {
      ...engine,
      createModel: (network, given, weights) =>
        engine.createModel(
          network,
          {
            ...given,
            optimizer: { ...given.optimizer, learningRate: 0.01 },
            neuron: { ...given.neuron, delta: 1 },
          },
          weights,
        ),
    };
    await t.throwsAsync(() => train(settings, { ...options, engine: other }), {
      instanceOf: DataError,
      message: /has other weights: expected SHA-256 .* different bits here/,
    });
    t.false(runs.hasWeights(record.id));
    t.deepEqual(runs.get(record.id), record);
    t.deepEqual(await train(settings, options), record);
    runs.readWeights(record.id);
  }),
);

function bound(target: Model, key: string | symbol): unknown {
  const value = Reflect.get(target, key) as unknown;
  return typeof value === 'function' ? value.bind(target) : value;
}

test.serial('settings that cannot run are refused by name before anything is written', (t) =>
  withRuns(async (runs) => {
    const refuse = async (more: object, message: RegExp): Promise<void> => {
      await t.throwsAsync(() => train(smallExperiment(more), { engine, dataset, runs }), {
        instanceOf: SettingsError,
        message,
      });
    };
    await refuse({ batchSize: 101 }, /batchSize 101 is larger than the training part \(100 examples\)/);
    await refuse(
      { network: { architecture: 'convNet', twin: 'ann' } },
      /an ANN twin runs for one step; got steps = 2/,
    );
    await refuse(
      { data: { name: 'shapes10', trainLimit: 999 } },
      /data\.trainLimit: 999 asked for, 200 there/,
    );
    t.is(runs.list().records.length, 0);
  }),
);

test.serial('the ANN twin trains', (t) =>
  withRuns(async (runs) => {
    const settings = smallExperiment({
      network: { architecture: 'convNet', width: 0.125, twin: 'ann' },
      steps: 1,
    });
    const record = await train(settings, { engine, dataset, runs });
    t.is(record.outcome.status, 'done');
    t.deepEqual(record.spikeRates, []);
  }),
);
