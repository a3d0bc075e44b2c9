// The order in which the nodes of a graph run within a time step, and which edges bring what was given in the step before.
// The rule hangs on the graph alone, not on names nor on the order in a file: where nodes reach each other in a loop, the
// edges of the loop that end where it is entered from outside carry the step before; what loops are left are treated
// likewise. A loop that nothing enters carries the step before on all of its edges.
// Source: B. Steensgaard, Sequentializing program dependence graphs for irreducible programs, MSR-TR-93-14 (1993), loops.

/** Schedule of a graph. */
export interface RunOrder {
  /** All nodes, each after those whose edges bring it what they give in the same step. */
  order: string[];
  /** By edge: whether it brings what its source gave in the step before. */
  delayed: boolean[];
  /** Outermost loops: the nodes of each. */
  loops: string[][];
}

/** Finds the order of nodes. Edges go between these nodes. */
export function runOrder(nodes: Iterable<string>, edges: readonly (readonly [string, string])[]): RunOrder {
  const all = [...nodes];
  const delayed = edges.map(() => false);
  const loops: string[][] = [];
  let open = new Set(all);
  for (let outermost = true; open.size > 0; outermost = false) {
    const found = components(open, edges, delayed);
    const place = new Map(found.flatMap((component, i) => component.map((name) => [name, i] as const)));
    const within = found.map((): number[] => []);
    const entries = found.map(() => new Set<string>());
    edges.forEach(([from, to], i) => {
      const at = place.get(to);
      if (at === undefined) return;
      if (place.get(from) !== at) entries[at].add(to);
      else if (!delayed[i]) within[at].push(i);
    });
    const left = new Set<string>();
    found.forEach((component, at) => {
      if (within[at].length === 0) return;
      if (outermost) loops.push(component);
      for (const i of within[at])
        if (entries[at].size === 0 || entries[at].has(edges[i][1])) delayed[i] = true;
      for (const name of component) if (!entries[at].has(name)) left.add(name);
    });
    open = left;
  }
  return { order: components(all, edges, delayed).flat(), delayed, loops };
}

/**
 * Strongly connected components of some nodes over the edges that are not delayed, sources first (Tarjan 1972, without
 * recursion: graphs may be long).
 */
function components(
  members: Iterable<string>,
  edges: readonly (readonly [string, string])[],
  delayed: readonly boolean[],
): string[][] {
  const targets = new Map<string, string[]>(Array.from(members, (name) => [name, []]));
  edges.forEach(([from, to], i) => {
    if (!delayed[i] && targets.has(to)) targets.get(from)?.push(to);
  });
  const number = new Map<string, number>();
  const low = new Map<string, number>();
  const open: string[] = [];
  const isOpen = new Set<string>();
  const found: string[][] = [];
  for (const root of targets.keys()) {
    if (number.has(root)) continue;
    const path: { name: string; next: number }[] = [];
    const enter = (name: string): void => {
      number.set(name, number.size);
      low.set(name, number.get(name)!);
      open.push(name);
      isOpen.add(name);
      path.push({ name, next: 0 });
    };
    enter(root);
    while (path.length > 0) {
      const place = path[path.length - 1];
      const { name } = place;
      const target = targets.get(name)![place.next++];
      if (target === undefined) {
        path.pop();
        const above = path.at(-1)?.name;
        if (above !== undefined) low.set(above, Math.min(low.get(above)!, low.get(name)!));
        if (low.get(name) === number.get(name)) {
          const component = open.splice(open.lastIndexOf(name));
          for (const one of component) isOpen.delete(one);
          found.push(component);
        }
      } else if (!number.has(target)) enter(target);
      else if (isOpen.has(target)) low.set(name, Math.min(low.get(name)!, number.get(target)!));
    }
  }
  return found.reverse();
}
