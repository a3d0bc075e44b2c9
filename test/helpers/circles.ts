// Circles in a graph of imports.

/**
 * The circles among files: strongly connected components of more than one file (Tarjan 1972), as `a → b → …` with its
 * files sorted; a file that imports itself is one too.
 *
 * @param imports - what each file imports; files that are not keys are passed over
 */
export function circlesIn(imports: ReadonlyMap<string, readonly string[]>): string[] {
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const circles: string[] = [];
  const visit = (file: string): void => {
    order.set(file, order.size);
    lowest.set(file, order.get(file)!);
    open.push(file);
    for (const target of imports.get(file) ?? []) {
      if (!imports.has(target)) continue;
      if (!order.has(target)) visit(target);
      if (open.includes(target)) lowest.set(file, Math.min(lowest.get(file)!, lowest.get(target)!));
    }
    if (lowest.get(file) !== order.get(file)) return;
    const circle = open.splice(open.indexOf(file));
    if (circle.length > 1 || (imports.get(file) ?? []).includes(file))
      circles.push(circle.sort().join(' → '));
  };
  for (const file of imports.keys()) if (!order.has(file)) visit(file);
  return circles.sort();
}
