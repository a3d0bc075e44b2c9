// The width of a rectangle that follows a batch norm, in units of that norm's γ̄. Tests: test/neurons/in-force.test.ts.
import type { NeuronEquations } from '../equations/index.js';
import { SettingsError } from '../errors.js';

/**
 * 2·θ in the first step, and 2·√(1 + τ²)·θ after it: the potential then adds τ of the one before to a current of the same deviation.
 *
 * @param scaled - γ has θ in it, as that of tdBN form B has
 * @throws SettingsError where τ or θ is no number of the neurons
 */
export function tiedFactors(
  { fixed, description }: NeuronEquations,
  { scaled }: { scaled: boolean },
): [first: number, later: number] {
  const [tau, theta] = ['tau', 'theta'].map((key) => {
    const value = fixed.get(key);
    if (value !== undefined) return value;
    throw new SettingsError(
      `surrogate.parameter rule norm needs the numbers tau and theta of the neurons, ${description.name} has no number ${key}; take lif, or give the parameter as a number`,
    );
  });
  const unit = scaled ? 1 : theta;
  return [2 * unit, 2 * Math.sqrt(1 + tau * tau) * unit];
}
