// The rectangle whose width follows the batch norm in front of the neurons, as in MPD-AGL.
// Tests: test/surrogates/settings.test.ts.
import { call, name, num } from '../equations/expression.js';
import { before } from '../equations/names.js';
import { divide, where } from '../equations/simplify.js';
import type { StatefulSurrogate } from './stateful.js';

/** What each pass sets anew: widths in the first step, and in those after it. */
export const FIRST_WIDTH = 'h.first';
export const LATER_WIDTH = 'h.later';

const LATER = 'h.is later';
/** Narrower, 1/w would overflow in 32 bits before long. */
export const LEAST_WIDTH = 1e-6;

/** h = 1/w inside |u| \< w/2 (strict), else 0, w the width of the step. */
export const tiedRectangle: StatefulSurrogate = {
  numbers: { [FIRST_WIDTH]: 1, [LATER_WIDTH]: 1 },
  state: { name: LATER, initial: 0, next: () => num(1) },
  derivative(u) {
    const isLater = call('greater', [name(before(LATER)), num(0)]);
    const width = where(isLater, name(LATER_WIDTH), name(FIRST_WIDTH));
    const inside = call('less', [call('abs', [u]), divide(width, num(2))]);
    return where(inside, divide(num(1), width), num(0));
  },
};

/** Both widths by the names of the equations. A γ̄ of 0 or below has no distribution to follow: the width is then the least. */
export function tiedNumbers(
  gamma: ArrayLike<number>,
  factors: readonly [first: number, later: number],
): Record<string, number> {
  let sum = 0;
  for (let i = 0; i < gamma.length; i++) sum += gamma[i];
  const [first, later] = factors.map((factor) => Math.max(LEAST_WIDTH, (factor * sum) / gamma.length));
  return { [FIRST_WIDTH]: first, [LATER_WIDTH]: later };
}
