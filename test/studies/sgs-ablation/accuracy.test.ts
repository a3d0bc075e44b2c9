// Accuracy of the ablation's cells: means with their standard deviation, each seed beside, curves over epochs.
import test from 'ava';
import { ablationCurves, ablationFigure } from '../../../src/studies/sgs-ablation/accuracy.js';
import { ablationCells } from '../../../src/studies/sgs-ablation/cells.js';
import { axisTitles, drawn, idsUnderPointer, notes, rounded } from '../../helpers/drawn.js';
import { sampleRows, sampleRun } from '../../helpers/records.js';
import { isAsKept } from '../../helpers/whole-figure.js';

const [PLAIN, LR, SGS, BOTH] = [0, 1, 2, 3]; // colours

/** A run whose test accuracy in % is given for each epoch. */
const run = (curve: number[], seed: number, delta: number, beta: number, surrogate = 'rectangle') =>
  sampleRun({
    settings: {
      epochs: curve.length,
      seed,
      neuron: { delta, surrogate: { name: surrogate as 'atan' } },
      lipschitz: { beta },
    },
    rows: sampleRows(curve.length, false).map((row, i) => ({ ...row, testAccuracy: curve[i] / 100 })),
  });

const cells = ablationCells([
  run([10, 50], 0, 0, 0),
  run([20, 52], 1, 0, 0),
  run([36, 57], 2, 0, 0),
  run([30, 60], 0, 0, 1e-4),
  run([40, 64], 1, 0, 1e-4),
  run([50, 70], 0, 1e-4, 0),
  run([60, 80], 0, 1e-4, 1e-4),
  run([70, 90], 0, 0, 1e-4, 'atan'),
]);

test('ablationFigure: mean ± one standard deviation by surrogate and cell, each seed beside its mean', (t) => {
  const figure = ablationFigure(cells);
  isAsKept(t, 'sgs-ablation/accuracy', figure);
  const at = (style: number, surrogate = 0): number => rounded(surrogate + 0.18 * (style - 1.5)) as number;
  const seed = (style: number, surrogate = 0): number => rounded(at(style, surrogate) + 0.055) as number;
  const [root8, root13] = rounded([Math.sqrt(8), Math.sqrt(13)]) as number[];
  t.deepEqual(drawn(figure), [
    { name: 'plain, no LR', x: [at(0)], y: [53], error: [root13], colour: PLAIN },
    { name: 'plain, no LR, one seed', x: Array(3).fill(seed(0)), y: [50, 52, 57], colour: PLAIN },
    { name: 'plain, LR β = 0.0001', x: [at(1), at(1, 1)], y: [62, 90], error: [root8, 0], colour: LR },
    {
      name: 'plain, LR β = 0.0001, one seed',
      x: [seed(1), seed(1), seed(1, 1)],
      y: [60, 64, 90],
      colour: LR,
    },
    { name: 'SGS δ = 0.0001, no LR', x: [at(2)], y: [70], error: [0], colour: SGS },
    { name: 'SGS δ = 0.0001, no LR, one seed', x: [seed(2)], y: [70], colour: SGS },
    { name: 'SGS δ = 0.0001, LR β = 0.0001', x: [at(3)], y: [80], error: [0], colour: BOTH },
    { name: 'SGS δ = 0.0001, LR β = 0.0001, one seed', x: [seed(3)], y: [80], colour: BOTH },
  ]);
  t.deepEqual(axisTitles(figure), { xaxis: 'surrogate', yaxis: 'test accuracy (%)' });
  const { tickvals, ticktext } = figure.layout.xaxis as { tickvals: number[]; ticktext: string[] };
  t.deepEqual(
    [tickvals, ticktext],
    [
      [0, 1],
      ['rectangle', 'atan'],
    ],
  );
  t.deepEqual(notes(figure), ['convNet, 100 shapes10 training images']);
  const ids = cells[0].runs.map(({ id }) => id);
  t.deepEqual(idsUnderPointer(figure).slice(0, 2), [[ids.join('<br>')], ids]);
});

test('ablationCurves: mean over seeds by epoch, band ± one standard deviation, bands below all lines', (t) => {
  const figure = ablationCurves(cells.slice(0, 4));
  isAsKept(t, 'sgs-ablation/curves', figure);
  // Epoch 1: 10, 20, 36: mean 22, squares 144 + 4 + 196 over 2; 30, 40: mean 35, sd √50. Epoch 2 as above.
  const [a, b] = [
    [22, Math.sqrt(172), 53, Math.sqrt(13)],
    [35, Math.sqrt(50), 62, Math.sqrt(8)],
  ];
  const band = ([first, half, second, other]: number[], colour: number) => ({
    band: true as const,
    x: [1, 2, 2, 1],
    y: rounded([first + half, second + other, second - other, first - half]),
    colour,
  });
  t.deepEqual(drawn(figure), [
    band(a, PLAIN),
    band(b, LR),
    band([50, 0, 70, 0], SGS),
    band([60, 0, 80, 0], BOTH),
    { name: 'plain, no LR', x: [1, 2], y: [22, 53], colour: PLAIN },
    { name: 'plain, LR β = 0.0001', x: [1, 2], y: [35, 62], colour: LR },
    { name: 'SGS δ = 0.0001, no LR', x: [1, 2], y: [50, 70], colour: SGS },
    { name: 'SGS δ = 0.0001, LR β = 0.0001', x: [1, 2], y: [60, 80], colour: BOTH },
  ]);
  t.deepEqual(axisTitles(figure), { xaxis: 'epoch', yaxis: 'test accuracy (%)' });
  t.regex((figure.layout.title as { text: string }).text, /mean over seeds ± one standard deviation/);
  t.deepEqual(notes(figure), ['convNet, 100 shapes10 training images']);
});

test('ablationCurves: an epoch counts the seeds that reached it', (t) => {
  const [line] = drawn(
    ablationCurves(ablationCells([run([10, 50], 0, 0, 0), run([20, 60, 70], 1, 0, 0)])),
  ).slice(-1);
  t.deepEqual(
    [line.x, line.y],
    [
      [1, 2, 3],
      [15, 55, 70],
    ],
  );
});
