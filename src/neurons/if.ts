// Tests: test/neurons/descriptions.test.ts.
import type { NeuronDescription } from '../equations/index.js';

/** Integrate and fire: nothing leaks; hard reset, which is differentiated through. */
export const integrateAndFire = {
  name: 'if',
  parameters: { theta: 1 },
  state: { u: 0 },
  step: ['v = u + x', 'o = spike(v - theta)', 'u = (1 - o) * v'],
  output: 'o',
} satisfies NeuronDescription;
