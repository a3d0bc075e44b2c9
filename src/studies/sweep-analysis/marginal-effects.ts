// Marginal effects: what each value of each setting does to accuracy, over all that the other settings were.
import { SettingsError } from '../../errors.js';
import { canonicalJson } from '../../hash.js';
import type { Json } from '../../json.js';
import type { Header, RunHeader } from '../../records/header.js';
import type { StoredRecord } from '../../records/record.js';
import { hasInterval } from '../../statistics/few.js';
import { interval, type Interval, type Level, mean } from '../../statistics/interval.js';
import { covers, settingAt, sweptSettings } from '../../statistics/settings.js';
import { levelsOf, valueText } from './levels.js';
import { accuracyOf, MEASURE_NAMES, runsOf, type SweepMeasure } from './measure.js';

/** Measure and settings of marginal effects. */
export interface MarginalSettings extends Level {
  /** Paths of the settings, a panel each; default all in which the runs differ but seed, name and data. */
  settings?: readonly string[];
  /** The accuracy at the last epoch; default `testAccuracy`. */
  measure?: SweepMeasure;
  /**
   * Value by path that the other values of that setting are held against, such as `{ 'neuron.delta': 0 }`. A setting
   * without one is held against the mean over its values, which an extreme value moves.
   */
  reference?: Readonly<Record<string, Json>>;
}

/** The effect of one value of one setting. */
export interface MarginalEffect {
  setting: string;
  /** The value, or the range of a bin. */
  value: string;
  /** Mean accuracy in %. */
  mean: number;
  /** Mean accuracy minus that of the reference, in points. */
  effect: number;
  /** The value that it is held against; null: the mean over all values of the setting. */
  reference: string | null;
  /** Edges of the effect's t interval; null for fewer than three seeds (or runs), and for the reference itself. */
  lower: number | null;
  upper: number | null;
  /** What the interval is over: effects within each seed, or single runs. */
  over: 'seeds' | 'runs';
  /** Number of these. */
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
 * @throws SettingsError when there is no run that is done, the runs differ in no setting, or none has a reference's value
 */
export function marginalEffects(
  records: readonly (StoredRecord | Header)[],
  { settings, measure = 'testAccuracy', level = 0.95, reference = {} }: MarginalSettings = {},
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
  return paths.flatMap((path) =>
    effectsOf(path, scored, [...swept, 'seed', 'fingerprint'], { level, wanted: reference[path] }),
  );
}

interface Scored {
  run: RunHeader;
  accuracy: number;
}

function effectsOf(
  path: string,
  scored: readonly Scored[],
  circumstances: readonly string[],
  { level, wanted }: { level: number; wanted: Json | undefined },
): MarginalEffect[] {
  const values = scored.map(({ run }) => settingAt(run, path));
  const { labels, of } = levelsOf(values);
  if (wanted !== undefined && !values.some((value) => canonicalJson(value) === canonicalJson(wanted)))
    throw new SettingsError(
      `marginalEffects: no run has ${path} = ${valueText(wanted)} to hold others against; there are ${labels.join(', ')}`,
    );
  const panel: Panel = { setting: path, labels, level, held: wanted === undefined ? null : of(wanted) };
  const others = circumstances.filter((other) => !covers(path, other));
  const blocks = new Map<string, Block>();
  for (const { run, accuracy } of scored) {
    const key = canonicalJson(others.map((other) => settingAt(run, other)));
    const block = blocks.get(key) ?? { seed: run.experiment.seed, byLevel: labels.map(() => []) };
    block.byLevel[of(settingAt(run, path))].push(accuracy);
    blocks.set(key, block);
  }
  const whole = [...blocks.values()].filter(({ byLevel }) => byLevel.every((found) => found.length > 0));
  return whole.length > 0 ? withinSeeds(panel, whole) : overRuns(panel, [...blocks.values()]);
}

type Block = { seed: number; byLevel: number[][] };

/** A setting with its levels, and the one that others are held against; null: the mean over all. */
interface Panel {
  setting: string;
  labels: string[];
  level: number;
  held: number | null;
}

function withinSeeds(panel: Panel, blocks: readonly Block[]): MarginalEffect[] {
  const { labels, level, held } = panel;
  const seeds = [...new Set(blocks.map(({ seed }) => seed))];
  // [seed][level]: mean over the blocks of the seed
  const bySeed = seeds.map((seed) =>
    labels.map((_, at) =>
      mean(blocks.filter((block) => block.seed === seed).map(({ byLevel }) => mean(byLevel[at]))),
    ),
  );
  return labels.map((_, at) => {
    const effects = bySeed.map((means) => means[at] - (held === null ? mean(means) : means[held]));
    return {
      ...described(panel, at, interval(effects, { level })),
      mean: mean(bySeed.map((means) => means[at])),
      over: 'seeds',
      runs: blocks.reduce((n, { byLevel }) => n + byLevel[at].length, 0),
    };
  });
}

function overRuns(panel: Panel, blocks: readonly Block[]): MarginalEffect[] {
  const { labels, level, held } = panel;
  const byLevel = labels.map((_, at) => blocks.flatMap((block) => block.byLevel[at]));
  const centre = held === null ? mean(byLevel.map(mean)) : mean(byLevel[held]);
  return labels.map((_, at) => {
    const found = interval(
      byLevel[at].map((accuracy) => accuracy - centre),
      { level },
    );
    return { ...described(panel, at, found), mean: mean(byLevel[at]), over: 'runs', runs: found.n };
  });
}

function described(
  { setting, labels, held }: Panel,
  at: number,
  found: Interval,
): Pick<MarginalEffect, 'setting' | 'value' | 'effect' | 'reference' | 'lower' | 'upper' | 'n'> {
  const shown = at !== held && hasInterval(found);
  return {
    setting,
    value: labels[at],
    effect: found.mean,
    reference: held === null ? null : labels[held],
    lower: shown ? found.lower : null,
    upper: shown ? found.upper : null,
    n: found.n,
  };
}
