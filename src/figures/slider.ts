// A slider through groups of traces, one of which is seen. Tests: test/inspection/inspect.test.ts.
import type { Layout, Trace } from './theme.js';

/**
 * A slider that shows one group of traces and hides the others; traces before and behind its groups stay as they are.
 *
 * @param settings - `prefix`: before the label of the group that is seen; `x`: left edge, as a share of the width; `start`: place of
 *   the first trace among all; `active`: which group is seen first; `groups` and their `labels`
 * @returns an element of `layout.sliders`
 */
export function slider(settings: {
  prefix: string;
  x: number;
  start: number;
  active: number;
  groups: readonly Trace[][];
  labels: readonly string[];
}): Layout {
  const { prefix, x, start, active, groups, labels } = settings;
  const own = groups.flat().map((_, i) => start + i);
  const owner = groups.flatMap((group, i) => group.map(() => i));
  return {
    ...{ active, x, len: 0.42, y: -0.14, currentvalue: { prefix } },
    steps: labels.map((label, i) => ({
      ...{ label, method: 'restyle' },
      args: [{ visible: owner.map((of) => of === i) }, own],
    })),
  };
}
