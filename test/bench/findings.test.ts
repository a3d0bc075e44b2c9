import test from 'ava';
import { rowsOf, verdictOf } from '../../bench/findings.js';

test('verdictOf: short below the target, met from it on, aim met from the aim on', (t) => {
  const target = { least: 2, aim: 3 };
  t.deepEqual(
    [1.99, 2, 2.99, 3].map((ratio) => verdictOf(ratio, target)),
    ['short', 'met', 'met', 'aim met'],
  );
  t.is(verdictOf(1e9, { least: 2 }), 'met');
});

test('rowsOf: the target is that of the faster layout, and of no other family', (t) => {
  const times = [
    { peer: 'eager nchw', ours: [1], theirs: [9] },
    { peer: 'eager nhwc', ours: [1], theirs: [2.5] },
    { peer: 'eager-avx2 nchw', ours: [1], theirs: [9] },
    { peer: 'compiled nchw', ours: [1], theirs: [1] },
  ];
  const rows = rowsOf(times, { eager: { least: 2.4, aim: 3 } });
  t.deepEqual(
    rows.map(({ verdict }) => verdict),
    ['', 'met', '', ''],
  );
  t.deepEqual(rows[1].target, { least: 2.4, aim: 3 });
  t.false(rows.some(({ target }, i) => i !== 1 && target !== undefined));
});
