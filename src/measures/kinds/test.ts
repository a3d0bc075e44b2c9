// Accuracy on the test part.
import { z } from 'zod';
import { evaluateExamples } from '../accuracy.js';
import { accuracyFields, limit } from '../fields.js';
import { type Measure, progressOf } from '../measure.js';

/** Accuracy and loss on test examples. */
export type TestSettings = {
  kind: 'test';
  /** Only the first n test examples; default all that the run was tested on. */
  limit?: number;
};

/** One row. */
export const test: Measure<TestSettings> = {
  kind: 'test',
  title: 'accuracy and loss',
  example: {},
  settings: () => z.strictObject({ kind: z.literal('test'), limit }),
  async measure(_, subject) {
    const { model, dataset, test } = subject;
    const progress = progressOf(subject, 'test');
    const { count, accuracy, loss } = await evaluateExamples(model, dataset, 'test', test, progress);
    return [{ examples: count, accuracy, loss }];
  },
  rows: z.strictObject(accuracyFields),
};
