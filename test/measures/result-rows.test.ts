import test from 'ava';
import { RESULT_ROWS } from '../../src/measures/result-rows.js';
import { recordProblem } from '../../src/records/check.js';
import { EVALUATION_KINDS, type ResultRow } from '../../src/measures/evaluation.js';
import { SAMPLE_RESULTS, sampleEvaluation } from '../helpers/records.js';

/** What is wrong with an evaluation record whose only row is this one. */
const problemOf = (kind: (typeof EVALUATION_KINDS)[number], row: ResultRow): string | undefined =>
  recordProblem({ ...sampleEvaluation({ kind }), results: [row] });

test('every kind of evaluation has a form of its rows', (t) => {
  t.deepEqual(Object.keys(RESULT_ROWS).sort(), [...EVALUATION_KINDS].sort());
});

for (const kind of EVALUATION_KINDS)
  test(`${kind}: a row has all its fields, of their kind and in their range, and no others`, (t) => {
    for (const row of SAMPLE_RESULTS[kind]) {
      t.is(problemOf(kind, row), undefined);
      t.regex(problemOf(kind, { ...row, extra: 1 }) ?? '', /^results\[0\]: Unrecognized key: "extra"/);
      for (const [name, value] of Object.entries(row)) {
        const { [name]: _, ...others } = row;
        t.regex(problemOf(kind, others) ?? '', new RegExp(`^results\\[0\\]\\.${name}: `), `without ${name}`);
        const misspelt: ResultRow = { ...others, [`${name}x`]: value };
        t.not(problemOf(kind, misspelt), undefined, `${name} misspelt`);
        const wrong = { ...row, [name]: typeof value === 'string' ? 7 : 'text' };
        t.regex(
          problemOf(kind, wrong) ?? '',
          new RegExp(`^results\\[0\\]\\.${name}: `),
          `${name} of another kind`,
        );
      }
    }
  });

test('shares lie in [0, 1], counts are whole, and words are those that are known', (t) => {
  const [test_] = SAMPLE_RESULTS.test;
  t.regex(problemOf('test', { ...test_, accuracy: 1.5 }) ?? '', /accuracy: .*<=1/);
  t.regex(problemOf('test', { ...test_, accuracy: -0.5 }) ?? '', /accuracy: .*>=0/);
  t.regex(problemOf('test', { ...test_, examples: 0.5 }) ?? '', /examples: .*int/);
  const [, rate] = SAMPLE_RESULTS.energy;
  t.regex(problemOf('energy', { ...rate, step: 0 }) ?? '', /step: .*>=1/);
  t.regex(problemOf('energy', { ...rate, row: 'rats' }) ?? '', /row: /);
  t.regex(problemOf('energy', { ...SAMPLE_RESULTS.energy[2], cost: 'int64' }) ?? '', /cost: /);
});
