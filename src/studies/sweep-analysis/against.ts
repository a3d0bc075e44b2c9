// The runs compared by their settings, each against one baseline. Tests: test/studies/views.test.ts.
import type { RunHeader } from '../../records/header.js';
import { compare, type Comparison } from '../../statistics/compare.js';
import { groupLabel } from '../../statistics/groups.js';
import { settingAt } from '../../statistics/settings.js';
import type { SettingValues } from './chosen.js';

/** A comparison, and what is said about it. */
export interface Against {
  comparison: Comparison;
  /** Settings of the baseline; none where no run has them. */
  baseline: SettingValues | undefined;
  /** That the baseline is not there, where it is not. */
  before: string[];
  /** What differences are against, and the correction; empty without a baseline. */
  caption: string;
}

/**
 * @param swept - paths of the settings that are compared
 * @param wanted - settings of the baseline; null, or settings that no run has: the best by validation accuracy
 */
export function compareAgainst(
  runs: readonly RunHeader[],
  swept: readonly string[],
  wanted: SettingValues | null,
): Against {
  const settings = Object.entries(wanted ?? {});
  const isThere =
    settings.length > 0 &&
    runs.some((run) => settings.every(([path, value]) => settingAt(run, path) === value));
  const baseline = isThere && wanted !== null ? wanted : undefined;
  const by = [...new Set([...swept, ...Object.keys(baseline ?? {})])];
  const comparison = compare(runs, by, baseline && { baseline });
  return {
    comparison,
    baseline,
    before:
      settings.length > 0 && !isThere
        ? [
            `no record yet of the baseline ${JSON.stringify(wanted)}: the best by validation accuracy stands in for it`,
          ]
        : [],
    caption: captionOf(comparison),
  };
}

function captionOf({ groups }: Comparison): string {
  const against = groups.find((group) => group.baseline);
  if (against === undefined) return '';
  const tests = groups.filter(({ difference }) => difference !== null && difference.p !== null).length;
  return `Differences, effect sizes and p are against ${groupLabel(against.values)}, paired by seed; Holm's correction is for ${tests} comparisons.`;
}
