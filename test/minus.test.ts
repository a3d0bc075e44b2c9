import test from 'ava';
import { minusInText, withMinus } from '../src/minus.js';

test('withMinus: the sign in front is a minus, an exponent is left as it is', (t) => {
  t.is(withMinus('-0.42'), '−0.42');
  t.is(withMinus('1e-4'), '1e-4');
  t.is(withMinus('-1e-4'), '−1e-4');
});

test('minusInText: signs of numbers change; words, dates, ranges and exponents do not', (t) => {
  t.is(minusInText('-0.42 points [-0.59, -0.25]'), '−0.42 points [−0.59, −0.25]');
  for (const text of [
    'gaussian-pixel-sigma',
    'run-0201cf2a',
    'resnet-19',
    '2026-11-26',
    '1e-4',
    '30-40',
    'a - b',
    '--seed',
  ])
    t.is(minusInText(text), text);
});
