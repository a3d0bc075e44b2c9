// Trainings whose loss is a list, from the experiment to the record.
import test from 'ava';
import { SettingsError } from '../../src/errors.js';
import { experiment, parseExperiment } from '../../src/experiment/experiment.js';
import { formatRecord, parseRecord } from '../../src/records/text.js';
import { expandSweep } from '../../src/sweep/expand.js';
import { checkSweep } from '../../src/sweep/spec.js';
import { train } from '../../src/training/train.js';
import { dataset, plain, settings } from '../helpers/equation-training.js';
import { withRuns } from '../helpers/runs.js';

const loss = [{ kind: 'mean' as const }, { kind: 'spikeRate' as const, weight: 0.5, target: 0.1 }];

test('a record has the value of each term by epoch and reads back; a training that was stopped ends with the same', (t) =>
  withRuns(async (runs) => {
    const how = settings({}, { loss });
    const options = { engine: plain, dataset, runs, onNote: () => undefined };
    const whole = await train(how, options);
    t.is(whole.outcome.status, 'done');
    for (const { terms, trainLoss } of whole.rows) {
      t.is(terms?.length, 2);
      t.true(Math.abs(terms![0]! - trainLoss!) < 1e-12); // both are means: of steps, of examples
      t.true(terms![1]! > 0 && terms![1]! < 1);
    }
    t.deepEqual(parseRecord(formatRecord(whole), 'record'), whole);
    await withRuns(async (others) => {
      const stop = new AbortController();
      let steps = 0;
      const stopped = await train(how, {
        ...options,
        runs: others,
        signal: stop.signal,
        onProgress: () => ++steps === 2 && stop.abort(),
      });
      t.is(stopped.outcome.status, 'interrupted');
      const again = await train(how, { ...options, runs: others });
      t.deepEqual(
        again.rows.map(({ terms }) => terms),
        whole.rows.map(({ terms }) => terms),
      );
    });
  }));

test('one loss has no terms in its record, and the id that it had', (t) =>
  withRuns(async (runs) => {
    const how = settings({}, { epochs: 1 });
    const { rows } = await train(how, { engine: plain, dataset, runs, onNote: () => undefined });
    t.false('terms' in rows[0]);
    t.deepEqual(how.loss, { kind: 'mean', lambda: 1e-3, target: 1 });
  }));

test('a list is an axis of a sweep, and so is the weight of a term', (t) => {
  const base = { data: { name: 'stripes' }, loss };
  const weights = expandSweep(checkSweep({ base, axes: { 'loss.1.weight': [0, 0.5] } })).trials;
  t.deepEqual(
    weights.map((trial) => trial.experiment.loss),
    [0, 0.5].map((weight) => experiment({ loss: [loss[0], { ...loss[1], weight }] }).loss),
  );
  t.is(expandSweep(checkSweep({ base, axes: { loss: [{ kind: 'mean' }, loss] } })).trials.length, 2);
});

test('an experiment says where a term is not valid', (t) => {
  t.throws(() => parseExperiment({ loss: [{}, { kind: 'imLos' }] }), {
    instanceOf: SettingsError,
    message: /loss\.1\.kind: /,
  });
  t.throws(() => parseExperiment({ loss: { kind: 'imLoss' } }), {
    instanceOf: SettingsError,
    message: /loss: imLoss judges neurons and not logits: give a list with a term that does/,
  });
});
