// What was expected of methods besides accuracy: so, not so, and nothing of what was not trained.
import test from 'ava';
import type { RunRecord } from '../../../src/records/record.js';
import { besideAccuracy } from '../../../src/studies/methods/beside-accuracy.js';
import { methodEffects, methodRows } from '../../../src/studies/methods/rows.js';
import type { TrainedCase } from '../../../src/studies/methods/trials.js';
import { madeCases } from '../../helpers/method-cases.js';

const ACCURACIES = {
  ...{ baseline: [60], triangle: [60], dspike: [61], exponential: [60], fastSigmoid: [60], atan: [60] },
  ...{ stepwiseBn: [60], tdbn: [60], tdbnInit: [60], tebn: [60], bntt: [59] },
  ...{ clif: [60], ratePenalty: [60], liaf: [60], sgsCurvature: [60] },
};

/** Cases whose runs have spikes in the first layer at this rate, and δ in their last epoch. */
const cases = (rates: Readonly<Record<string, number>>, accuracies: object = {}): TrainedCase[] =>
  madeCases({ ...ACCURACIES, ...accuracies }).map((one) => ({
    ...one,
    runs: one.runs.map((run): RunRecord => {
      const layer = run.spikeRates[0]?.layer ?? 'conv1.lif';
      const rows = run.rows.map((row) =>
        one.method.name === 'sgsCurvature' ? { ...row, gradient: { delta: { a: 0, b: rates.delta } } } : row,
      );
      return { ...run, rows, spikeRates: [{ layer, rates: [rates[one.method.name] ?? 0.2] }] };
    }),
  }));

const said = (of: TrainedCase[]): string[] => {
  const rows = methodRows(of, []).map((row) => ({
    ...row,
    nanojoulePaper: row.method === 'liaf' ? 2000 : row.method === 'baseline' ? 500 : null,
  }));
  return besideAccuracy(of, rows, methodEffects(of));
};

test('each is held against the baseline of the same seed, or against the others that it names', (t) => {
  t.deepEqual(said(cases({ clif: 0.3, ratePenalty: 0.1, delta: 0.002 })), [
    'Expected besides accuracy, on the seeds that are there and however small the difference. So: δ by the curvature rule far above 0.0001 (a noisy estimate); more spikes with clif; bntt lowest of the batch norms; fewer spikes with ratePenalty; more energy with liaf. Not so: surrogates without a window above those with one, on average.',
  ]);
  const other = cases({ clif: 0.1, ratePenalty: 0.3, delta: 0.0019 }, { bntt: [60], atan: [62] });
  t.deepEqual(said(other), [
    'Expected besides accuracy, on the seeds that are there and however small the difference. So: surrogates without a window above those with one, on average; more energy with liaf. Not so: δ by the curvature rule far above 0.0001 (a noisy estimate); more spikes with clif; bntt lowest of the batch norms; fewer spikes with ratePenalty.',
  ]);
});

test('what was not trained is not spoken of; nothing where none was', (t) => {
  const [sentence] = said(cases({ delta: 0.002 }, { bntt: [], clif: [], liaf: [], atan: [] }));
  t.notRegex(sentence, /bntt|clif|liaf|window/);
  t.regex(sentence, /δ by the curvature rule/);
  t.deepEqual(said(madeCases({ baseline: [60] })), []);
});
