// STDB, the spike-timing dependent surrogate: it looks at when the neuron fired last, and not at its potential.
// Tests: test/neurons/in-force.test.ts.
import { call, type Expression, name, num } from '../equations/expression.js';
import { before } from '../equations/names.js';
import { add, multiply, negate } from '../equations/simplify.js';
import type { StatefulSurrogate } from './stateful.js';
import type { SurrogateParameter } from './parameter.js';

/**
 * h = exp(−β·Δt), Δt the steps since the neuron's last spike, 1 if that was in the step before, and 999 + t in step t = 0, 1, … of one
 * that has not fired. Rathi et al., Enabling deep spiking neural networks with hybrid conversion and spike timing dependent
 * backpropagation, ICLR 2020; their α is the setting `height`, 0.3 in their code, whose neurons begin as if their last spike had
 * been in step −1000.
 */
export interface StdbSurrogate {
  name: 'stdb';
  /** β, positive. Default 0.01, theirs. */
  parameter?: SurrogateParameter;
}

/** β where none is given. */
export const STDB_DECAY = 0.01;
/** Δt in the first step. */
const NEVER = 999;

const SINCE = 'h.since';
const DECAY = 'h.β';

/** As equations. */
export const stdbEquations = (beta: number): StatefulSurrogate => ({
  numbers: { [DECAY]: beta },
  state: { name: SINCE, initial: NEVER, next: (spike) => afterStep(name(spike)) },
  derivative: () => call('exp', [negate(multiply(name(DECAY), name(before(SINCE))))]),
});

const afterStep = (spike: Expression): Expression =>
  call('where', [call('greater', [spike, num(0)]), num(1), add(name(before(SINCE)), num(1))]);
