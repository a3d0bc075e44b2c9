// Names in equations that mean something of themselves. Those with a sign cannot be written in a description, so that they never meet a
// name of a description. Tests: test/equations/neuron.test.ts.

/** The input current. */
export const INPUT = 'x';
/** The potential by which SGS scales the gradient of the spike. */
export const POTENTIAL = 'v';
/** Argument of `spike(…)`, where a loss judges it: the potential above the threshold. */
export const MARGIN = 'v−θ';
/** The derivative of the loss with respect to a variable. */
export const adjointOf = (variable: string): string => `∂${variable}`;
/** The value that a state had after the step before. */
export const before = (state: string): string => `${state}[t-1]`;
/** What the next step hands back to a state. */
export const fromNext = (state: string): string => `∂⁺${state}`;
/** What the layers above hand back to the output. */
export const fromAbove = (output: string): string => `∂↑${output}`;
/** What a step hands back to a state as it was before the step. */
export const handedBack = (state: string): string => adjointOf(before(state));
/** What a term of the loss that judges a variable itself hands to it. */
export const fromLoss = (variable: string): string => `∂←${variable}`;
