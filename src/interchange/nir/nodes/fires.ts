// Firing and reset, the same for all neurons that fire. Tests: test/interchange/nir/run.test.ts.
import type { NirConventions } from '../conventions.js';

/** The spike of a potential, 0 or 1. */
export const fires = (v: number, theta: number, comparison: NirConventions['comparison']): number =>
  (comparison === '>=' ? v >= theta : v > theta) ? 1 : 0;

/** The potential after a spike: 0, the reset potential, or less by the threshold. */
export function afterSpike(
  v: number,
  theta: number,
  resetPotential: number,
  reset: NirConventions['reset'],
): number {
  if (reset === 'subtract') return v - theta;
  return reset === 'value' ? resetPotential : 0;
}
