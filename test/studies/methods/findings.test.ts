// Sentences about methods.
import test from 'ava';
import { methodFindings } from '../../../src/studies/methods/findings.js';
import { methodEffects, methodRows } from '../../../src/studies/methods/rows.js';
import { OTHERS } from '../../../src/studies/methods/sota.js';
import { METHOD_CASES, type TrainedCase } from '../../../src/studies/methods/trials.js';
import { madeCases } from '../../helpers/method-cases.js';

const said = (cases: readonly TrainedCase[]): string[] =>
  methodFindings(cases, methodRows(cases, []), methodEffects(cases));

test('how many were trained, best and worst, the sides of the baseline, the paper’s against others, δ by curvature', (t) => {
  const sentences = said(
    madeCases({
      ...{ baseline: [60, 62, 67], tet: [70, 72, 77.01], plif: [59, 61, 65] },
      ...{ sgs: [60, 63, 67], sgsLr: [61, 62, 67], sgsCurvature: [61, 63, 69] },
    }),
  );
  t.is(
    sentences[0],
    `6 of ${METHOD_CASES.length} cases were trained, with 3 seeds. Choosing the best epoch by the test images would add 0.00 points on average.`,
  );
  t.is(
    sentences[1],
    'Accuracy after the last epoch minus the baseline’s, within seeds, lies between −1.33 (plif) and +10.00 (tet) points.'.replace(
      '’',
      "'",
    ),
  );
  t.is(
    sentences[2],
    'By kind, those above the baseline, intervals aside and all against the same trainings of it: gradient 3 of 3 (+0.33 to +1.33); neuron 0 of 1 (−1.33 to −1.33); loss or regulariser 1 of 1 (+10.00 to +10.00).',
  );
  t.is(
    sentences[3],
    `Against the baseline, after Holm’s correction for all ${METHOD_CASES.length - 1} cases, of which 5 have three seeds: above it tet; below it none.`.replace(
      '’',
      "'",
    ),
  );
  t.is(
    sentences[4],
    'Of 4 expectations on accuracy written down before, by intervals over three seeds or more: confirmed none; contradicted tet; no effect expected and none seen sgs; open sgsCurvature, plif. With fewer seeds 0 methods lie inside what was expected so far; outside none.',
  );
  t.is(
    sentences[5],
    `SGS with LR against methods of others: 3 of ${OTHERS.length} have been trained. Which of them lie below or above it is said when all are there: the correction is for all of them.`,
  );
  t.regex(
    sentences[6],
    /^SGS with δ by the curvature rule of EWGS against no SGS: test accuracy: \+1\.33 points/,
  );
  t.regex(sentences[7], /^δ by the curvature rule against δ = 0\.0001: test accuracy: \+1\.00 points/);
});

test('nothing is said where nothing was trained, nor of a rule that was not', (t) => {
  t.deepEqual(said(madeCases({})), []);
  t.is(said(madeCases({ baseline: [60, 62, 67], tet: [70, 72, 77] })).length, 5);
});

test('where all others have been trained, they are named by where they lie, those of which a seed diverged among those below', (t) => {
  const equal = Object.fromEntries(OTHERS.map((name) => [name, [60, 62, 67]]));
  const [, , , , , , seventh] = said(
    madeCases({ ...equal, sgsLr: [61, 62, 67], tet: [70, 72, 77.01], plif: [] }, { plif: [0] }),
  );
  t.true(
    seventh.startsWith(
      `SGS with LR against methods of others (${OTHERS.length}): above plif (diverged: plif); below tet; undecided or too few seeds baseline, `,
    ),
    seventh,
  );
});

test('where none of the others is decided, they are not named one by one', (t) => {
  const equal = Object.fromEntries(OTHERS.map((name) => [name, [60, 62]]));
  const sentences = said(madeCases({ ...equal, sgsLr: [61, 62] }));
  t.true(
    sentences.some((sentence) =>
      sentence.endsWith('above none; below none; undecided or too few seeds all.'),
    ),
    sentences.join(' '),
  );
});

test('those than which no other is both more accurate and cheaper, the cheapest first', (t) => {
  const cases = madeCases({ baseline: [60], tet: [62], plif: [61], sgs: [59], lr: [61.5] });
  const nanojoule: Record<string, number> = { baseline: 500, tet: 550, plif: 450, sgs: 460, lr: 470 };
  const rows = methodRows(cases, []).map((row) => ({ ...row, nanojoulePaper: nanojoule[row.method] }));
  const sentences = methodFindings(cases, rows, methodEffects(cases));
  t.true(
    sentences.includes(
      'Unbeaten in accuracy and energy (by the paper’s counting), no other being as good in both and better in one: plif (450 nJ, +1.00 points), lr (470 nJ, +1.50 points), tet (550 nJ, +2.00 points).',
    ),
    sentences.join(' '),
  );
});

test('a method whose layers fall silent is named with them', (t) => {
  const cases = madeCases({ baseline: [60], neuNorm: [10] }).map((one) => ({
    ...one,
    runs: one.runs.map((run) =>
      one.method.name === 'neuNorm'
        ? {
            ...run,
            spikeRates: [
              { layer: 'a', rates: [0, 0.1] },
              { layer: 'b', rates: [0, 0] },
            ],
          }
        : run,
    ),
  }));
  const silent = said(cases).filter((sentence) => sentence.includes('no neuron'));
  t.deepEqual(silent, [
    'neuNorm: no neuron of b fires on any test image. A training that falls silent shows the method in these settings, not what it reaches in its own.',
  ]);
});

test('a method that ends at the baseline’s weights is said to have added nothing', (t) => {
  const digest = (of: string) => `sha256:${of}`;
  const cases = madeCases({ baseline: [60], distribution: [60], tet: [60] }).map((one) => ({
    ...one,
    runs: one.runs.map((run) => ({
      ...run,
      weightsDigest: digest(one.method.name === 'tet' ? 'tet' : 'baseline'),
    })),
  }));
  t.deepEqual(
    said(cases).filter((sentence) => sentence.includes('to the bit')),
    [
      "distribution: its weights are the baseline's to the bit: it changed nothing, so that its place tells nothing of it.",
    ],
  );
});
