// The form of a function or an operator of the equation language: how it is computed, differentiated and shown.
import type { Expression } from './expression.js';

/** Precedence of operators; a higher one first. `atom`: numbers, names and calls, which never need brackets. */
export const LEVEL = { comparison: 1, sum: 2, product: 3, sign: 4, power: 5, atom: 6 } as const;

/** Context of a derivative. */
export interface Surroundings {
  /** The variable that the whole equation sets. */
  target: string;
}

/** One function or operator. */
export interface Definition {
  /** Number of its arguments. */
  arity: number;
  /** Its value in float64. Absent where the interpreter gives it its meaning: `spike`, `detach`, `surrogate`, `sgs`. */
  value?(...args: number[]): number;
  /**
   * Reverse mode: what each argument receives of the gradient `g` that arrives at the result. A number 0 is nothing.
   * At a kink (abs at 0, equal arguments of min and max) it is one of the one-sided derivatives, or 0.
   */
  adjoint(g: Expression, args: readonly Expression[], around: Surroundings): Expression[];
  /** An operator's sign in text and in TeX, and how tightly it binds. Absent: it is called by its name. */
  operator?: { text: string; tex: string; level: number };
  /** TeX of a function from its arguments' TeX. Default: its name and brackets. */
  tex?(...args: string[]): string;
  /** True of what only derived equations hold: it cannot be written. */
  derived?: boolean;
}
