// Sums, products and powers in their simplest form, for derivatives. 0·x, 1·x, x + 0, x^1 and −(−x) vanish and arithmetic of
// numbers is done at once, so that a derived equation reads as one would write it by hand. Equations that are written by hand are
// never rewritten.
import { call, type Expression, num } from './expression.js';

const valueOf = (e: Expression): number | null => (e.kind === 'number' ? e.value : null);
const negated = (e: Expression): Expression | null =>
  e.kind === 'call' && e.fn === 'negate' ? e.args[0] : null;

/** −a */
export function negate(a: Expression): Expression {
  if (a.kind === 'number') return num(a.value === 0 ? 0 : -a.value);
  return negated(a) ?? call('negate', [a]);
}

/** a + b */
export function add(a: Expression, b: Expression): Expression {
  const [p, q] = [valueOf(a), valueOf(b)];
  if (p === 0) return b;
  if (q === 0) return a;
  if (p !== null && q !== null) return num(p + q);
  const minus = negated(b);
  return minus ? subtract(a, minus) : call('add', [a, b]);
}

/** a − b */
export function subtract(a: Expression, b: Expression): Expression {
  const [p, q] = [valueOf(a), valueOf(b)];
  if (q === 0) return a;
  if (p === 0) return negate(b);
  if (p !== null && q !== null) return num(p - q);
  const minus = negated(b);
  return minus ? add(a, minus) : call('subtract', [a, b]);
}

/** a·b; the sign of a factor comes to the front. */
export function multiply(a: Expression, b: Expression): Expression {
  const [p, q] = [valueOf(a), valueOf(b)];
  if (p === 0 || q === 0) return num(0);
  if (p === 1) return b;
  if (q === 1) return a;
  if (p !== null && q !== null) return num(p * q);
  if (p === -1) return negate(b);
  if (q === -1) return negate(a);
  const [minusA, minusB] = [negated(a), negated(b)];
  if (minusA) return negate(multiply(minusA, b));
  if (minusB) return negate(multiply(a, minusB));
  return call('multiply', [a, b]);
}

/** a/b; two numbers stay a quotient where their division would be rounded. */
export function divide(a: Expression, b: Expression): Expression {
  const [p, q] = [valueOf(a), valueOf(b)];
  if (p === 0 && q !== 0) return num(0);
  if (q === 1) return a;
  if (p !== null && q !== null && Number.isSafeInteger(p / q)) return num(p / q);
  const minus = negated(a);
  return minus ? negate(divide(minus, b)) : call('divide', [a, b]);
}

/** a^b */
export function power(a: Expression, b: Expression): Expression {
  const exponent = valueOf(b);
  if (exponent === 0) return num(1);
  return exponent === 1 ? a : call('power', [a, b]);
}

/** where(c, a, b); both cases alike need no condition. */
export function where(c: Expression, a: Expression, b: Expression): Expression {
  return valueOf(a) !== null && valueOf(a) === valueOf(b) ? a : call('where', [c, a, b]);
}
