// Which weights Lipschitz regularisation is applied to, for every engine.
import { SettingsError } from '../errors.js';
import type { ParameterSpec } from '../parameter-specs.js';
import type { LipschitzSettings } from '../training.js';

/**
 * The weights that the penalty includes; none when it is off.
 *
 * @throws SettingsError when layers are named and none of them has weights
 */
export function penalisedWeights(
  specs: ParameterSpec[],
  { beta, layers }: LipschitzSettings,
): ParameterSpec[] {
  if (beta === 0) return [];
  const weights = specs.filter(({ role }) => role === 'weight');
  const layerOf = ({ name }: ParameterSpec): string => name.replace(/\.weight$/, '');
  const included = weights.filter((spec) => layers === 'all' || layers.includes(layerOf(spec)));
  if (included.length === 0)
    throw new SettingsError(
      `lipschitz.layers: none of [${layers}] is a layer with weights; the network has ${weights.map(layerOf).join(', ')}`,
    );
  return included;
}
