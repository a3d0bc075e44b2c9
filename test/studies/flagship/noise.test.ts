// The flagship under noise: accuracy by training, the gain of SGS and LR.
import test from 'ava';
import { flagshipGain, flagshipNoiseFigure, flagshipNoiseRows } from '../../../src/studies/flagship/noise.js';
import { drawn, rounded } from '../../helpers/drawn.js';
import { FLAGSHIP_NOISE, flagshipNoise, flagshipRun } from '../../helpers/flagships.js';
import { isAsKept } from '../../helpers/whole-figure.js';

const [ours, plain] = [flagshipRun('SGS and LR', 0.75), flagshipRun('neither', 0.7)];
const evaluations = [flagshipNoise(ours, [0.75, 0.7, 0.5]), flagshipNoise(plain, [0.7, 0.66, 0.52])];
const rows = flagshipNoiseRows([ours, plain], evaluations);

test('flagshipNoiseRows: in %, of every training that was tested; the gain is with minus without at the same level', (t) => {
  t.is(rows.length, 6);
  t.is(rounded(flagshipGain(rows, FLAGSHIP_NOISE, 0.02)!), 4);
  t.is(rounded(flagshipGain(rows, FLAGSHIP_NOISE, 0.1)!), -2);
  t.is(flagshipGain(rows, FLAGSHIP_NOISE, 0.05), undefined);
  t.is(flagshipGain(flagshipNoiseRows([ours], evaluations), FLAGSHIP_NOISE, 0.1), undefined);
});

test('flagshipNoiseFigure: a panel a definition, a line a training', (t) => {
  const figure = flagshipNoiseFigure([ours, plain], rows);
  isAsKept(t, 'flagship/noise', figure);
  t.deepEqual(
    drawn(figure).map(({ name, x, y }) => [name, x, rounded(y)]),
    [
      ['SGS and LR', [0, 0.02, 0.1], [75, 70, 50]],
      ['neither', [0, 0.02, 0.1], [70, 66, 52]],
    ],
  );
});
