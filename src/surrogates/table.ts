// A surrogate as a table of values, measured or drawn, for instance: as an equation, which every engine runs.
// Tests: test/surrogates/settings.test.ts.
import { z } from 'zod';
import { call, type Expression, name, num } from '../equations/expression.js';
import { add, multiply, subtract, where } from '../equations/simplify.js';
import { atLeastZero, number } from '../settings.js';

/** The most knots: h of an argument looks at all of them. */
const MOST_KNOTS = 64;

/** h is linear between knots, and 0 before the first and behind the last. */
export interface TableSurrogate {
  name: 'table';
  /** Arguments u of the spike, ascending: 2 to 64. */
  knots: number[];
  /** h of each; at least 0. */
  values: number[];
}

/** Its settings in an experiment. */
export const tableFields = {
  name: z.literal('table'),
  knots: z.array(number).min(2).max(MOST_KNOTS),
  values: z.array(atLeastZero).min(2).max(MOST_KNOTS),
};

/** What is wrong with a table as a whole; undefined where nothing is. */
export function tableProblem({ knots, values }: TableSurrogate): string | undefined {
  if (knots.length !== values.length)
    return `${values.length} values for ${knots.length} knots; give one value for each knot`;
  const late = knots.findIndex((knot, i) => i > 0 && !(knot > knots[i - 1]));
  if (late > 0)
    return `knots must ascend: knot ${late + 1} is ${knots[late]}, the one before it ${knots[late - 1]}`;
  return values.some((value) => value > 0)
    ? undefined
    : 'every value is 0: no gradient would pass; give one above 0';
}

/** h of a table as an expression: halves of the knots, halved again, so that it nests no deeper than it must. */
export function tableExpression({ knots, values }: TableSurrogate): Expression {
  const u = name('u');
  const between = (from: number, to: number): Expression => {
    if (to - from === 1) {
      const slope = (values[to] - values[from]) / (knots[to] - knots[from]);
      return add(num(values[from]), multiply(num(slope), subtract(u, num(knots[from]))));
    }
    const middle = Math.floor((from + to) / 2);
    return where(call('less', [u, num(knots[middle])]), between(from, middle), between(middle, to));
  };
  const last = knots.length - 1;
  const beforeEnd = where(call('greater', [u, num(knots[last])]), num(0), between(0, last));
  return where(call('less', [u, num(knots[0])]), num(0), beforeEnd);
}
