// The flagship under noise: accuracy by training, the gain of SGS and LR, sentences.
import test from 'ava';
import type { EvaluationRecord } from '../../../src/records/record.js';
import { flagshipRows } from '../../../src/studies/flagship/accuracy.js';
import { flagshipFindings } from '../../../src/studies/flagship/findings.js';
import { flagshipGain, flagshipNoiseFigure, flagshipNoiseRows } from '../../../src/studies/flagship/noise.js';
import { drawn, rounded } from '../../helpers/drawn.js';
import { flagshipRun } from '../../helpers/flagships.js';
import { evaluationOf } from '../../helpers/records.js';
import { isAsKept } from '../../helpers/whole-figure.js';

const ours = flagshipRun('SGS and LR', 0.75);
const plain = flagshipRun('neither', 0.7);
const DEFINITION = 'salt-pepper-pixels';
const noise = (run: typeof ours, accuracies: readonly number[]): EvaluationRecord => ({
  ...evaluationOf(
    run,
    'noise',
    [0, 0.02, 0.1].map((level, i) => ({ level, accuracy: accuracies[i], loss: 1, examples: 20 })),
  ),
  evaluation: { kind: 'noise', definition: DEFINITION, levels: [0, 0.02, 0.1], seed: 0 },
});
const evaluations = [noise(ours, [0.75, 0.7, 0.5]), noise(plain, [0.7, 0.66, 0.52])];
const rows = flagshipNoiseRows([ours, plain], evaluations);

test('flagshipNoiseRows: in %, of every training that was tested; the gain is with minus without at the same level', (t) => {
  t.is(rows.length, 6);
  t.is(rounded(flagshipGain(rows, DEFINITION, 0.02)!), 4);
  t.is(rounded(flagshipGain(rows, DEFINITION, 0.1)!), -2);
  t.is(flagshipGain(rows, DEFINITION, 0.05), undefined);
  t.is(flagshipGain(flagshipNoiseRows([ours], evaluations), DEFINITION, 0.1), undefined);
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

test('flagshipFindings: the paper’s number, the difference without a verdict, noise at both ends; nothing of what is missing', (t) => {
  const said = flagshipFindings(flagshipRows([ours, plain], []), rows);
  t.is(said.length, 3);
  t.regex(said[0], /^SGS and LR: 75\.00 % after 3 epochs, where the paper has 94 %/);
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
});
