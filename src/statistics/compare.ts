// Groups of runs side by side, as a paper prints them: mean ± sd over seeds, and each group's difference to one of
// them, paired by seed, with interval, effect size and corrected p.
import { SettingsError } from '../errors.js';
import { canonicalJson } from '../hash.js';
import type { Json } from '../json.js';
import type { Header, RunHeader } from '../records/header.js';
import type { StoredRecord } from '../records/record.js';
import { pairedBootstrap } from './bootstrap.js';
import { cohenDz, hedgesG } from './effect.js';
import { FEWEST_FOR_INTERVAL } from './few.js';
import { type Group, groupLabel, groupRuns, type GroupSettings } from './groups.js';
import { holm } from './holm.js';
import { type Interval, type Level, mean, pairedDifference, sd } from './interval.js';
import { covers } from './settings.js';
import { pairedTTest, signFlipTest } from './significance.js';

/** Options of a comparison. */
export interface CompareSettings extends GroupSettings, Level {
  /** The accuracy compared, at the last epoch; default `testAccuracy`, the headline. */
  measure?: 'testAccuracy' | 'validationAccuracy';
  /**
   * Settings of the group that all others are held against, by path, such as `{ 'neuron.delta': 0 }`. Where several
   * groups have them, the best of these by validation accuracy. Default: the best of all by validation accuracy.
   * The test part is never looked at for it.
   */
  baseline?: Readonly<Record<string, Json>>;
  /** `t` (default): Student's paired test; `sign-flip`: exact and without assumptions, see `signFlipTest`. */
  test?: 't' | 'sign-flip';
  /** `t` (default) or `bootstrap` (BCa): which interval differences have. */
  interval?: 't' | 'bootstrap';
}

/** A group against the baseline: differences `group − baseline` in points, paired by seed. */
export interface Difference extends Interval {
  /** Cohen's d_z of the pairs; null for one pair or equal differences. */
  dz: number | null;
  /** Hedges' g of the same values as two groups. */
  g: number | null;
  /** Null for fewer than three pairs: two give a p that looks surer than it is. */
  p: number | null;
  /** p with Holm's correction for all comparisons of the table that have one. */
  corrected: number | null;
}

/** One group of runs. Accuracies are in %, over the runs that are `done`. */
export interface ComparedGroup {
  values: Record<string, Json>;
  /** Runs that are done: the n of mean and sd. */
  seeds: number;
  /** Runs that ended otherwise; counted, never averaged. */
  diverged: number;
  failed: number;
  interrupted: number;
  mean: number | null;
  /** Null for fewer than two seeds. */
  sd: number | null;
  /** Mean of each run's best test epoch, chosen on the test part: not a headline, but perhaps what others report. */
  bestTestMean: number | null;
  /** Mean validation accuracy at the last epoch; null without a validation part. */
  validationMean: number | null;
  /** The best group by mean validation accuracy, among those with the most finished seeds. */
  selected: boolean;
  baseline: boolean;
  /** Null for the baseline itself, without one, and where no seed is done in both. */
  difference: Difference | null;
  /** Ids of all runs, in the order of their seeds. */
  runs: string[];
}

/** Groups of runs, compared. */
export interface Comparison {
  /** The paths that tell the groups apart. */
  by: string[];
  measure: 'testAccuracy' | 'validationAccuracy';
  groups: ComparedGroup[];
  /** Notes for readers of the table: why there is no baseline, how seeds were lost. */
  notes: string[];
}

/**
 * Compares runs by settings.
 *
 * A pair is one seed done in both groups. A seed that diverged in one of them is in no pair, which can only flatter
 * the group that diverges: look at its count.
 *
 * @param records - records or headers; evaluations are left out
 * @param by - paths of settings, such as `neuron.delta`
 * @param settings - `baseline`: settings by path of the group to compare with; `measure`: default `testAccuracy`; `test`,
 *   `interval` and `level` of the differences
 * @returns a group for each combination of values: mean ± sd in %, seeds lost, and its paired difference from the baseline
 *   in points
 * @throws SettingsError when runs differ in other settings too (see `GroupSettings.others`), or the baseline fits no
 *   group
 */
export function compare(
  records: readonly (StoredRecord | Header)[],
  by: readonly string[],
  settings: CompareSettings = {},
): Comparison {
  const { measure = 'testAccuracy' } = settings;
  const runs = records.filter((record): record is RunHeader => record.kind === 'run');
  if (runs.length === 0) throw new SettingsError('compare: there is no run among these records; give some');
  const { by: paths, groups } = groupRuns(runs, by, settings);
  const most = Math.max(...groups.map((group) => finished(group).length));
  const selected = bestByValidation(groups.filter((group) => finished(group).length === most));
  const notes: string[] = [];
  const baseline = settings.baseline ? namedBaseline(groups, paths, settings.baseline) : selected;
  if (baseline === undefined && groups.length > 1)
    notes.push(
      'no differences: without a validation part no group can be chosen to compare with; name a baseline',
    );
  const differences = groups.map((group) =>
    baseline === undefined || group === baseline ? null : differenceOf(group, baseline, settings),
  );
  const corrected = holm(differences.map((difference) => difference?.p ?? null));
  const compared = groups.map((group, i) => ({
    ...summaryOf(group, measure),
    selected: group === selected,
    baseline: group === baseline,
    difference: differences[i] && { ...differences[i], corrected: corrected[i] },
  }));
  const lost = compared.reduce(
    (n, { diverged, failed, interrupted }) => n + diverged + failed + interrupted,
    0,
  );
  if (lost > 0)
    notes.push(
      `${lost} of ${runs.length} runs are not done: counted, in no mean, and their seeds in no pair`,
    );
  return { by: paths, measure, groups: compared, notes };
}

type Measure = Comparison['measure'] | 'bestTestAccuracy';

/** The accuracy of a run in %; runs that are done have one unless the data has no such part. */
const accuracyOf = ({ outcome }: RunHeader, measure: Measure): number | undefined =>
  outcome[measure] === undefined ? undefined : 100 * outcome[measure];

const finished = ({ runs }: Group): RunHeader[] => runs.filter(({ outcome }) => outcome.status === 'done');

const accuraciesOf = (group: Group, measure: Measure): number[] =>
  finished(group)
    .map((run) => accuracyOf(run, measure))
    .filter((value) => value !== undefined);

const meanOrNull = (values: readonly number[]): number | null => (values.length > 0 ? mean(values) : null);

function summaryOf(
  group: Group,
  measure: Measure,
): Omit<ComparedGroup, 'selected' | 'baseline' | 'difference'> {
  const ended = (status: string): number =>
    group.runs.filter(({ outcome }) => outcome.status === status).length;
  const accuracies = accuraciesOf(group, measure);
  return {
    values: group.values,
    seeds: accuracies.length,
    diverged: ended('diverged'),
    failed: ended('failed'),
    interrupted: ended('interrupted'),
    mean: meanOrNull(accuracies),
    sd: accuracies.length > 1 ? sd(accuracies) : null,
    bestTestMean: meanOrNull(accuraciesOf(group, 'bestTestAccuracy')),
    validationMean: meanOrNull(accuraciesOf(group, 'validationAccuracy')),
    runs: group.runs.map(({ id }) => id),
  };
}

/** The group with the best mean validation accuracy; none where one of them has no validation part. */
function bestByValidation(groups: readonly Group[]): Group | undefined {
  const scored = groups.map((group) => ({ group, values: accuraciesOf(group, 'validationAccuracy') }));
  if (scored.some(({ values }) => values.length === 0)) return undefined;
  return scored.reduce((best, other) => (mean(other.values) > mean(best.values) ? other : best)).group;
}

function namedBaseline(
  groups: readonly Group[],
  paths: readonly string[],
  wanted: Readonly<Record<string, Json>>,
): Group {
  const text = groupLabel(wanted);
  const foreign = Object.keys(wanted).find((path) => !paths.includes(path));
  if (foreign !== undefined)
    throw new SettingsError(
      `baseline ${text}: the groups are told apart by ${paths.join(', ')}` +
        (paths.some((path) => covers(path, foreign))
          ? '; name that with its whole value'
          : `; compare by ${foreign} too`),
    );
  const fitting = groups.filter(({ values }) =>
    Object.entries(wanted).every(([path, value]) => canonicalJson(values[path]) === canonicalJson(value)),
  );
  if (fitting.length === 1) return fitting[0];
  const best = fitting.length === 0 ? undefined : bestByValidation(fitting);
  if (best !== undefined) return best;
  throw new SettingsError(
    fitting.length === 0
      ? `baseline ${text}: no group has it; there are ${groups.map(({ values }) => groupLabel(values)).join('; ')}`
      : `baseline ${text}: ${fitting.length} groups have it, and without validation accuracies none is the best: ` +
          `${fitting.map(({ values }) => groupLabel(values)).join('; ')}; name one of them in full`,
  );
}

function differenceOf(
  group: Group,
  baseline: Group,
  { measure = 'testAccuracy', test = 't', interval = 't', level = 0.95 }: CompareSettings,
): Omit<Difference, 'corrected'> | null {
  const bySeed = new Map(
    finished(baseline).map((run) => [run.experiment.seed, accuracyOf(run, measure)] as const),
  );
  const pairs = finished(group)
    .map((run) => [accuracyOf(run, measure), bySeed.get(run.experiment.seed)])
    .filter((pair): pair is [number, number] => pair.every((value) => value !== undefined));
  if (pairs.length === 0) return null;
  const ours = pairs.map(([value]) => value);
  const theirs = pairs.map(([, value]) => value);
  const found = (interval === 't' ? pairedDifference : pairedBootstrap)(ours, theirs, { level });
  return {
    ...found,
    dz: cohenDz(ours, theirs),
    g: hedgesG(ours, theirs),
    p: ours.length < FEWEST_FOR_INTERVAL ? null : (test === 't' ? pairedTTest : signFlipTest)(ours, theirs).p,
  };
}
