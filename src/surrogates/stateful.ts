// A surrogate that is a function of more than the argument of the spike: of a state of its own, which each step carries on.
import type { Expression } from '../equations/expression.js';

/** One as equations, whose names no description can have. Tests: test/neurons/in-force.test.ts. */
export interface StatefulSurrogate {
  /** Numbers by name. */
  numbers: Readonly<Record<string, number>>;
  state: {
    name: string;
    initial: number;
    /** Its value after a step, from the variable that the spike of the step is. */
    next(spike: string): Expression;
  };
  /** h, from the argument of the spike, the numbers and the state before the step. */
  derivative(argument: Expression): Expression;
}
