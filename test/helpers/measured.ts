// What the tests of the measures share: the rows of an evaluation under a scripted engine, and the check of their form.
import test from 'ava';
import type { Model } from '../../src/engines/engine.js';
import {
  type Evaluation,
  type EvaluationKind,
  measures,
  type ResultRow,
  resultsOf,
  type Subject,
} from '../../src/measures/index.js';
import { recordProblem } from '../../src/records/check.js';
import { smallDataset } from './dataset.js';
import { sampleEvaluation } from './records.js';
import { type Script, scriptedModel } from './scripted-engine.js';

export const dataset = smallDataset({ test: 130, classes: 3 });
/** The examples that are looked at. */
export const part = Int32Array.from({ length: 120 }, (_, i) => i + 5);

/** The rows of an evaluation under a script, what the model was asked and what was reported. */
export async function evaluated(evaluation: Evaluation, script: Script = {}, more: Partial<Model> = {}) {
  const { model, asked } = scriptedModel(script);
  const progress: { done: number; total: number; label: string }[] = [];
  const subject = {
    ...{ model: { ...model, ...more }, dataset, test: part, weights: {} },
    onProgress: (event: (typeof progress)[number]) => progress.push(event),
  } as unknown as Subject;
  return { rows: await resultsOf(evaluation, subject), asked, progress };
}

/** What is wrong with an evaluation record whose only row is this one. */
export const rowProblem = (kind: EvaluationKind, row: ResultRow): string | undefined =>
  recordProblem({ ...sampleEvaluation({ kind }), results: [row] });

/** Registers the checks of a kind's form of rows, with a row of each form that it has; and of its default limit. */
export function testForm(kind: EvaluationKind, rows: ResultRow[], defaultLimit?: number): void {
  test(`${kind}: a row has all its fields, of their kind and in their range, and no others`, (t) => {
    for (const row of rows) {
      t.is(rowProblem(kind, row), undefined);
      t.regex(rowProblem(kind, { ...row, extra: 1 }) ?? '', /^results\[0\]: Unrecognized key: "extra"/);
      for (const [name, value] of Object.entries(row)) {
        const { [name]: _, ...others } = row;
        const field = new RegExp(`^results\\[0\\]\\.${name}: `);
        t.regex(rowProblem(kind, others) ?? '', field, `without ${name}`);
        t.not(rowProblem(kind, { ...others, [`${name}x`]: value }), undefined, `${name} misspelt`);
        const wrong = { ...row, [name]: typeof value === 'string' ? 7 : 'text' };
        t.regex(rowProblem(kind, wrong) ?? '', field, `${name} of another kind`);
      }
    }
  });
  test(`${kind}: looks at ${defaultLimit ?? 'all'} examples where no limit is given`, (t) => {
    t.is(measures[kind].defaultLimit, defaultLimit);
  });
}
