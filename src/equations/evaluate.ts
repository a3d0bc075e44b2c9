// The interpreter: an expression becomes a chain of closures over an array of numbers, float64. Names are resolved once.
import type { Expression } from './expression.js';
import { CONSTANTS, definitionOf } from './functions.js';

/** What the interpreter gives a meaning to: the step and the gradient through it. */
export interface Meanings {
  /** The spike of its argument. Default: 1 above 0, else 0. Something smooth in its place has a gradient to compare with. */
  spike?(a: number): number;
  /** What `detach` gives. Default: its argument. Central differences hold it at what it was. */
  detach?(a: number): number;
  /** The surrogate derivative. */
  surrogate?(a: number): number;
  /** The SGS scale from the gradient that arrives, the potential and the spike. Default: 1, no scaling. */
  sgs?(g: number, v: number, o: number): number;
}

/** Computes an expression from the values of its names. */
export type Evaluator = (values: ArrayLike<number>) => number;

/** The step function: strict, as in the paper. */
const step = (a: number): number => (a > 0 ? 1 : 0);
/** The same with its edge. */
const stepFrom = (a: number): number => (a >= 0 ? 1 : 0);

function meaningOf(fn: string, meanings: Meanings): (...args: number[]) => number {
  if (fn === 'spike') return meanings.spike ?? step;
  if (fn === 'spikeFrom') return meanings.spike ?? stepFrom;
  if (fn === 'detach') return meanings.detach ?? ((a) => a);
  if (fn === 'sgs') return meanings.sgs ?? (() => 1);
  if (fn === 'surrogate' && meanings.surrogate) return meanings.surrogate;
  throw new Error(`${fn} has no meaning here`); // a fault of the caller: no text can hold it
}

/**
 * Makes the function that computes an expression.
 *
 * @param slots - where the value of each name stands in the array
 */
export function evaluator(
  expression: Expression,
  slots: ReadonlyMap<string, number>,
  meanings: Meanings = {},
): Evaluator {
  if (expression.kind === 'number') {
    const { value } = expression;
    return () => value;
  }
  if (expression.kind === 'name') {
    const slot = slots.get(expression.name);
    if (slot !== undefined) return (values) => values[slot];
    const value = CONSTANTS.get(expression.name);
    if (value === undefined) throw new Error(`${expression.name} has no value`); // names are checked before
    return () => value;
  }
  const compute = definitionOf(expression.fn).value ?? meaningOf(expression.fn, meanings);
  const [a, b, c] = expression.args.map((argument) => evaluator(argument, slots, meanings));
  if (!b) return (values) => compute(a(values));
  if (!c) return (values) => compute(a(values), b(values));
  return (values) => compute(a(values), b(values), c(values));
}

/** The value of an expression whose names have these values. */
export function evaluate(
  expression: Expression,
  values: Readonly<Record<string, number>>,
  meanings: Meanings = {},
): number {
  const names = Object.keys(values);
  const slots = new Map(names.map((name, i) => [name, i]));
  return evaluator(expression, slots, meanings)(names.map((name) => values[name]));
}
