// Accuracy and energy against T.
import test from 'ava';
import type { LayerEnergy } from '../../../src/measures/energy.js';
import type { RunRecord } from '../../../src/records/record.js';
import { energyAt, latencyFigure, latencyPoints } from '../../../src/studies/latency/steps.js';
import { axisTitles, drawn, idsUnderPointer, notes, rounded } from '../../helpers/drawn.js';
import { evaluationOf } from '../../helpers/records.js';
import { madeRun } from '../../helpers/sweep.js';
import { isAsKept } from '../../helpers/whole-figure.js';

const LAYERS: LayerEnergy[] = [
  { layer: 'c', macs: 100, inputRate: 1, input: 'image', synapticOperations: 190 },
  { layer: 'd', macs: 300, inputRate: 0.25, input: 'spikes', synapticOperations: 140 },
  { layer: 'e', macs: 40, inputRate: 0.5, input: 'averages', synapticOperations: 140 },
];
const energy = (of: RunRecord, more: Partial<LayerEnergy> = {}) =>
  evaluationOf(
    of,
    'energy',
    LAYERS.map((layer) => ({ row: 'layer', ...layer, ...(layer.layer === 'd' && more) })),
  );
const run = (accuracy: number, steps: number, seed: number): RunRecord =>
  madeRun({ settings: { steps }, seed, test: accuracy / 100 });
const runs = [run(80, 4, 0), run(50, 2, 0), run(52, 2, 1), run(57, 2, 2)];
const energies = [energy(runs[1]), energy(runs[2], { inputRate: 0.35 })];
// 32-bit integers: 3.2 pJ a MAC, 0.1 an AC. Paper: T·(100 + 300·S + 20) ACs, S = 0.25 or 0.35.
const PAPER = (2 * (120 + 300 * 0.3) * 0.1) / 1000;
// Multiplied, zeros too: the image once, averages at every step: 100 and T·40 MACs, T·300·S ACs.
const MULTIPLIED = (100 * 3.2 + 2 * 40 * 3.2 + 2 * 300 * 0.3 * 0.1) / 1000;
const ANN = (440 * 3.2) / 1000;

test('energyAt: in pJ, by the paper’s counting where none is named', (t) => {
  t.is(rounded(energyAt(energies[0], 2).snn), rounded(2 * (120 + 75) * 0.1));
  t.is(rounded(energyAt(energies[0], 2).ann), 440 * 3.2);
  t.is(rounded(energyAt(energies[0], 4).snn), rounded(4 * 195 * 0.1));
});

test('latencyPoints: by T, accuracy over seeds, energies in nJ as means over those measured', (t) => {
  const [two, four] = latencyPoints(runs, energies);
  t.deepEqual(rounded([two.steps, two.n, two.accuracy, two.sd]), rounded([2, 3, 53, Math.sqrt(13)]));
  t.deepEqual([four.steps, four.n, four.accuracy, four.sd, four.energy], [4, 1, 80, null, null]);
  t.deepEqual(
    rounded([two.energy!.paper, two.energy!.multiplied, two.energy!.ann]),
    rounded([PAPER, MULTIPLIED, ANN]),
  );
  t.deepEqual(
    two.runs,
    [...runs.slice(1), ...energies].map(({ id }) => id),
  );
  t.is(two.trainedOn, '100 shapes10 training images');
});

test('latencyFigure: accuracy with bars of one standard deviation above, three energies below', (t) => {
  const figure = latencyFigure(latencyPoints(runs, energies));
  isAsKept(t, 'latency/steps', figure);
  t.deepEqual(drawn(figure), [
    { name: 'test accuracy', x: [2, 4], y: [53, 80], error: [rounded(Math.sqrt(13)), null], colour: 2 },
    { name: 'SNN, the paper’s counting', x: [2], y: [rounded(PAPER)], colour: 0, plot: 2 },
    { name: 'SNN, image and averages multiplied', x: [2], y: [rounded(MULTIPLIED)], colour: 1, plot: 2 },
    { name: 'ANN twin, one pass', x: [2], y: [rounded(ANN)], colour: 6, plot: 2 },
  ]);
  t.deepEqual(axisTitles(figure), {
    yaxis: 'test accuracy (%)',
    xaxis2: 'time steps T',
    yaxis2: 'energy (nJ)',
  });
  t.deepEqual(notes(figure), [
    'accuracy, bars ± one standard deviation over seeds',
    'energy of one example',
    '100 shapes10 training images',
  ]);
  t.regex(String((idsUnderPointer(figure)[0] as string[])[1]), new RegExp(`^${runs[0].id}$`));
});
