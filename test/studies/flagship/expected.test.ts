// Expectations of the flagship: inside, outside, or not there yet.
import test from 'ava';
import { flagshipRows } from '../../../src/studies/flagship/accuracy.js';
import { flagshipExpected } from '../../../src/studies/flagship/expected.js';
import { flagshipNoiseRows } from '../../../src/studies/flagship/noise.js';
import { rounded } from '../../helpers/drawn.js';
import { flagshipNoise, flagshipRun } from '../../helpers/flagships.js';

test('flagshipExpected: an edge is inside whatever binary numbers make of it; each in the words of its range', (t) => {
  const [ours, plain, twin] = [
    flagshipRun('SGS and LR', 0.829),
    flagshipRun('neither', 0.8),
    flagshipRun('ANN twin', 0.909),
  ];
  const noise = flagshipNoiseRows(
    [ours, plain],
    [flagshipNoise(ours, [0.829, 0.7, 0.5]), flagshipNoise(plain, [0.8, 0.66, 0.52])],
  );
  const rows = flagshipExpected(flagshipRows([ours, plain, twin], []), noise);
  t.deepEqual(
    rows.map(({ what, expected, came, outcome }) => [
      what.split(',')[0],
      expected,
      came === null ? null : rounded(came),
      outcome,
    ]),
    [
      ['accuracy of SGS and LR', '80 to 83', 82.9, 'inside'],
      ['SGS and LR minus neither', '−1.5 to 1.5', 2.9, 'outside'],
      ['ANN twin minus SGS and LR', '4 to 8', 8, 'inside'],
      ['training minus test accuracy of SGS and LR', 'at most 3', rounded(rows[3].came!), 'inside'],
      ['energy of the ANN over that of SGS and LR', '40 to 50', null, 'not there yet'],
      ['gain of SGS and LR at noise 0.1 minus that at 0.02', 'at most 0', -6, 'inside'],
    ],
  );
  t.regex(rows[5].what, /: salt and pepper on whole pixels$/);
});

test('flagshipExpected: of what was not trained nothing came', (t) => {
  const rows = flagshipExpected(flagshipRows([flagshipRun('SGS and LR, 10 epochs', 0.75)], []), []);
  t.is(rows.length, 6);
  t.true(rows.every(({ came, outcome }) => came === null && outcome === 'not there yet'));
});
