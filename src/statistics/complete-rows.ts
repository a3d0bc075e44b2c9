// Tables without gaps: every column in every row.

/**
 * Rows, given as value by column, with every column that any of them has, in the order met; null where one lacks it.
 * Readers of rows look at the first one alone (danfo, arquero's `from`): a column that it lacks would be lost, and values
 * of rows with fewer keys would move into the wrong column.
 */
export function completeRows<Value>(
  rows: readonly ReadonlyMap<string, Value>[],
): Record<string, Value | null>[] {
  const columns = new Set<string>();
  for (const row of rows) for (const name of row.keys()) columns.add(name);
  return rows.map((row) => {
    const complete: Record<string, Value | null> = {}; // filled one by one: rows of one shape share it, and so memory
    for (const name of columns) complete[name] = row.get(name) ?? null;
    return complete;
  });
}
