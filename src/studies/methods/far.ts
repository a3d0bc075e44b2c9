// Effects so far from all others that an axis which held them would press these together: they stand at its edge, in words.

/** Points of accuracy from the baseline, beyond which an effect is at the edge. */
const FAR = 10;

/**
 * Effects that the axis holds, and those that stand at its edge.
 *
 * @param effects - against the baseline, in points
 * @returns all as near where none would be left
 */
export function nearAndFar<Effect extends { mean: number }>(
  effects: readonly Effect[],
): { near: readonly Effect[]; far: readonly Effect[] } {
  const near = effects.filter(({ mean }) => Math.abs(mean) <= FAR);
  return near.length === 0
    ? { near: effects, far: [] }
    : { near, far: effects.filter((effect) => !near.includes(effect)) };
}
