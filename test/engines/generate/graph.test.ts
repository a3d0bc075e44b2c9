import test from 'ava';
import { Graph, type Node, type Operation, reachable } from '../../../src/engines/generate/graph.js';
import { valueOf } from '../../helpers/graph.js';

const VALUES = [
  [-2, 0.5],
  [0.5, -2],
  [0, 3],
];

test('simplified arithmetic gives what it gave: every pair of operations, values below, at and above 0, exactly', (t) => {
  const binary = ['add', 'subtract', 'multiply', 'divide', 'min', 'max'] as const;
  const apply: Record<string, (a: number, b: number) => number> = {
    add: (a, b) => a + b,
    subtract: (a, b) => a - b,
    multiply: (a, b) => a * b,
    divide: (a, b) => a / b,
    min: Math.min,
    max: Math.max,
  };
  let simplified = 0;
  for (const [x, y] of VALUES) {
    const graph = new Graph();
    const leaf = ({ key }: Node): number => (key === 'x' ? x : y);
    const leaves = [
      graph.input('x'),
      graph.input('y'),
      graph.number(0),
      graph.number(1),
      graph.number(-1),
      graph.of('negate', graph.input('x')),
      graph.of('one', graph.of('gt', graph.input('y'), graph.number(0))),
      graph.of(
        'subtract',
        graph.number(1),
        graph.of('one', graph.of('gt', graph.input('y'), graph.number(0))),
      ),
    ];
    for (const outer of binary)
      for (const inner of binary)
        for (const a of leaves)
          for (const b of leaves)
            for (const c of leaves) {
              const [p, q, r] = [a, b, c].map((node) => valueOf(node, leaf));
              const wanted = apply[outer](apply[inner](p, q), r);
              if (!Number.isFinite(apply[inner](p, q)) || !Number.isFinite(wanted)) continue;
              const node = graph.of(outer, graph.of(inner, a, b), c);
              if (node.op !== outer) simplified++;
              if (valueOf(node, leaf) !== wanted) t.fail(`${outer}(${inner}(${p}, ${q}), ${r})`);
            }
  }
  t.true(simplified > 300);
});

test('equal operations are one node; a different sign of zero is another number', (t) => {
  const graph = new Graph();
  const [x, y] = [graph.input('x'), graph.input('y')];
  t.is(graph.of('add', x, y), graph.of('add', x, y));
  t.not(graph.of('add', x, y), graph.of('add', y, x));
  t.not<Node, Node>(graph.number(0), graph.number(-0));
  t.is(graph.table(3), graph.table(3));
});

test('numbers are folded in float64, and masks become choices', (t) => {
  const graph = new Graph();
  const folded = graph.of('exp', graph.of('divide', graph.number(1), graph.number(3)));
  t.is(folded.op, 'number');
  t.is(folded.value, Math.exp(1 / 3));
  const v = graph.input('v');
  const fired = graph.of('gt', v, graph.number(0));
  const o = graph.of('one', fired);
  t.deepEqual(graph.of('multiply', o, v), graph.of('keep', fired, v));
  const silent = graph.of('multiply', graph.of('subtract', graph.number(1), o), v);
  t.is(silent, graph.of('clear', fired, v));
  t.is(graph.of('subtract', v, graph.of('multiply', v, o)), silent);
  t.is(graph.of('select', fired, v, graph.number(0)), graph.of('keep', fired, v));
  t.is(graph.of('select', fired, v, v), v);
});

test('what nodes are made of comes before them, and stops at what is given', (t) => {
  const graph = new Graph();
  const x = graph.input('x');
  const e = graph.of('exp' satisfies Operation, x);
  const sum = graph.of('add', e, graph.input('y'));
  t.deepEqual(
    reachable([sum]).map(({ op }) => op),
    ['input', 'exp', 'input', 'add'],
  );
  t.deepEqual(
    reachable([sum], undefined, new Set([e])).map(({ op }) => op),
    ['exp', 'input', 'add'],
  );
});
