import test from 'ava';
import { call, name, num } from '../../src/equations/expression.js';
import { print } from '../../src/equations/print.js';
import { add, divide, multiply, negate, power, subtract, where } from '../../src/equations/simplify.js';

const [a, b, zero, one] = [name('a'), name('b'), num(0), num(1)];
const minusA = negate(a);

test('what changes nothing vanishes, and arithmetic of numbers is done', (t) => {
  for (const [made, printed] of [
    [add(zero, a), 'a'],
    [add(a, zero), 'a'],
    [add(num(2), num(3)), '5'],
    [add(b, minusA), 'b - a'],
    [add(a, b), 'a + b'],
    [subtract(a, zero), 'a'],
    [subtract(zero, a), '-a'],
    [subtract(num(2), one), '1'],
    [subtract(b, minusA), 'b + a'],
    [multiply(zero, a), '0'],
    [multiply(a, zero), '0'],
    [multiply(one, a), 'a'],
    [multiply(a, one), 'a'],
    [multiply(num(2), num(3)), '6'],
    [multiply(num(-1), a), '-a'],
    [multiply(a, num(-1)), '-a'],
    [multiply(minusA, b), '-(a * b)'],
    [multiply(b, minusA), '-(b * a)'],
    [divide(zero, a), '0'],
    [divide(a, one), 'a'],
    [divide(num(6), num(3)), '2'],
    [divide(one, num(3)), '1 / 3'],
    [divide(zero, zero), '0 / 0'],
    [divide(minusA, b), '-(a / b)'],
    [power(a, one), 'a'],
    [power(a, zero), '1'],
    [power(a, num(2)), 'a^2'],
    [negate(minusA), 'a'],
    [negate(num(2)), '-2'],
    [negate(zero), '0'],
    [where(call('less', [a, b]), zero, num(0)), '0'],
    [where(call('less', [a, b]), a, zero), 'where(a < b, a, 0)'],
  ] as const)
    t.is(print(made), printed);
  t.deepEqual(negate(zero), num(0)); // and not −0
});
