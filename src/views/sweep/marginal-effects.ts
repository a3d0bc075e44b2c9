// Marginal effects: what each value of each setting does to accuracy, over all that the other settings were.
import { covers, settingAt, sweptSettings } from '../../comparison/settings.js';
import { SettingsError } from '../../errors.js';
import type { Header, RunHeader } from '../../header.js';
import { canonicalJson } from '../../identity.js';
import type { StoredRecord } from '../../record.js';
import { interval, mean, type Level } from '../../statistics.js';
import { levelsOf } from './levels.js';
import { accuracyOf, MEASURE_NAMES, runsOf, type SweepMeasure } from './measure.js';

/** What is looked at. */
export interface MarginalSettings extends Level {
  /** Paths of the settings, a panel each; default all in which the runs differ but seed, name and data. */
  settings?: readonly string[];
  /** The accuracy at the last epoch; default `testAccuracy`. */
  measure?: SweepMeasure;
}

/** The effect of one value of one setting. */
export interface MarginalEffect {
  setting: string;
  /** The value, or the range of a bin. */
  value: string;
  /** Mean accuracy in %. */
  mean: number;
  /** Mean accuracy minus that over all values of the setting, in points. */
  effect: number;
  /** Edges of the effect's t interval; null for one seed (or one run). */
  lower: number | null;
  upper: number | null;
  /** What the interval is over: effects within each seed, or single runs. */
  over: 'seeds' | 'runs';
  /** How many of these. */
  n: number;
  /** Runs behind the value. */
  runs: number;
}

/**
 * Marginal effects of settings, from the runs that are done.
 *
 * Where the sweep is a grid, every combination of the other settings and the seed that is done for *all* values
 * counts, and no other: so all values are seen under the same circumstances. An effect is then taken within each
 * seed, and its interval is over seeds. Where no combination is done for all values, as in a random search, every
 * run counts and the interval is over runs: circumstances then differ by chance, and the intervals say so by their
 * width.
 *
 * @throws SettingsError when there is no run that is done, or the runs differ in no setting
 */
export function marginalEffects(
  records: readonly (StoredRecord | Header)[],
  { settings, measure = 'testAccuracy', level = 0.95 }: MarginalSettings = {},
): MarginalEffect[] {
  const scored = runsOf(records)
    .map((run) => ({ run, accuracy: accuracyOf(run, measure) }))
    .filter((each): each is Scored => each.accuracy !== null);
  if (scored.length === 0)
    throw new SettingsError(`marginalEffects: no run is done with a ${MEASURE_NAMES[measure]}; give some`);
  const swept = sweptSettings(scored.map(({ run }) => run));
  const paths = settings ?? swept;
  if (paths.length === 0)
    throw new SettingsError('marginalEffects: these runs differ in no setting; give runs of a sweep');
  return paths.flatMap((path) => effectsOf(path, scored, [...swept, 'seed', 'fingerprint'], level));
}

interface Scored {
  run: RunHeader;
  accuracy: number;
}

function effectsOf(
  path: string,
  scored: readonly Scored[],
  circumstances: readonly string[],
  level: number,
): MarginalEffect[] {
  const { labels, of } = levelsOf(scored.map(({ run }) => settingAt(run, path)));
  const others = circumstances.filter((other) => !covers(path, other));
  const blocks = new Map<string, { seed: number; byLevel: number[][] }>();
  for (const { run, accuracy } of scored) {
    const key = canonicalJson(others.map((other) => settingAt(run, other)));
    const block = blocks.get(key) ?? { seed: run.experiment.seed, byLevel: labels.map(() => []) };
    block.byLevel[of(settingAt(run, path))].push(accuracy);
    blocks.set(key, block);
  }
  const whole = [...blocks.values()].filter(({ byLevel }) => byLevel.every((values) => values.length > 0));
  return whole.length > 0
    ? withinSeeds(path, labels, whole, level)
    : overRuns(path, labels, [...blocks.values()], level);
}

type Block = { seed: number; byLevel: number[][] };

function withinSeeds(
  setting: string,
  labels: string[],
  blocks: readonly Block[],
  level: number,
): MarginalEffect[] {
  const seeds = [...new Set(blocks.map(({ seed }) => seed))];
  // [seed][level]: mean over the blocks of the seed
  const bySeed = seeds.map((seed) =>
    labels.map((_, at) =>
      mean(blocks.filter((block) => block.seed === seed).map(({ byLevel }) => mean(byLevel[at]))),
    ),
  );
  return labels.map((value, at) => {
    const effects = bySeed.map((means) => means[at] - mean(means));
    const found = interval(effects, { level });
    return {
      setting,
      value,
      mean: mean(bySeed.map((means) => means[at])),
      effect: found.mean,
      lower: found.lower,
      upper: found.upper,
      over: 'seeds',
      n: found.n,
      runs: blocks.reduce((n, { byLevel }) => n + byLevel[at].length, 0),
    };
  });
}

function overRuns(
  setting: string,
  labels: string[],
  blocks: readonly Block[],
  level: number,
): MarginalEffect[] {
  const byLevel = labels.map((_, at) => blocks.flatMap((block) => block.byLevel[at]));
  const centre = mean(byLevel.map(mean));
  return labels.map((value, at) => {
    const found = interval(
      byLevel[at].map((accuracy) => accuracy - centre),
      { level },
    );
    return {
      setting,
      value,
      mean: mean(byLevel[at]),
      effect: found.mean,
      lower: found.lower,
      upper: found.upper,
      over: 'runs',
      n: found.n,
      runs: found.n,
    };
  });
}
