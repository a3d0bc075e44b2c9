// A row for each flagship training.
import test from 'ava';
import { flagshipRows } from '../../../src/studies/flagship/accuracy.js';
import { rounded } from '../../helpers/drawn.js';
import { flagshipRun } from '../../helpers/flagships.js';
import { evaluationOf } from '../../helpers/records.js';

test('flagshipRows: accuracy by three choices of epoch, gap, spikes, energy where it was counted, minutes', (t) => {
  const [ours, twin] = [flagshipRun('SGS and LR', 0.75), { ...flagshipRun('ANN twin', 0.8), spikeRates: [] }];
  const layers = [
    { row: 'layer', layer: 'c', macs: 1000, inputRate: 0.25, input: 'spikes', synapticOperations: 500 },
  ];
  const [first, second] = flagshipRows([ours, twin], [evaluationOf(ours, 'energy', layers)]);
  t.like(first, { training: 'SGS and LR', T: 2, minutes: 38.25 / 60, run: ours.id });
  t.deepEqual([first.last, first.bestTest], [75, 100 * ours.outcome.bestTestAccuracy!]);
  t.true(first.bestTest > 75);
  t.is(rounded(first.gap), rounded(100 * ours.rows.at(-1)!.trainAccuracy - 75));
  // 32 × 32 neurons of 16 channels, of which 1/4 and 1/3 fire; 1000 × 3.2 over 2 × 1000 × 0.25 × 0.1.
  t.is(rounded(first.spikes!), rounded(16384 * (1 / 4 + 1 / 3)));
  t.is(rounded(first.timesLess!), 64);
  t.like(second, { training: 'ANN twin', T: 1, spikes: null, timesLess: null });
});
