import fc from 'fast-check';
import test from 'ava';
import { runOrder } from '../../../src/interchange/nir/order.js';

type Edges = [string, string][];
const edgesOf = (text: string): Edges => text.split(' ').map((edge) => edge.split('>') as [string, string]);
const namesOf = (edges: Edges): string[] => [...new Set(edges.flat())];
const delayedOf = (text: string): string[] => {
  const edges = edgesOf(text);
  const { delayed } = runOrder(namesOf(edges), edges);
  return edges.filter((_, i) => delayed[i]).map((edge) => edge.join('>'));
};

test('order: edges that close a loop where it is entered carry the step before, and no others', (t) => {
  const cases: [edges: string, delayed: string[]][] = [
    ['in>a a>b b>out in>b', []],
    ['in>lif lif>rec rec>lif lif>out', ['rec>lif']],
    ['in>a a>a a>out', ['a>a']],
    ['in>a a>b b>c c>a a>c c>out', ['c>a']],
    ['in>fc fc>lif lif>fc lif>out', ['lif>fc']],
    ['in>a in>b a>b b>a a>out', ['a>b', 'b>a']],
    // an inner loop b ⇄ c in an outer one that is entered at a
    ['in>a a>b b>c c>b c>a c>out', ['c>b', 'c>a']],
    // nothing enters it
    ['a>b b>a in>out', ['a>b', 'b>a']],
    // two loops, one after the other
    ['in>a a>a a>b b>b b>out', ['a>a', 'b>b']],
  ];
  for (const [edges, delayed] of cases) t.deepEqual(delayedOf(edges), delayed, edges);
});

test('order: loops are named with all their nodes', (t) => {
  const edges = edgesOf('in>a a>b b>a b>c c>d d>d d>out');
  const loops = runOrder(namesOf(edges), edges).loops.map((loop) => loop.sort());
  t.deepEqual(loops.sort(), [['a', 'b'], ['d']]);
});

const graphs = fc.integer({ min: 1, max: 9 }).chain((size) =>
  fc.tuple(
    fc.constant(Array.from({ length: size }, (_, i) => `n${i}`)),
    fc.array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1)), { maxLength: 24 }),
    fc.shuffledSubarray(
      Array.from({ length: size }, (_, i) => i),
      { minLength: size },
    ),
  ),
);

test('order: in any graph every node runs after those that it hears of in the same step; only edges of loops are delayed', (t) => {
  fc.assert(
    fc.property(graphs, ([names, pairs]) => {
      const edges = pairs.map(([a, b]): [string, string] => [names[a], names[b]]);
      const { order, delayed, loops } = runOrder(names, edges);
      t.deepEqual([...order].sort(), [...names].sort());
      edges.forEach(([from, to], i) => {
        if (delayed[i]) t.true(loops.some((loop) => loop.includes(from) && loop.includes(to)));
        else t.true(order.indexOf(from) < order.indexOf(to));
      });
    }),
    { seed: 1, numRuns: 400 },
  );
});

test('order: which edges are delayed hangs on the graph alone, not on names or the order in the file', (t) => {
  fc.assert(
    fc.property(graphs, ([names, pairs, shuffle]) => {
      const plain = pairs.map(([a, b]): [string, string] => [names[a], names[b]]);
      const renamed = pairs.map(([a, b]): [string, string] => [`x${shuffle[a]}`, `x${shuffle[b]}`]).reverse();
      const first = runOrder(names, plain).delayed;
      const second = runOrder(names.map((_, i) => `x${i}`).reverse(), renamed).delayed.reverse();
      t.deepEqual(first, second);
    }),
    { seed: 2, numRuns: 400 },
  );
});

test('order: ten thousand nodes in a row and as many loops take no second', (t) => {
  const names = Array.from({ length: 10_000 }, (_, i) => String(i));
  const row = names.slice(1).map((name, i): [string, string] => [names[i], name]);
  t.deepEqual(runOrder(names, row).order, names);
  const { delayed } = runOrder(names, [...row, ...names.map((name): [string, string] => [name, name])]);
  t.is(delayed.filter(Boolean).length, 10_000);
});
