// Views over many runs: what is drawn is what the records hold.
import test from 'ava';
import { PALETTE, type Trace } from '../../src/figures/theme.js';
import type { EvaluationRecord, RunRecord } from '../../src/records/record.js';
import type { ExperimentInput } from '../../src/experiment/experiment.js';
import { ablationCurves, ablationFigure } from '../../src/studies/sgs-ablation/accuracy.js';
import { ablationCells, cellName, cellStyle } from '../../src/studies/sgs-ablation/cells.js';
import { ablationEffects, effectFigure } from '../../src/studies/sgs-ablation/effects.js';
import { betaFigure, betaPoints } from '../../src/studies/lipschitz-sweep/strength.js';
import { gradientNormFigure, normSpread } from '../../src/studies/sgs-ablation/gradient-norms.js';
import { sensitivityFigure, sensitivityPoints } from '../../src/studies/lipschitz-sweep/input-sensitivity.js';
import { normFigure } from '../../src/studies/lipschitz-sweep/layer-norms.js';
import { changePoints, deltaFigure, deltaPoints } from '../../src/studies/sgs-ablation/strength.js';
import {
  layerRateFigure,
  energyLayers,
  operationsFigure,
  deadFigure,
} from '../../src/studies/energy/layers.js';
import { impliedActivities, impliedFigure } from '../../src/studies/energy/implied-activity.js';
import { energyAt, latencyFigure, latencyPoints } from '../../src/studies/latency/steps.js';
import { allEnergies, type LayerEnergy } from '../../src/measures/energy.js';
import { sampleEvaluation, sampleRows, sampleRun } from '../helpers/records.js';

/** A run whose last test accuracy is given, in [0, 1]. */
function run(accuracy: number, settings: ExperimentInput): RunRecord {
  const rows = sampleRows(3, false);
  rows[2].testAccuracy = accuracy;
  return sampleRun({ settings, rows });
}

/** An evaluation of a run with these rows. */
const evaluation = (of: RunRecord, kind: string, results: EvaluationRecord['results']): EvaluationRecord => ({
  ...sampleEvaluation({ kind: kind as 'energy' }),
  of: of.id,
  id: `eval-${of.id}-${kind}`,
  results,
});

const cell = (
  accuracy: number,
  seed: number,
  delta: number,
  beta: number,
  surrogate = 'rectangle',
): RunRecord =>
  run(accuracy, { seed, neuron: { delta, surrogate: { name: surrogate as 'atan' } }, lipschitz: { beta } });

test('ablation: cells in the order plain, LR, SGS, both; effects are paired; missing cells leave gaps', (t) => {
  const cells = ablationCells([
    cell(0.7, 1, 1e-4, 1e-4),
    cell(0.6, 0, 1e-4, 1e-4),
    cell(0.5, 0, 0, 0),
    cell(0.6, 1, 0, 0),
    cell(0.5, 0, 0, 1e-4),
    cell(0.8, 1, 0, 1e-4),
    cell(0.9, 0, 0, 1e-4, 'atan'),
  ]);
  t.deepEqual(
    cells.map(({ key }) => [key.surrogate, key.delta, key.beta]),
    [
      ['rectangle', 0, 0],
      ['rectangle', 0, 1e-4],
      ['rectangle', 1e-4, 1e-4],
      ['atan', 0, 1e-4],
    ],
  );
  const effects = ablationEffects(cells);
  t.deepEqual(
    effects.map(({ effect, n }) => [effect, n]),
    [
      ['LR β = 0.0001 (plain)', 2],
      ['SGS δ = 0.0001 (β = 0.0001)', 2],
    ],
  );
  t.true(Math.abs(effects[0].mean - 10) < 1e-9 && Math.abs(effects[1].mean) < 1e-9);
  t.is(effects[0].runs.length, 4);
  const { data, layout } = ablationFigure(cells);
  const named = (name: string) =>
    data.find((trace) => trace.name === name) as unknown as {
      x: number[];
      y: number[];
      error_y: { array: number[] };
    };
  t.deepEqual(named('plain, no LR').y, [55]);
  t.deepEqual(named('plain, no LR, one seed').y, [50, 60]);
  const lr = named('plain, LR β = 0.0001');
  t.deepEqual(
    lr.x.map((x) => Math.abs(Math.round(x))),
    [0, 1],
  ); // rectangle and atan
  t.is(lr.error_y.array[1], 0); // one seed
  const marks = layout.xaxis as { ticktext: string[] };
  t.deepEqual(marks.ticktext, ['rectangle', 'atan']);
  t.is((layout.annotations as { text: string }[])[0].text, 'convNet, 100 shapes10 training images');
  const drawn = ablationCurves(cells).data;
  t.deepEqual(
    drawn.map(({ fill }) => fill !== undefined),
    [true, true, true, true, false, false, false, false],
    'bands lie below all lines',
  );
  const curve = drawn.slice(4) as unknown as { y: number[] }[];
  t.is(curve[0].y[2], 55);
  const forest = effectFigure(effects);
  t.deepEqual(
    forest.data.map(({ name }) => String(name).split(' ')[0]),
    ['SGS', 'LR'],
  );
  const [sgs] = forest.data as unknown as {
    x: number[];
    error_x: { array: number[] };
    customdata: string[];
  }[];
  t.deepEqual(sgs.error_x.array, [0], 'two seeds are points, without an interval');
  const [three] = effectFigure([{ ...effects[1], n: 3, lower: -1, upper: 2, mean: 0.5 }])
    .data as unknown as (typeof sgs)[];
  t.deepEqual(three.error_x.array, [1.5]);
  t.regex(sgs.customdata[0], /^run-/);
});

test('a cell has the same colour in every figure: plain, LR, SGS, both', (t) => {
  const cells = ablationCells([
    cell(0.5, 0, 1e-4, 0),
    cell(0.5, 0, 0, 1e-4),
    cell(0.5, 0, 0, 0),
    cell(0.5, 0, 1e-4, 1e-4),
  ]);
  t.deepEqual(
    cells.map(({ key }) => cellStyle(key)),
    [0, 1, 2, 3],
  );
  const colourIn = (traces: readonly Trace[], name: string): unknown =>
    (
      traces.find((trace) => trace.name === name && trace.mode !== undefined && !trace.fill)?.marker as {
        color: string;
      }
    ).color;
  for (const [i, { key }] of cells.entries())
    for (const { data } of [ablationFigure(cells), ablationCurves(cells)])
      t.is(colourIn(data, cellName(key)), PALETTE[i]);
});

test('gradient norms: the steps of a layer are one vector', (t) => {
  const of = cell(0.5, 0, 0, 0);
  const probe = evaluation(of, 'probe', [
    { layer: 'a', step: 1, gradientNorm: 3 },
    { layer: 'a', step: 2, gradientNorm: 4 },
    { layer: 'b', step: 1, gradientNorm: 2 },
  ]);
  const [trace] = gradientNormFigure([of], [probe]).data as unknown as { x: string[]; y: number[] }[];
  t.deepEqual(
    [trace.x, trace.y],
    [
      ['a', 'b'],
      [5, 2],
    ],
  );
});

test('norm spread: the layer where two cells of a surrogate are farthest apart; surrogates are not mixed', (t) => {
  const runs = [cell(0.5, 0, 0, 0), cell(0.5, 0, 1e-4, 0), cell(0.5, 0, 0, 0, 'atan')];
  const probes = runs.map((of, i) =>
    evaluation(of, 'probe', [
      { layer: 'a', step: 1, gradientNorm: [3, 3.3, 30][i] },
      { layer: 'b', step: 1, gradientNorm: [2, 2.1, 20][i] },
    ]),
  );
  t.true(Math.abs(normSpread(runs, probes) - 0.1) < 1e-9);
  t.is(normSpread(runs, probes.slice(0, 1)), 0);
});

test('δ sweep: points by δ with the effect against 0; measured and predicted changes; 0 has a place of its own', (t) => {
  const list = deltaPoints([cell(0.6, 0, 1, 1e-4), cell(0.5, 0, 0, 1e-4), cell(0.7, 1, 1, 1e-4)]);
  t.deepEqual(
    list.map(({ delta, n, effect }) => [
      delta,
      n,
      effect?.mean === undefined ? null : Math.round(effect.mean),
    ]),
    [
      [0, 1, null],
      [1, 2, 10],
    ],
  );
  const records = [1e-5, 3e-5].map((relative) =>
    evaluation(cell(0.5, 0, 1e-4, 1e-4), 'gradients', [
      { delta: 1e-4, parameter: 'all', relative },
      { delta: 1e-4, parameter: 'fc.weight', relative: 1 },
      { delta: 1, parameter: 'all', relative: null },
    ]),
  );
  const [change, ...others] = changePoints(records, 3, 2);
  t.deepEqual(others, []);
  t.true(Math.abs(change.measured - 2e-5) < 1e-12 && change.n === 2 && change.predicted > 6 * 4.9e-5);
  const [accuracy, seeds] = deltaFigure(list, [change], ['eval-1']).data as unknown as {
    x: number[];
    y: number[];
    error_y: { array: number[] };
  }[];
  t.deepEqual(accuracy.x, [1e-5, 1]); // a decade below the smallest δ of either panel
  t.deepEqual(accuracy.error_y.array, [0, 0], 'two seeds are points, without a bar');
  t.deepEqual(
    [seeds.x, seeds.y],
    [
      [1e-5, 1, 1],
      [50, 60, 70],
    ],
  );
});

test('β sweep: accuracy, gap, orthogonality and the geometric mean of the index', (t) => {
  const runs = [cell(0.5, 0, 0, 0), cell(0.7, 1, 0, 0), cell(0.6, 0, 0, 0.01)];
  const spectra = runs.slice(0, 2).map((of, i) =>
    evaluation(of, 'spectra', [
      { row: 'layer', layer: 'c', operatorNorm: 3, plainNorm: 2, matrixNorm: 1, orthogonality: 0.5 + i },
      { row: 'index', operatorNorm: 10 ** (i + 1), plainNorm: 1, matrixNorm: 1 },
    ]),
  );
  const [without, with_] = betaPoints(runs, spectra);
  t.is(without.orthogonality?.mean, 1);
  t.true(Math.abs(without.index! - 10 ** 1.5) < 1e-9);
  t.deepEqual([with_.orthogonality, with_.index, with_.accuracy.n], [null, null, 1]);
  t.true(Math.abs(without.gap.mean - (100 * runs[0].rows[2].trainAccuracy - 60)) < 1e-9);
  const figure = betaFigure([without, with_]).data as unknown as { x: number[] }[];
  t.deepEqual([figure[0].x, figure[2].x], [[0.001, 0.01], [0.001]]);
  const norms = normFigure(spectra.map((record, i) => ({ record, title: `network ${i}` })));
  const bars = norms.data as unknown as { y: number[]; xaxis?: string }[];
  t.deepEqual(
    bars.map(({ y, xaxis }) => [y[0], xaxis]),
    [
      [3, undefined],
      [2, undefined],
      [1, undefined],
      [3, 'x2'],
      [2, 'x2'],
      [1, 'x2'],
    ],
  );
  const range = (name: string) => (norms.layout[name] as { range: number[] }).range;
  t.deepEqual(range('yaxis'), range('yaxis2'), 'two networks are drawn on one scale');
});

test('sensitivity: gains and flips per unit of input, mean over seeds and layers', (t) => {
  const runs = [cell(0.5, 0, 0, 0), cell(0.7, 1, 0, 0)];
  const records = runs.map((of, i) =>
    evaluation(of, 'sensitivity', [
      { row: 'logits', rms: 0.1, inputChange: 2, logitChange: 1 + i },
      { row: 'flips', rms: 0.1, inputChange: 2, layer: 'a', rate: 0.1 },
      { row: 'flips', rms: 0.1, inputChange: 2, layer: 'b', rate: 0.3 },
    ]),
  );
  const [point] = sensitivityPoints(runs, records);
  t.deepEqual([point.n, point.gain, point.flips], [2, 0.75, 10]);
  t.true(Math.abs(point.gainSd! - Math.SQRT1_2 / 2) < 1e-12 && point.flipsSd === 0);
  t.is(sensitivityFigure([point]).data.filter(({ fill }) => !fill).length, 2);
});

const LAYERS: LayerEnergy[] = [
  { layer: 'c', macs: 100, inputRate: 1, input: 'image', synapticOperations: 190 },
  { layer: 'd', macs: 300, inputRate: 0.25, input: 'spikes', synapticOperations: 140 },
];
const energyRecord = (of: RunRecord, steps: number): EvaluationRecord =>
  evaluation(of, 'energy', [
    ...LAYERS.map((layer) => ({ row: 'layer', ...layer })),
    { row: 'rate', layer: 'l', step: 1, rate: 0.2 },
    { row: 'rate', layer: 'l', step: 2, rate: 0.4 },
    ...allEnergies(LAYERS, steps).map((total) => ({ row: 'total', ...total })),
  ]);

test('energy: layers, rates and operations come back from the record', (t) => {
  const record = energyRecord(cell(0.5, 0, 0, 0), 2);
  t.deepEqual(energyLayers(record), LAYERS);
  t.deepEqual(
    (layerRateFigure(record).data as unknown as { y: number[] }[]).map(({ y }) => y),
    [[20], [40]],
  );
  t.deepEqual(
    (operationsFigure(record, 2).data as unknown as { y: number[] }[]).map(({ y }) =>
      y.map((value) => Math.round(value * 1e6)),
    ),
    [
      [100, 300],
      [200, 150],
      [190, 140],
    ],
  );
  t.is(
    deadFigure(
      evaluation(cell(0.5, 0, 0, 0), 'probe', [
        { layer: 'l', step: 1, dead: 0.5, saturated: 0 },
        { layer: 'l', step: 2, dead: 0.5, saturated: 0 },
      ]),
    ).data.length,
    2,
  );
});

test('the paper’s ratios imply T·S of 0.94, 1.10 and 1.88', (t) => {
  t.deepEqual(
    impliedActivities([2]).map(({ dataset, product, rates }) => [
      dataset,
      product.toFixed(2),
      rates[0].rate.toFixed(3),
    ]),
    [
      ['cifar10', '0.94', '0.471'],
      ['cifar100', '1.10', '0.552'],
      ['cifar10-dvs', '1.88', '0.941'],
    ],
  );
  const { data } = impliedFigure([{ name: 'ours', steps: 2, rate: 0.3, runs: [] }]);
  const [curve] = data as unknown as { x: number[]; y: (number | null)[] }[];
  curve.x.forEach((T, i) => {
    const y = curve.y[i];
    if (y !== null) t.true(Math.abs(32 / ((T * y) / 100) - 34) < 1e-9);
  });
});

test('implied activity: networks of one name are one series, whatever their T', (t) => {
  const { data } = impliedFigure([
    { name: 'a', steps: 2, rate: 0.3, runs: ['run-1'] },
    { name: 'b', steps: 2, rate: 0.2, runs: [] },
    { name: 'a', steps: 4, rate: 0.1, runs: ['run-2'] },
  ]);
  const [a, b] = data.slice(-2) as unknown as { name: string; x: number[]; y: number[] }[];
  t.deepEqual([a.name, a.x, a.y], ['a', [2, 4], [30, 10]]);
  t.deepEqual([b.name, b.x], ['b', [2]]);
});

test('latency: a point for each T in order, energy where it was measured', (t) => {
  const at = (steps: number, accuracy: number, seed = 0): RunRecord => run(accuracy, { seed, steps });
  const runs = [at(4, 0.8), at(2, 0.6), at(2, 0.8, 1)];
  const list = latencyPoints(runs, [energyRecord(runs[1], 2)]);
  t.deepEqual(
    list.map(({ steps, n, energy }) => [steps, n, energy === null]),
    [
      [2, 2, false],
      [4, 1, true],
    ],
  );
  t.true(Math.abs(list[0].accuracy - 70) < 1e-9);
  t.true(Math.abs(list[0].energy!.paper * 1000 - 2 * 175 * 0.1) < 1e-9);
  t.true(Math.abs(list[0].energy!.multiplied * 1000 - (100 * 3.2 + 2 * 75 * 0.1)) < 1e-9);
  t.is(energyAt(energyRecord(runs[1], 2), 2).ann, 400 * 3.2);
  t.is(latencyFigure(list).data.length, 4);
  // The spread shows at a single T too; one seed has none.
  const bars = (points: typeof list) =>
    (latencyFigure(points).data[0].error_y as { array: (number | null)[] }).array;
  t.deepEqual(bars(list), [list[0].sd, null]);
  t.deepEqual(bars(list.slice(0, 1)), [list[0].sd]);
  t.true(list[0].sd! > 10);
});
