import test from 'ava';
import { literal, statements, variable } from '../../../../src/engines/event/generate/emit.js';
import { Fused } from '../../../../src/engines/event/generate/fuse.js';
import { Graph } from '../../../../src/engines/generate/graph.js';

test('numbers are written as float32, with their special values', (t) => {
  t.deepEqual([0.1, 1, -0, Infinity, -Infinity, NaN, 1e-30].map(literal), [
    '0.10000000149011612',
    '1',
    '-0.0',
    '<f32>Infinity',
    '-<f32>Infinity',
    '<f32>NaN',
    '1.0000000031710769e-30',
  ]);
});

/** Constants have entries 7, 8 … of a table, in the order in which they are asked for. */
function constantsFrom(first: number) {
  const known: number[] = [];
  return (value: number): number => {
    const at = known.findIndex((other) => Object.is(other, value));
    return first + (at >= 0 ? at : known.push(value) - 1);
  };
}

test('statements in order: what can be read is read, sums of products are one multiply-add, constants are of the table', (t) => {
  const constants = constantsFrom(7);
  const graph = new Graph();
  const x = graph.input('x');
  const slot = graph.table(1);
  const sum = graph.of('add', graph.of('multiply', slot, x), graph.number(0.5));
  const e = graph.of('exp', sum);
  const fused = new Fused([...graph.nodes], [...graph.nodes]);
  t.deepEqual(
    statements(fused, fused.needed([e]), constants, (node) => (node === x ? 'x' : undefined)),
    [
      'const n0 = x;',
      'const n1 = v128.load(table, 256);',
      `const ${variable(sum, constants)} = madd(n1, n0, v128.load(table, 1024));`,
      `const ${variable(e, constants)} = exp(${variable(sum, constants)}, constants);`,
    ],
  );
  const turned = graph.of('turn', x, graph.of('one', graph.of('gt', x, slot)));
  const lines = statements(new Fused([], []), [turned.args[1], turned], constants, () => undefined);
  t.regex(lines[0], /v128.and\(n\d+, v128.load\(table, 1152\)\)/); // 1
  t.regex(lines[1], /v128.xor\(n0, v128.and\(n\d+, v128.load\(table, 1280\)\)\)/); // the sign bit
  t.throws(() => statements(fused, [x], constants, () => undefined), { message: /nothing reads input x/ });
});

test('several vectors: each statement for all of them before the next, numbers read once for all', (t) => {
  const constants = constantsFrom(7);
  const graph = new Graph();
  const x = graph.input('x');
  const scaled = graph.of('multiply', graph.table(1), x);
  const root = graph.of('add', graph.of('exp', scaled), graph.number(0.5));
  const fused = new Fused([...graph.nodes], [...graph.nodes]);
  const read = (node: unknown, vector: number) => (node === x ? `x + ${vector}` : undefined);
  const lines = statements(fused, fused.needed([root]), constants, read, 2);
  const [a, b] = ['v128.load(table, 256)', 'v128.load(table, 272)']; // four channels, and the four behind them
  const one = (name: string, ...values: string[]) =>
    values.map((value, k) => `const ${name}${k ? `_${k}` : ''} = ${value};`);
  t.deepEqual(lines, [
    ...one('n0', 'x + 0', 'x + 1'),
    ...one('n1', a, b),
    ...one('n2', 'f32x4.mul(n1, n0)', 'f32x4.mul(n1_1, n0_1)'),
    ...one('n3', 'exp(n2, constants)', 'exp(n2_1, constants)'),
    ...one('n5', 'f32x4.add(n3, v128.load(table, 1024))', 'f32x4.add(n3_1, v128.load(table, 1024))'),
  ]);
});
