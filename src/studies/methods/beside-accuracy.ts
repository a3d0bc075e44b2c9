// Expectations of methods besides their accuracy, written down before (data/methods-cifar10.md), and whether they are so.
import type { RunRecord } from '../../records/record.js';
import { mean } from '../../statistics/interval.js';
import { pairedBySeed } from '../../statistics/seeds.js';
import { spikesOf } from '../spikes.js';
import type { MethodEffect, MethodRow } from './rows.js';
import { BASELINE, type TrainedCase } from './trials.js';

/** An expectation, and whether it is so; undefined where a method in it was not trained. */
type Beside = readonly [expected: string, isSo: boolean | undefined];

/** Surrogates of other shape that reach as far as the potential goes, and those that end. */
const [ENDLESS, ENDING] = [
  ['exponential', 'fastSigmoid', 'atan'],
  ['triangle', 'dspike'],
];
/** Those that bntt is held against. */
const BATCH_NORMS = ['stepwiseBn', 'tdbn', 'tdbnInit', 'tebn'];
/** "Far above" a δ is ten times and more. */
const FAR_ABOVE = 10 * 1e-4;

/** Mean over layers of δ in the last epoch of a run in which a rule sets it. */
function lastDelta({ rows }: RunRecord): number[] {
  const delta = rows.at(-1)?.gradient?.delta;
  if (delta === undefined) return [];
  return [typeof delta === 'number' ? delta : mean(Object.values(delta))];
}

type Known = number | undefined;

/** Whether something holds of numbers; undefined where one is not known. */
const where = (values: readonly Known[], holds: (known: number[]) => boolean): boolean | undefined =>
  values.every((value) => value !== undefined) ? holds([...values]) : undefined;

/**
 * Which of these expectations are so on the seeds that are there, in a sentence; none where no method in them was trained.
 *
 * @param rows - of the cases, with their energy
 * @param effects - of the cases, in points
 */
export function besideAccuracy(
  cases: readonly TrainedCase[],
  rows: readonly MethodRow[],
  effects: readonly MethodEffect[],
): string[] {
  const isEqual = (name: string) => (one: { method: string; as: string }) =>
    one.method === name && one.as === 'equal';
  const runsOf = (name: string): readonly RunRecord[] =>
    cases.find(({ method, as }) => isEqual(name)({ method: method.name, as }))!.runs;
  const effectOf = (name: string): Known => effects.find(isEqual(name))?.mean;
  const moreSpikes = (name: string): Known => pairedBySeed(runsOf(name), runsOf(BASELINE), spikesOf)?.mean;
  const energyOf = (name: string): Known => rows.find(isEqual(name))?.nanojoulePaper ?? undefined;
  const deltas = runsOf('sgsCurvature').flatMap(lastDelta);
  const expected: Beside[] = [
    [
      'surrogates without a window above those with one, on average',
      where(
        [...ENDLESS, ...ENDING].map(effectOf),
        (means) => mean(means.slice(0, ENDLESS.length)) > mean(means.slice(ENDLESS.length)),
      ),
    ],
    [
      'δ by the curvature rule far above 0.0001 (a noisy estimate)',
      deltas.length === 0 ? undefined : mean(deltas) >= FAR_ABOVE,
    ],
    ['more spikes with clif', where([moreSpikes('clif')], ([more]) => more > 0)],
    [
      'bntt lowest of the batch norms',
      where(['bntt', ...BATCH_NORMS].map(effectOf), ([bntt, ...others]) => bntt < Math.min(...others)),
    ],
    ['fewer spikes with ratePenalty', where([moreSpikes('ratePenalty')], ([more]) => more < 0)],
    [
      'more energy with liaf',
      where([energyOf('liaf'), energyOf(BASELINE)], ([liaf, baseline]) => liaf > baseline),
    ],
  ];
  const [so, not] = [true, false].map((wanted) =>
    expected.filter(([, isSo]) => isSo === wanted).map(([what]) => what),
  );
  if (so.length + not.length === 0) return [];
  const list = (of: readonly string[]): string => of.join('; ') || 'none';
  return [
    `Expected besides accuracy, on the seeds that are there and however small the difference. So: ${list(so)}. Not so: ${list(not)}.`,
  ];
}
