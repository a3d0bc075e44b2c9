// The known name that a misspelt one most likely stands for.

/** Changes that turn one text into another: a letter added, left out, replaced, or swapped with its neighbour. */
function distance(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    rows[i] = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = rows[i - 1][j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      rows[i][j] = Math.min(replaced, rows[i - 1][j] + 1, rows[i][j - 1] + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
    }
  }
  return rows[a.length][b.length];
}

/** A longer name than any setting has is no misspelt one, and comparing it would take long. */
const LONGEST = 40;

/** `; did you mean "delta"?` where a known name is near (letter case aside, a third of its letters differ), else nothing. */
export function didYouMean(given: string, known: readonly string[]): string {
  if (given.length > LONGEST) return '';
  const near = known
    .map((name) => ({ name, changes: distance(given.toLowerCase(), name.toLowerCase()) }))
    .filter(({ name, changes }) => changes <= Math.max(1, Math.floor(name.length / 3)))
    .sort((a, b) => a.changes - b.changes);
  return near.length === 0 ? '' : `; did you mean "${near[0].name}"?`;
}
