// The cells of the ablation: their order, names and looks.
import test from 'ava';
import { ablationCells, ablationRows, cellName, cellStyle } from '../../../src/studies/sgs-ablation/cells.js';
import { rounded } from '../../helpers/drawn.js';
import { madeRun } from '../../helpers/sweep.js';

const cell = (accuracy: number, seed: number, delta: number, beta: number, surrogate = 'rectangle') =>
  madeRun({
    settings: { neuron: { delta, surrogate: { name: surrogate as 'atan' } }, lipschitz: { beta } },
    seed,
    test: accuracy / 100,
  });

test('ablationCells: surrogates in the order met, each plain, LR, SGS, both; seeds in order', (t) => {
  const cells = ablationCells([
    cell(7, 1, 1e-4, 1e-4),
    cell(6, 0, 1e-4, 1e-4),
    cell(9, 0, 0, 1e-4, 'atan'),
    cell(5, 0, 1e-4, 0),
    cell(4, 0, 0, 1e-4),
    cell(3, 0, 0, 0),
  ]);
  t.deepEqual(
    cells.map(({ key, runs }) => [...Object.values(key), runs.map(({ experiment }) => experiment.seed)]),
    [
      ['rectangle', 0, 0, [0]],
      ['rectangle', 0, 1e-4, [0]],
      ['rectangle', 1e-4, 0, [0]],
      ['rectangle', 1e-4, 1e-4, [0, 1]],
      ['atan', 0, 1e-4, [0]],
    ],
  );
});

test('ablationRows: n, mean and standard deviation of test accuracy in % of each cell', (t) => {
  const rows = ablationRows(
    ablationCells([cell(50, 0, 0, 0), cell(52, 1, 0, 0), cell(57, 2, 0, 0), cell(60, 0, 0, 1)]),
  );
  t.deepEqual(
    rows.map((row) => [
      row.surrogate,
      ...(rounded([row.delta, row.beta, row.n, row.mean, row.sd]) as number[]),
    ]),
    [
      ['rectangle', ...(rounded([0, 0, 3, 53, Math.sqrt(13)]) as number[])], // squares 9 + 1 + 16 over 2
      ['rectangle', 0, 1, 1, 60, null],
    ],
  );
});

test('cellName and cellStyle: plain blue, LR orange, SGS green, both purple', (t) => {
  t.deepEqual(
    [
      [0, 0],
      [0, 1e-4],
      [1e-4, 0],
      [1e-4, 1e-3],
    ].map(([delta, beta]) => [cellName({ delta, beta }), cellStyle({ delta, beta })]),
    [
      ['plain, no LR', 0],
      ['plain, LR β = 0.0001', 1],
      ['SGS δ = 0.0001, no LR', 2],
      ['SGS δ = 0.0001, LR β = 0.001', 3],
    ],
  );
});
