import test from 'ava';
import { each, grid, spread, WORKGROUP } from '../../../../src/engines/webgpu/kernels/grid.js';

test('groups are spread over two dimensions of at most 65,535, with fewer than a row too many', (t) => {
  t.deepEqual(spread(1), { x: 1, y: 1 });
  t.deepEqual(spread(65_535), { x: 65_535, y: 1 });
  for (const groups of [65_536, 131_071, 4_194_305]) {
    const { x, y } = spread(groups);
    t.true(Math.max(x, y) <= 65_535, `${groups}`);
    t.true(x * y >= groups && x * y - groups < x, `${groups}`);
  }
});

test('a grid has an invocation for each element, and the numbers that `each` finds its element by', (t) => {
  const { groups, numbers } = grid(100_000_000);
  t.is(numbers.TOTAL, 100_000_000);
  t.is(numbers.ROW, groups[0] * WORKGROUP);
  t.true(groups[0] * groups[1] * WORKGROUP >= numbers.TOTAL);
  t.regex(
    each('y[e] = 0;'),
    /let e = id\.y \* ROW \+ id\.x;\n {2}if \(e >= TOTAL\) { return; }\n {2}y\[e] = 0;/,
  );
});
