// The sweep over β: accuracy, generalisation gap and orthogonality, each with its spread.
import test from 'ava';
import type { RunRecord } from '../../../src/records/record.js';
import { betaFigure, betaPoints } from '../../../src/studies/lipschitz-sweep/strength.js';
import { axisTitles, drawn, idsUnderPointer, notes, rounded } from '../../helpers/drawn.js';
import { evaluationOf, sampleRows, sampleRun } from '../../helpers/records.js';
import { isAsKept } from '../../helpers/whole-figure.js';

/** A run whose last training and test accuracies are given in %. */
function run(train: number, accuracy: number, seed: number, beta: number): RunRecord {
  const rows = sampleRows(2, false);
  Object.assign(rows[1], { trainAccuracy: train / 100, testAccuracy: accuracy / 100 });
  return sampleRun({ settings: { epochs: 2, seed, lipschitz: { beta } }, rows });
}
/** Spectra of two layers with these distances from orthogonality, and an index. */
const spectra = (of: RunRecord, distances: [number, number], index: number) =>
  evaluationOf(of, 'spectra', [
    ...distances.map((orthogonality, i) => ({
      row: 'layer',
      layer: `c${i}`,
      operatorNorm: 9,
      orthogonality,
    })),
    { row: 'index', operatorNorm: index, plainNorm: 1, matrixNorm: 2 },
  ]);
const runs = [run(61, 60, 0, 0.01), run(55, 50, 0, 0), run(61, 52, 1, 0), run(70, 57, 2, 0)];
const records = [spectra(runs[1], [1, 2], 10), spectra(runs[2], [2, 4], 1000)];
const list = betaPoints(runs, records);
const [root13, root16] = [Math.sqrt(13), 4];

test('betaPoints: by β, spread over seeds; distance as the mean over layers, the index as geometric mean', (t) => {
  // Accuracy 50, 52, 57; gap 5, 9, 13: mean 9, squares 16 + 0 + 16 over 2; distances 1.5 and 3.
  t.deepEqual(
    list.map(({ beta, accuracy, gap, orthogonality, index }) =>
      [
        beta,
        ...[accuracy, gap, orthogonality].map((spread) => spread && [spread.n, spread.mean, spread.sd]),
        index,
      ].map((value) => rounded(value)),
    ),
    [
      [0, [3, 53, root13], [3, 9, root16], [2, 2.25, Math.sqrt(1.125)], 100],
      [0.01, [1, 60, null], [1, 1, null], null, null],
    ].map((row) => rounded(row)),
  );
  t.deepEqual(
    list[0].runs,
    [...runs.slice(1), ...records].map(({ id }) => id),
  );
  t.is(list[0].trainedOn, '100 shapes10 training images');
});

test('betaFigure: three panels, each with mean and standard deviation, β = 0 a decade below the smallest', (t) => {
  const figure = betaFigure(list);
  isAsKept(t, 'lipschitz-sweep/strength', figure);
  t.deepEqual(drawn(figure), [
    { name: 'test accuracy', x: [0.001, 0.01], y: [53, 60], error: rounded([root13, 0]), colour: 0 },
    {
      name: 'generalisation gap: training − test',
      x: [0.001, 0.01],
      y: [9, 1],
      error: [root16, 0],
      colour: 1,
      plot: 2,
    },
    {
      name: 'distance from orthogonality ‖WWᵀ − I‖ / √m, mean over layers',
      x: [0.001],
      y: [2.25],
      error: rounded([Math.sqrt(1.125)]),
      colour: 2,
      plot: 3,
    },
  ]);
  t.deepEqual(figure.data[0].text, ['0', '0.01']);
  const { tickvals, ticktext } = figure.layout.xaxis3 as Record<string, unknown>;
  t.deepEqual(
    [tickvals, ticktext],
    [
      [0.001, 0.01],
      ['0', '0.01'],
    ],
  );
  t.like(axisTitles(figure), {
    yaxis: 'test accuracy (%)',
    yaxis2: 'gap (points)',
    xaxis3: 'LR weight β',
    yaxis3: 'distance',
  });
  t.is(notes(figure).at(-1), '100 shapes10 training images');
  t.deepEqual(idsUnderPointer(figure)[1], idsUnderPointer(figure)[0]);
});
