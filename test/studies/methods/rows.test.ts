// A row for each method that was trained, and its effect against the baseline.
import test from 'ava';
import { methodEnergies } from '../../../src/studies/methods/energies.js';
import { methodEffects, methodRows } from '../../../src/studies/methods/rows.js';
import { rounded } from '../../helpers/drawn.js';
import { madeCases } from '../../helpers/method-cases.js';
import { evaluationOf } from '../../helpers/records.js';

const cases = madeCases({ baseline: [50, 52, 57], tet: [53, 54, 58], plif: [49, 51] });
const runsOf = (name: string) => cases.find(({ method, as }) => method.name === name && as === 'equal')!.runs;

test('methodRows: accuracies over seeds with a 95 % interval, spikes from rates and neurons', (t) => {
  const rows = methodRows(cases, []);
  t.deepEqual(
    rows.map(({ method, as, n, last }) => [method, as, n, rounded(last)]),
    [
      ['baseline', 'equal', 3, 53],
      ['plif', 'equal', 2, 50],
      ['tet', 'equal', 3, 55],
    ],
  );
  // 50, 52, 57: sd √13; t(0.975, 2) = 4.30265: half width 4.30265·√13/√3 = 8.957.
  t.deepEqual(
    [rows[0].lastSd!, rows[0].lower!, rows[0].upper!].map((value) => Number(value.toFixed(3))),
    [3.606, 44.043, 61.957],
  );
  t.deepEqual([rows[1].n, rows[1].lower, rows[1].upper], [2, null, null]);
  t.is(rounded(rows[0].bestTest), rounded((52 + 52 + 57) / 3)); // the second epoch of made-up runs is at 52 %
  // conv1.lif of a quarter of the width: 32 × 32 × 8 neurons, of which 1/4 and 1/3 fire.
  t.is(rows[0].spikes, 8192 * (1 / 4 + 1 / 3));
  t.deepEqual([rows[0].nanojoulePaper, rows[0].cosine, rows[0].coverage], [null, null, null]);
  const { rows: epochs, data } = runsOf('baseline')[0];
  t.is(rows[0].seconds, data.split.train / Math.max(...epochs.map(({ imagesPerSecond }) => imagesPerSecond)));
});

test('methodRows: energy by each counting, cosine and coverage, of the evaluations of its runs', (t) => {
  const layers = [
    { layer: 'c', macs: 1000, inputRate: 1, input: 'image', synapticOperations: 1900 },
    { layer: 'd', macs: 3000, inputRate: 0.25, input: 'spikes', synapticOperations: 1400 },
  ].map((layer) => ({ row: 'layer', ...layer }));
  const [run] = runsOf('tet');
  const rows = methodRows(cases, [
    evaluationOf(run, 'energy', layers),
    evaluationOf(run, 'alignment', [{ epsilon: 0.1, parameter: 'c', probes: 64, cosine: 0.75 }]),
    evaluationOf(run, 'coverage', [
      { parameter: 'c', size: 10, share: 0.5 },
      { parameter: 'all', size: 40, share: 0.9 },
    ]),
  ]);
  const tet = rows.find(({ method }) => method === 'tet')!;
  t.is(rounded(tet.nanojoulePaper), (2 * (1000 + 750) * 0.1) / 1000);
  t.is(rounded(tet.nanojouleMultiplied), (1000 * 3.2 + 2 * 750 * 0.1) / 1000);
  t.deepEqual([tet.cosine, tet.coverage], [0.75, 0.9]);
  t.is(rows.find(({ method }) => method === 'baseline')!.nanojoulePaper, null);
});

test('methodEffects: minus the baseline within seeds that both have; no row for the baseline, no interval for two seeds', (t) => {
  const effects = methodEffects(cases);
  t.deepEqual(
    effects.map(({ method, n, mean, lower, pHolm }) => [
      method,
      n,
      rounded(mean),
      lower === null,
      pHolm === null,
    ]),
    [
      ['plif', 2, -1, true, true],
      ['tet', 3, 2, false, false],
    ],
  );
  t.deepEqual(methodEffects(madeCases({ tet: [50] })), []);
});

test('methodEnergies: nJ under each counting of integers and floats, the mean over seeds; nothing where none was counted', (t) => {
  const total = { row: 'total', ann: 8000 };
  const totals = [
    { ...total, cost: 'int32', firstLayer: 'ac', averages: 'ac', snn: 1000, ratio: 8 },
    { ...total, cost: 'int32', firstLayer: 'macOnce', averages: 'mac', snn: 2000, ratio: 4 },
    { ...total, cost: 'fp32', firstLayer: 'ac', averages: 'ac', snn: 9000, ratio: 8 / 9 },
  ];
  const [first, second] = runsOf('tet');
  const twice = totals.map((one) => ({ ...one, snn: 2 * one.snn }));
  t.deepEqual(
    methodEnergies(cases, [evaluationOf(first, 'energy', totals), evaluationOf(second, 'energy', twice)]),
    [
      {
        ...{ method: 'tet', as: 'equal', cost: 'int32' },
        AC: 1.5,
        'MAC once, averages MAC': 3,
      },
      { method: 'tet', as: 'equal', cost: 'fp32', AC: 13.5 },
    ],
  );
  t.deepEqual(methodEnergies(cases, []), []);
});
