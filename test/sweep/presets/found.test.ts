// The records of a preset's trials: which are there, which are missing, and what is said of them.
import test from 'ava';
import { describeFound, recordsOf } from '../../../src/sweep/presets/found.js';
import { SettingsError } from '../../../src/errors.js';
import { evaluationIdOf, type Evaluation } from '../../../src/training/evaluate-run.js';
import { runId, type EvaluationRecord } from '../../../src/records/record.js';
import { sampleEvaluation, sampleRun } from '../../helpers/records.js';
import { withRuns } from '../../helpers/runs.js';

test('recordsOf: what is there, what is missing', (t) =>
  withRuns(async (runs) => {
    const run = sampleRun();
    runs.put(run);
    const other = { ...run.experiment, seed: 77 };
    const trials = [run.experiment, other].map((experiment) => ({ group: 'x', experiment, evaluations: [] }));
    const found = recordsOf(runs, trials);
    t.deepEqual(
      [
        found.runs.map(({ id }) => id),
        found.missing.map(({ experiment }) => experiment.seed),
        found.evaluations,
      ],
      [[run.id], [77], []],
    );
  }));

test('recordsOf, describeFound: a training that diverged is missing, and is not asked for again', (t) =>
  withRuns(async (runs) => {
    const run = sampleRun();
    const broken = sampleRun({ settings: { name: 'broken', seed: 78 }, status: 'diverged' });
    for (const record of [run, broken]) runs.put(record);
    const trials = [run, broken].map(({ experiment }) => ({ group: 'x', experiment, evaluations: [] }));
    const found = recordsOf(runs, trials);
    t.deepEqual([found.missing, found.diverged], [[trials[1]], [trials[1]]]);
    t.is(
      describeFound(found, 'make'),
      '1 of 2 trainings are there, with 0 evaluations; diverged, and in no number: broken',
    );
    const other = { ...trials[0], experiment: { ...run.experiment, name: 'other', seed: 79 } };
    t.regex(
      describeFound(recordsOf(runs, [...trials, other]), 'make'),
      /; diverged, and in no number: broken; missing: other\. To make them: make$/,
    );
  }));

test('describeFound: how many trainings are there, what is missing of them and of their evaluations, and how to make it', (t) => {
  const run = sampleRun({ settings: { name: 'first' } });
  const names = ['b', 'c', 'd', 'e', 'f'];
  const missing = names.map((name) => ({
    group: 'x',
    experiment: { ...run.experiment, name },
    evaluations: [],
  }));
  const there = { runs: [run], evaluations: [], missing: [], missingEvaluations: [] };
  t.is(describeFound(there, 'make'), '1 of 1 trainings are there, with 0 evaluations');
  t.is(
    describeFound(
      {
        ...there,
        missing: missing.slice(0, 1),
        missingEvaluations: [{ run, evaluation: { kind: 'energy' } }],
      },
      'make',
    ),
    '1 of 2 trainings are there, with 0 evaluations; missing: b; energy of first. To make them: make',
  );
  t.regex(describeFound({ ...there, missing }, 'make'), /missing: b; c; d; e and 1 more\. To make/);
  t.throws(() => describeFound({ ...there, runs: [], missing }, 'make'), {
    instanceOf: SettingsError,
    message: 'none of 5 trainings is there: run `make` first',
  });
});

test('recordsOf: evaluations that the trial of a finished run asks for and that have no record', (t) =>
  withRuns(async (runs) => {
    const run = sampleRun();
    const asked: Evaluation[] = [{ kind: 'energy' }, { kind: 'probe' }];
    const [energy] = asked.map((evaluation) => ({
      ...sampleEvaluation({ kind: 'energy' }),
      of: run.id,
      weightsDigest: run.weightsDigest!,
      dataFingerprint: run.data.fingerprint,
      id: evaluationIdOf(run, evaluation),
    }));
    runs.put(run);
    runs.put(energy);
    const found = recordsOf(runs, [{ group: 'x', experiment: run.experiment, evaluations: asked }]);
    t.deepEqual(
      found.missingEvaluations.map(({ evaluation }) => evaluation.kind),
      ['probe'],
    );
  }));

test('recordsOf: an evaluation that no trial asks for is not among them: it would count as one more seed', (t) =>
  withRuns(async (runs) => {
    const run = sampleRun();
    const noise = (limit?: number): Evaluation => ({
      kind: 'noise',
      definition: 'gaussian-pixel-sigma',
      levels: [0, 0.1],
      seed: 0,
      ...(limit !== undefined && { limit }),
    });
    const record = (evaluation: Evaluation): EvaluationRecord => ({
      ...sampleEvaluation({ kind: 'noise' }),
      evaluation,
      of: run.id,
      weightsDigest: run.weightsDigest!,
      dataFingerprint: run.data.fingerprint,
      id: evaluationIdOf(run, evaluation),
    });
    runs.put(run);
    for (const evaluation of [noise(), noise(50)]) runs.put(record(evaluation));
    const { evaluations } = recordsOf(runs, [
      { group: 'x', experiment: run.experiment, evaluations: [noise()] },
    ]);
    t.deepEqual(
      evaluations.map(({ id }) => id),
      [evaluationIdOf(run, noise())],
    );
  }));

test('recordsOf: trials of one data set that were made on different data are refused', (t) =>
  withRuns(async (runs) => {
    const [a, b] = [1, 2].map((seed) => sampleRun({ settings: { seed } }));
    const fingerprint = 'e'.repeat(64);
    const other = {
      ...b,
      data: { ...b.data, fingerprint },
      id: runId(b.experiment, fingerprint, b.numerics),
    };
    runs.put(a);
    runs.put(other);
    const trials = [a, b].map(({ experiment }) => ({ group: 'x', experiment, evaluations: [] }));
    t.throws(() => recordsOf(runs, trials), {
      instanceOf: SettingsError,
      message: /has runs on different shapes10 data: 1 on .*, 1 on /,
    });
  }));
