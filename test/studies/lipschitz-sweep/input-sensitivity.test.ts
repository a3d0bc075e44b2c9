// Sensitivity to the input: gains and flips per unit of it, with their spread over seeds.
import test from 'ava';
import type { EvaluationRecord, RunRecord } from '../../../src/records/record.js';
import {
  sensitivityAt,
  sensitivityFigure,
  sensitivityPoints,
  type SensitivityPoint,
} from '../../../src/studies/lipschitz-sweep/input-sensitivity.js';
import { axisTitles, drawn, notes, rounded } from '../../helpers/drawn.js';
import { evaluationOf } from '../../helpers/records.js';
import { madeRun } from '../../helpers/sweep.js';
import { isAsKept } from '../../helpers/whole-figure.js';

const run = (seed: number, beta: number): RunRecord => madeRun({ seed, settings: { lipschitz: { beta } } });
/** Perturbations of length 2 and 4 that change the logits by `change` and twice that; flips of two layers. */
const record = (of: RunRecord, change: number) =>
  evaluationOf(of, 'sensitivity', [
    ...[0.1, 0.2].flatMap((rms, i): EvaluationRecord['results'] => [
      { row: 'logits', rms, inputChange: 2 ** (i + 1), logitChange: change * (i + 1) ** 2 },
      { row: 'flips', rms, inputChange: 2 ** (i + 1), layer: 'a', rate: 0.1 * change },
      { row: 'flips', rms, inputChange: 2 ** (i + 1), layer: 'b', rate: 0.3 * change },
    ]),
  ]);
const runs = [run(0, 1e-4), run(0, 0), run(1, 0)];
const records = [record(runs[0], 0.5), record(runs[1], 1), record(runs[2], 2)];

test('sensitivityAt: ‖Δ logits‖ / ‖Δx‖, and the mean share of flips in % over ‖Δx‖', (t) => {
  t.deepEqual(rounded(Object.values(sensitivityAt(records[1], 0.1))), [0.5, 10]); // 1/2, 100·0.2/2
  t.deepEqual(rounded(Object.values(sensitivityAt(records[1], 0.2))), [1, 5]); // 4/4, 100·0.2/4
});

test('sensitivityPoints: by β and size, mean and standard deviation over seeds', (t) => {
  const list = sensitivityPoints(runs, [...records, record(run(9, 0), 50)]);
  t.deepEqual(
    list.map(({ beta, rms, n, gain, gainSd, flips, flipsSd }) =>
      rounded([beta, rms, n, gain, gainSd, flips, flipsSd]),
    ),
    [
      rounded([0, 0.1, 2, 0.75, Math.SQRT1_2 / 2, 15, 10 * Math.SQRT1_2]), // 0.5, 1; 10, 20
      rounded([0, 0.2, 2, 1.5, Math.SQRT1_2, 7.5, 5 * Math.SQRT1_2]), // 1, 2; 5, 10
      [1e-4, 0.1, 1, 0.25, null, 5, null],
      [1e-4, 0.2, 1, 0.5, null, 2.5, null],
    ],
  );
  t.deepEqual(list[0].runs, [runs[1].id, records[1].id, runs[2].id, records[2].id]);
});

test('sensitivityFigure: gains left, flips right, bands ± one standard deviation, without LR blue', (t) => {
  const point = (beta: number, rms: number, more: Partial<SensitivityPoint>): SensitivityPoint => ({
    ...{ beta, rms, n: 3, gain: 1, gainSd: 0.2, flips: 10, flipsSd: 3, runs: ['run-1'] },
    ...more,
  });
  const figure = sensitivityFigure([
    point(0, 0.1, {}),
    point(0, 0.2, { gain: 2, gainSd: null, flips: 20, flipsSd: 19 }),
    point(1e-4, 0.1, { gain: 4, gainSd: 1, flips: 40, flipsSd: 5 }),
  ]);
  isAsKept(t, 'lipschitz-sweep/input-sensitivity', figure);
  const x = [0.1, 0.2];
  t.deepEqual(drawn(figure), [
    { band: true, x: [0.1, 0.2, 0.2, 0.1], y: [1.2, 2, 2, 0.8], colour: 0 },
    { name: 'without LR', x, y: [1, 2], colour: 0 },
    // 20 − 19 = 1 would leave the logarithmic axis: the edge is a tenth of the mean.
    { band: true, x: [0.1, 0.2, 0.2, 0.1], y: [13, 39, 2, 7], colour: 0, plot: 2 },
    { name: 'without LR', x, y: [10, 20], colour: 0, plot: 2 },
    { band: true, x: [0.1, 0.1], y: [5, 3], colour: 1 },
    { name: 'LR β = 0.0001', x: [0.1], y: [4], colour: 1 },
    { band: true, x: [0.1, 0.1], y: [45, 35], colour: 1, plot: 2 },
    { name: 'LR β = 0.0001', x: [0.1], y: [40], colour: 1, plot: 2 },
  ]);
  t.deepEqual(notes(figure), ['logit change', 'spikes that flip']);
  const rms = 'perturbation, root mean square';
  t.deepEqual(axisTitles(figure), {
    ...{ xaxis: rms, xaxis2: rms },
    ...{ yaxis: '‖Δ logits‖ / ‖Δx‖', yaxis2: 'flips per ‖Δx‖ (%)' },
  });
});
