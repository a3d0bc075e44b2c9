// Accuracy by number of training images: by each way of choosing an epoch, the gap, and energy where it was counted.
import test from 'ava';
import { accuracyRows } from '../../../src/studies/training-set-size/accuracy.js';
import { rounded } from '../../helpers/drawn.js';
import { evaluationOf } from '../../helpers/records.js';
import { madeSize, MORE } from '../../helpers/training-sizes.js';

test('accuracyRows: a row a cell; last epoch, best by validation, best by test; energy ratio where it was counted', (t) => {
  const layers = [{ layer: 'c', macs: 100, inputRate: 1, input: 'image', synapticOperations: 200 }];
  const size = madeSize(45_000, MORE, (runs) => [
    evaluationOf(
      runs[0],
      'energy',
      layers.map((layer) => ({ row: 'layer', ...layer })),
    ),
  ]);
  const rows = accuracyRows([size]);
  t.deepEqual(
    rows.map(({ images, delta, beta, n, last, lastSd }) => [
      images,
      delta,
      beta,
      n,
      rounded(last),
      rounded(lastSd),
    ]),
    [
      [45_000, 0, 0, 3, 72, 2],
      [45_000, 0, 1e-4, 3, 74, 2],
      [45_000, 1e-4, 0, 3, 74, rounded(Math.sqrt(13))],
      [45_000, 1e-4, 1e-4, 3, 74, 2],
    ],
  );
  // Every run is best at its last epoch on test images; validation (0.25, 0.26, 0.5) is so too.
  t.is(rounded(rows[0].bestTest), 72);
  t.is(rounded(rows[0].bestValidation), 72);
  // Training accuracy of the last epoch is that of sampleRows: 52 %.
  const training = 100 * size.runs[0].rows.at(-1)!.trainAccuracy;
  t.is(rounded(rows[0].gap), rounded(training - 72));
  // An image of 100 MACs at T = 2: 3.2 pJ against 2 × 0.1 pJ an operation.
  t.is(rounded(rows[0].timesLess), 16);
  t.is(rows[1].timesLess, null);
});

test('accuracyRows: without validation images there is no epoch that they choose', (t) => {
  const size = madeSize(9000, MORE);
  for (const { outcome } of size.runs) delete outcome.testAccuracyAtBestValidation;
  t.is(accuracyRows([size])[0].bestValidation, null);
});
