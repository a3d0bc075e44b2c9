// Confusion matrix: which classes are taken for which.
import { z } from 'zod';
import { confusionMatrix, evaluateExamples } from '../accuracy.js';
import { count, limit, text } from '../fields.js';
import { type Measure, progressOf } from '../measure.js';

/** The confusion matrix on test examples. */
export type ConfusionSettings = {
  kind: 'confusion';
  /** Only the first n test examples; default all that the run was tested on. */
  limit?: number;
};

/** One row for each pair of classes, the true one first. */
export const confusion: Measure<ConfusionSettings> = {
  kind: 'confusion',
  title: 'confusion matrix',
  example: {},
  settings: () => z.strictObject({ kind: z.literal('confusion'), limit }),
  async measure(_, subject) {
    const { model, dataset, test } = subject;
    const { classes } = dataset;
    const progress = progressOf(subject, 'confusion');
    const { predictions } = await evaluateExamples(model, dataset, 'test', test, progress);
    const labels = Array.from(test, (index) => dataset.test.labels[index]);
    const matrix = confusionMatrix(labels, predictions, classes.length);
    return matrix.flatMap((row, i) =>
      row.map((count, j) => ({ actual: classes[i], predicted: classes[j], count })),
    );
  },
  rows: z.strictObject({ actual: text, predicted: text, count }),
};
