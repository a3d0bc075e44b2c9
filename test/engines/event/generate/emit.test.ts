import test from 'ava';
import { literal, statements, variable } from '../../../../src/engines/event/generate/emit.js';
import { Fused } from '../../../../src/engines/event/generate/fuse.js';
import { Graph } from '../../../../src/engines/event/generate/graph.js';

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

test('statements in order: what can be read is read, sums of products are one multiply-add', (t) => {
  const graph = new Graph();
  const x = graph.input('x');
  const slot = graph.table(1);
  const sum = graph.of('add', graph.of('multiply', slot, x), graph.number(0.5));
  const e = graph.of('exp', sum);
  const fused = new Fused([...graph.nodes], [...graph.nodes]);
  t.deepEqual(
    statements(fused, fused.needed([e]), (node) => (node === x ? 'x' : undefined)),
    [
      'const n0 = x;',
      'const n1 = v128.load(table, 256);',
      `const ${variable(sum)} = madd(n1, n0, f32x4.splat(0.5));`,
      `const ${variable(e)} = exp(${variable(sum)});`,
    ],
  );
  t.throws(() => statements(fused, [x], () => undefined), { message: /nothing reads input x/ });
});
