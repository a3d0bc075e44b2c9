// Findings of the comparison in sentences: all methods, the paper's among them, δ by the curvature rule.
import { METHOD_KINDS } from '../../methods/index.js';
import { pText } from '../../statistics/p-text.js';
import { pairedBySeed } from '../../statistics/seeds.js';
import { effectSentence, signed } from '../../statistics/wording.js';
import { energyPoints, unbeaten } from './energy-points.js';
import { besideAccuracy } from './beside-accuracy.js';
import { expectedRows, type Outcome } from './expected.js';
import { caseName, KIND_TITLES } from './figures.js';
import type { MethodEffect, MethodRow } from './rows.js';
import { OTHERS, tally } from './sota.js';
import { BASELINE, METHOD_CASES, type TrainedCase } from './trials.js';

const list = (names: readonly string[]): string => (names.length === 0 ? 'none' : names.join(', '));

/** Sentences about all methods, then about the paper's, then about δ by the curvature rule. */
export function methodFindings(
  cases: readonly TrainedCase[],
  rows: readonly MethodRow[],
  effects: readonly MethodEffect[],
): string[] {
  if (rows.length === 0) return [];
  const sorted = [...effects].sort((a, b) => b.mean - a.mean);
  const [best, worst] = [sorted.at(0), sorted.at(-1)];
  const seeds = rows.map(({ n }) => n);
  const range = [...new Set([Math.min(...seeds), Math.max(...seeds)])].join(' to ');
  const sided = effects.filter(({ pHolm }) => pHolm !== null && pHolm < 0.05);
  const tested = effects.filter(({ p }) => p !== null);
  const optimism = rows.reduce((sum, { bestTest, last }) => sum + bestTest - last, 0) / rows.length;
  const { below, above, open, diverged } = tally(cases);
  const trained = below.length + above.length + open.length;
  return [
    `${rows.length} of ${METHOD_CASES.length} cases were trained, with ${range} seeds. Choosing the best epoch by the test images would add ${optimism.toFixed(2)} points on average.`,
    ...(best && worst
      ? [
          `Accuracy after the last epoch minus the baseline's, within seeds, lies between ${signed(worst.mean)} (${caseName(worst)}) and ${signed(best.mean)} (${caseName(best)}) points.`,
        ]
      : []),
    ...silentSentences(cases),
    ...idleSentences(cases),
    ...kindSentences(effects),
    ...energySentences(rows, effects),
    tested.length === 0
      ? 'No effect has three seeds yet.'
      : `Against the baseline, after Holm's correction for all ${METHOD_CASES.length - 1} cases, of which ${tested.length} have three seeds: above it ${list(sided.filter(({ mean }) => mean > 0).map(caseName))}; below it ${list(sided.filter(({ mean }) => mean < 0).map(caseName))}.`,
    ...expectationSentences(effects),
    ...besideAccuracy(cases, rows, effects),
    trained < OTHERS.length
      ? `SGS with LR against methods of others: ${trained} of ${OTHERS.length} have been trained. Which of them lie below or above it is said when all are there: the correction is for all of them.`
      : `SGS with LR against methods of others (${trained}): above ${list(below)}${diverged.length === 0 ? '' : ` (diverged: ${list(diverged)})`}; below ${list(above)}; undecided or too few seeds ${open.length === trained ? 'all' : list(open)}.`,
    ...deltaSentences(cases, effects),
  ];
}

/** Layers that fire not at all on any test image, by method: what is before them learns nothing. */
const silentSentences = (cases: readonly TrainedCase[]): string[] =>
  cases.flatMap((one) => {
    const silent = one.runs
      .flatMap(({ spikeRates }) => spikeRates)
      .filter(({ rates }) => rates.every((rate) => rate === 0))
      .map(({ layer }) => layer);
    if (silent.length === 0) return [];
    const name = caseName({ method: one.method.name, as: one.as });
    return [
      `${name}: no neuron of ${[...new Set(silent)].join(', ')} fires on any test image. A training that falls silent shows the method in these settings, not what it reaches in its own.`,
    ];
  });

/** Methods that end at the bits of the baseline's weights. */
function idleSentences(cases: readonly TrainedCase[]): string[] {
  const isBaseline = ({ method, as }: TrainedCase): boolean => method.name === BASELINE && as === 'equal';
  const digests = new Set(cases.find(isBaseline)?.runs.map(({ weightsDigest }) => weightsDigest));
  return cases
    .filter((one) => !isBaseline(one) && one.runs.some(({ weightsDigest }) => digests.has(weightsDigest)))
    .map(({ method, as }) => {
      const name = caseName({ method: method.name, as });
      return `${name}: its weights are the baseline's to the bit: it changed nothing, so that its place tells nothing of it.`;
    });
}

/** How many of each kind lie above the baseline, and between which effects. */
function kindSentences(effects: readonly MethodEffect[]): string[] {
  const ranges = METHOD_KINDS.flatMap((kind) => {
    const means = effects.filter((effect) => effect.kind === kind).map(({ mean }) => mean);
    if (means.length === 0) return [];
    const above = means.filter((mean) => mean > 0).length;
    return [
      `${KIND_TITLES[kind]} ${above} of ${means.length} (${signed(Math.min(...means))} to ${signed(Math.max(...means))})`,
    ];
  });
  return ranges.length < 2
    ? []
    : [
        `By kind, those above the baseline, intervals aside and all against the same trainings of it: ${ranges.join('; ')}.`,
      ];
}

/** Which methods no other beats in accuracy and energy at once. */
function energySentences(rows: readonly MethodRow[], effects: readonly MethodEffect[]): string[] {
  const front = unbeaten(energyPoints(rows, effects)).sort((a, b) => a.nanojoule - b.nanojoule);
  if (front.length === 0) return [];
  const words = front.map(
    (point) => `${caseName(point)} (${point.nanojoule.toFixed(0)} nJ, ${signed(point.mean)} points)`,
  );
  return [
    `Unbeaten in accuracy and energy (by the paper’s counting), no other being as good in both and better in one: ${words.join(', ')}.`,
  ];
}

/** How many expectations came so, and which did not. */
function expectationSentences(effects: readonly MethodEffect[]): string[] {
  const rows = expectedRows(effects);
  if (rows.length === 0) return [];
  const of = (wanted: Outcome): string[] =>
    rows.filter(({ outcome }) => outcome === wanted).map(({ method }) => method);
  return [
    `Of ${rows.length} expectations on accuracy written down before, by intervals over three seeds or more: confirmed ${list(of('came so'))}; contradicted ${list(of('did not'))}; no effect expected and none seen ${list(of('none seen'))}; open ${list(of('open'))}. With fewer seeds ${of('so far inside').length} methods lie inside what was expected so far; outside ${list(of('so far outside'))}.`,
  ];
}

/** Whether SGS helps where δ follows the curvature, and whether it does so more than at a fixed δ. */
function deltaSentences(cases: readonly TrainedCase[], effects: readonly MethodEffect[]): string[] {
  const equal = (name: string): TrainedCase | undefined =>
    cases.find(({ method, as }) => method.name === name && as === 'equal');
  const effect = effects.find(({ method, as }) => method === 'sgsCurvature' && as === 'equal');
  const against = pairedBySeed(equal('sgsCurvature')?.runs ?? [], equal('sgs')?.runs ?? []);
  return [
    ...(effect
      ? [
          effectSentence('SGS with δ by the curvature rule of EWGS against no SGS: test accuracy', effect) +
            (effect.p === null ? '' : ` (${pText(effect.p)})`),
        ]
      : []),
    ...(against
      ? [effectSentence('δ by the curvature rule against δ = 0.0001: test accuracy', against)]
      : []),
  ];
}
