// Where outputs come from: each fact once, in an order of its own.
import test from 'ava';
import { originOf } from '../../src/figures/origin.js';
import { sampleEvaluation, sampleRun } from '../helpers/records.js';

const making = { command: 'npm run reproduce', notebook: 'quickstart' };

test('originOf: the order of the records does not matter, and what they share stands once', (t) => {
  const [a, b] = [sampleRun(), sampleRun({ settings: { seed: 1 } })];
  const evaluation = sampleEvaluation();
  const origin = originOf([a, evaluation, b], making);
  t.deepEqual(originOf([b, a, evaluation, a], making), origin);
  t.deepEqual(origin.records, [a.id, b.id, evaluation.id].sort());
  t.is(origin.data.length, 1);
  t.is(origin.data[0].splitHash, a.data.split.hash);
  t.deepEqual(origin.numerics, ['tfjs wasm plain, numerics 1']);
  t.deepEqual(origin.commits, ['a'.repeat(40)]);
  t.deepEqual(origin.trainings, ['shapes10, 100 training images, tested on 20']);
});

test('originOf: changes beside the commit, no git and doubtful numerics are said', (t) => {
  const run = sampleRun();
  const { commits } = originOf(
    [
      { ...run, dirty: true },
      { ...run, commit: null, dirty: null },
    ],
    making,
  );
  t.deepEqual(commits, [`${'a'.repeat(40)} + changes`, 'not in git']);
  const free = { ...run, numerics: { ...run.numerics, deterministic: false } };
  t.deepEqual(originOf([free], making).numerics, ['tfjs wasm plain, numerics 1, not deterministic']);
});

test('originOf: an evaluation without its run still names its data; no records leave empty lists', (t) => {
  const { data } = originOf([sampleEvaluation()], making);
  t.is(data[0].split, null);
  t.is(data[0].fingerprint, sampleEvaluation().dataFingerprint);
  t.deepEqual(originOf([], { command: 'x' }), {
    command: 'x',
    notebook: null,
    records: [],
    commits: [],
    data: [],
    trainings: [],
    numerics: [],
    versions: [],
  });
});

test('originOf: of event data recordings are said, of a part held out its size', (t) => {
  const run = sampleRun({ settings: { data: { name: 'shapes10-dvs' } } });
  const held = { ...run, data: { ...run.data, split: { ...run.data.split, train: 9000, validation: 1000 } } };
  t.deepEqual(originOf([held], making).trainings, [
    'shapes10-dvs, 9,000 training recordings (1,000 more held out), tested on 20',
  ]);
});
