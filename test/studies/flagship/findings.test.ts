// Sentences about the flagship.
import test from 'ava';
import { flagshipRows } from '../../../src/studies/flagship/accuracy.js';
import { flagshipFindings } from '../../../src/studies/flagship/findings.js';
import { flagshipNoiseRows } from '../../../src/studies/flagship/noise.js';
import { flagshipNoise, flagshipRun } from '../../helpers/flagships.js';

const [ours, plain] = [flagshipRun('SGS and LR', 0.75), flagshipRun('neither', 0.7)];
const rows = flagshipNoiseRows(
  [ours, plain],
  [flagshipNoise(ours, [0.75, 0.7, 0.5]), flagshipNoise(plain, [0.7, 0.66, 0.52])],
);

test('flagshipFindings: the paper’s number, the difference without a verdict, noise at both ends; nothing of what is missing', (t) => {
  const said = flagshipFindings(flagshipRows([ours, plain], []), rows);
  t.is(said.length, 3);
  t.regex(said[0], /^SGS and LR: 75\.00 % after 20 epochs, where the paper has 94 %/);
  t.is(said[1], 'SGS and LR against neither: +5.00 points. One seed: no interval, so no verdict.');
  t.is(
    said[2],
    'salt and pepper on whole pixels: SGS and LR add +4.00 points at level 0.02 and −2.00 points at 0.1; one seed.',
  );
  t.deepEqual(flagshipFindings([], []), []);
  t.regex(
    flagshipFindings(flagshipRows([ours, flagshipRun('ANN twin', 0.875)], []), [])[1],
    /^The ANN twin reaches 87\.50 %: −12\.50 points for spikes\.$/,
  );
  const short = flagshipRun('SGS and LR, 10 epochs', 0.6875);
  t.regex(flagshipFindings(flagshipRows([short], []), [])[0], /^SGS and LR: 68\.75 % after 10 epochs/);
  t.is(
    flagshipFindings(flagshipRows([ours, short], []), [])[1],
    'Half as long: 68.75 %; the second half adds +6.25 points.',
  );
});
