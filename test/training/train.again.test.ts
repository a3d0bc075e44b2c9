// A training that goes on, is asked for again, fails, or is overtaken, on an engine that computes nothing: what is kept, what
// is told, what is done once more.
import { rmSync } from 'node:fs';
import test from 'ava';
import type { Engine, LayerActivity, ModelState } from '../../src/engines/engine.js';
import { DataError } from '../../src/errors.js';
import type { Runs } from '../../src/records/folder.js';
import { train, type TrainOptions } from '../../src/training/train.js';
import { smallDataset } from '../helpers/dataset.js';
import { smallExperiment, withRuns } from '../helpers/runs.js';
import { type Script, scriptedEngine } from '../helpers/scripted-engine.js';

const dataset = smallDataset({ train: 40, test: 130, shape: [8, 8, 3], classes: 10 });
// No two examples are equal, so that there is nothing to warn of.
for (const [part, mark] of [
  [dataset.train, 1],
  [dataset.test, 2],
] as const)
  for (let i = 0; i < part.count; i++) part.data.set([mark, i], i * 8 * 8 * 3);
const experiment = smallExperiment({ data: { name: 'shapes10' }, batchSize: 10, epochs: 2 }); // four steps an epoch

/** Trains by a script; what was told, asked and written back into the model, and the models that are still open. */
async function trained(runs: Runs, script: Script = {}, more: Partial<TrainOptions> = {}) {
  const { engine, asked } = scriptedEngine(script);
  const said: string[] = [];
  const written: ModelState[] = [];
  let open = 0;
  const watched: Engine = {
    ...engine,
    createModel(...given) {
      open += 1;
      const model = engine.createModel(...given);
      return { ...model, write: (state) => void written.push(state), dispose: () => void (open -= 1) };
    },
  };
  const options = { engine: watched, dataset, runs, onNote: (line: string) => void said.push(line), ...more };
  const outcome = await train(experiment, options).catch((error: unknown) => ({ error }));
  const error = 'error' in outcome ? (outcome.error as Error) : undefined;
  return { record: 'error' in outcome ? undefined : outcome, error, asked, said, written, open };
}

const counting: Script = { step: (i) => ({ classification: i + 1, correct: 1 }) };

/** A run that was stopped after five steps: in the second epoch, after its first step. */
async function stopped(runs: Runs, script = counting) {
  const stop = new AbortController();
  const { record } = await trained(runs, script, {
    signal: stop.signal,
    onProgress: ({ done }) => done === 50 && stop.abort(),
  });
  return record!;
}

test('a run that was stopped goes on from its checkpoint, is told so, and its epoch counts both parts', (t) =>
  withRuns(async (runs) => {
    const { id, seconds } = await stopped(runs);
    const checkpoint = runs.readCheckpoint(id, scriptedEngine().engine.numerics);
    t.like(checkpoint, { epoch: 1, step: 1, resumed: 0 });
    runs.writeCheckpoint({
      ...checkpoint,
      seconds: seconds + 1000,
      partial: { ...checkpoint.partial, seconds: 500 },
    });
    const { record, asked, said, written, open } = await trained(runs, counting);
    t.deepEqual(said, [`${id} is continued from its checkpoint: epoch 2, step 2`]);
    t.is(asked.steps.length, 3);
    t.is(written.length, 1);
    t.is(written[0].updates, 5);
    t.is(record!.resumed, 1);
    t.is(record!.rows.length, 2);
    // The fifth step's loss is 5; the steps of the second part begin at 1 again.
    t.like(record!.rows[1], { trainLoss: (5 + 1 + 2 + 3) / 4, trainAccuracy: 4 / 40 });
    t.true(record!.rows[1].seconds >= 500 && record!.rows[1].seconds < 600);
    t.true(record!.seconds >= 1000 && record!.seconds < 1100);
    t.is(open, 0);
    t.false(runs.hasCheckpoint(id), 'a finished run needs none');
  }));

test('a checkpoint that the engine cannot take leaves no model', (t) =>
  withRuns(async (runs) => {
    await stopped(runs);
    const { engine } = scriptedEngine();
    let open = 0;
    const refusing: Engine = {
      ...engine,
      createModel: (...given) => {
        open += 1;
        const refuse = (): never => {
          throw new Error('other shapes');
        };
        return { ...engine.createModel(...given), write: refuse, dispose: () => void (open -= 1) };
      },
    };
    await t.throwsAsync(train(experiment, { engine: refusing, dataset, runs, onNote: () => undefined }), {
      message: 'other shapes',
    });
    t.is(open, 0);
  }));

test('seconds: of all epochs together no more than of the run', (t) =>
  withRuns(async (runs) => {
    const { record } = await trained(runs);
    const sum = record!.rows.reduce((total, row) => total + row.seconds, 0);
    t.true(sum > 0 && sum <= record!.seconds, `${sum} of ${record!.seconds}`);
  }));

test('a finished run is returned as it is; asked for again it is trained only where its weights are gone', (t) =>
  withRuns(async (runs) => {
    const { record: first } = await trained(runs);
    const steps = async (more: Partial<TrainOptions>): Promise<number> => {
      const { record, asked, said } = await trained(runs, {}, more);
      t.deepEqual(record, first);
      t.deepEqual(said, [], 'of a run that is trained again nobody is told that it was done twice');
      return asked.steps.length;
    };
    t.is(await steps({}), 0);
    t.is(await steps({ again: true }), 0, 'its weights are there');
    rmSync(runs.weightsPath(first!.id));
    t.is(await steps({}), 0);
    t.is(await steps({ again: true }), 8);
    t.true(runs.hasWeights(first!.id));
  }));

test('trained again to other weights: an error, the record stays, and no checkpoint is left to go on from', (t) =>
  withRuns(async (runs) => {
    const { record } = await trained(runs);
    rmSync(runs.weightsPath(record!.id));
    const { engine } = scriptedEngine();
    const other: Engine = {
      ...engine,
      createModel(network, settings, weights) {
        const changed = Object.fromEntries(
          Object.entries(weights).map(([name, { shape, data }]) => [
            name,
            { shape, data: data.map((x) => x + 1) },
          ]),
        );
        return engine.createModel(network, settings, changed);
      },
    };
    const { error } = await trained(runs, {}, { engine: other, again: true });
    t.true(error instanceof DataError);
    t.regex(error!.message, /has other weights/);
    t.false(runs.hasWeights(record!.id) || runs.hasCheckpoint(record!.id));
    t.deepEqual(runs.get(record!.id), record!);
  }));

test('weights that cannot be kept leave the checkpoint of the last epoch, from which the end is made again', (t) =>
  withRuns(async (runs) => {
    const { writeWeights } = runs;
    runs.writeWeights = () => {
      throw new DataError('weights', 'the disk is full', 'free some space');
    };
    const { error } = await trained(runs);
    t.regex(error!.message, /the disk is full/);
    const [{ id }] = runs.list().records;
    t.true(runs.hasCheckpoint(id));
    runs.writeWeights = writeWeights;
    const rate = (kind: 'neuron' | 'synapse'): LayerActivity => ({
      kind,
      layer: kind,
      nonZero: [13],
      size: 130,
    });
    const { record, asked } = await trained(runs, { activity: () => [rate('neuron'), rate('synapse')] });
    t.is(asked.steps.length, 0);
    t.deepEqual(
      asked.evaluations.map(({ batch, activity }) => [batch.labels.length, activity]),
      [
        [100, true],
        [30, true],
      ],
      'the whole test part, for the spike rates that only the record has',
    );
    t.deepEqual(
      record!.spikeRates.map(({ layer }) => layer),
      ['neuron'],
    );
    t.is(record!.outcome.status, 'done');
  }));

test('a run that diverges is not looked at once more for its spike rates', (t) =>
  withRuns(async (runs) => {
    const { record, asked } = await trained(runs, { step: () => ({ loss: NaN }) });
    t.is(record!.outcome.status, 'diverged');
    t.deepEqual([asked.evaluations.length, record!.spikeRates.length], [0, 0]);
  }));

test('an error of the engine ends the run as failed, with its reason, and leaves no model', async (t) => {
  for (const [thrown, reason] of [
    [new Error('out of memory'), 'out of memory'],
    ['a text', 'a text'],
  ] as const)
    await withRuns(async (runs) => {
      const { error, open } = await trained(runs, {
        step(i) {
          if (i === 5) throw thrown as Error;
          return {};
        },
      });
      t.is(error as unknown, thrown);
      t.is(open, 0);
      const [record] = runs.list().records;
      t.like(record.kind === 'run' && record.outcome, { status: 'failed', epoch: 1, reason });
    });
});

test('finished by another process meanwhile: that record stands, and is told of once', async (t) => {
  const { record: first } = await withRuns((runs) => trained(runs));
  await withRuns(async (runs) => {
    const theirs = { ...first!, seconds: 12_345 };
    const { record, said } = await trained(
      runs,
      {},
      {
        onProgress: ({ row }) => row?.epoch === 2 && void runs.put(theirs),
      },
    );
    t.is(record!.seconds, 12_345);
    t.deepEqual(said, [
      `${first!.id} was finished by another process meanwhile, with the same result: the work was done twice`,
    ]);
  });
});

test('a layer that never fires is told of once, and stands in its rows and in the record; of others nothing does', (t) =>
  withRuns(async (runs) => {
    const activity = (_: number): LayerActivity[] => [
      { kind: 'neuron', layer: 'dead', nonZero: [0, 0], size: 10 },
      { kind: 'neuron', layer: 'alive', nonZero: [1, 0], size: 10 },
    ];
    const { record, said } = await trained(runs, { activity });
    const line = 'layer dead fires for none of 100 test examples after epoch 1';
    t.deepEqual(said, [`warning: ${line}`]);
    t.deepEqual(record!.warnings, [line]);
    t.deepEqual(
      record!.rows.map(({ silent }) => silent),
      [['dead'], ['dead']],
    );
  }));

test('without anything to warn of neither rows nor record have such a field; what was told is not told again', (t) =>
  withRuns(async (runs) => {
    const { record } = await trained(runs);
    t.false('warnings' in record! || 'silent' in record!.rows[0]);
    await withRuns(async (other) => {
      const dead: Script = { activity: () => [{ kind: 'neuron', layer: 'dead', nonZero: [0], size: 1 }] };
      await stopped(other, dead);
      const { record: whole, said } = await trained(other, dead);
      t.is(said.length, 1, 'only that it is continued');
      t.is(whole!.warnings!.length, 1);
    });
  }));
