import test from 'ava';
import { pText, pValueText } from '../../src/statistics/p-text.js';

test('pText: three decimals, and what is below a thousandth is said to be so', (t) => {
  t.is(pText(0.0364), 'p = 0.036');
  t.is(pText(0.00012), 'p < 0.001');
  t.is(pText(1, 'p (Holm)'), 'p (Holm) = 1.000');
  t.deepEqual([0.0364, 0.00012].map(pValueText), ['0.036', '< 0.001']);
});

test('pText: a thousandth itself is not below a thousandth', (t) => {
  t.deepEqual([pText(0.001), pValueText(0.001)], ['p = 0.001', '0.001']);
});
