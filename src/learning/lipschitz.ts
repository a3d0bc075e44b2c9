// Which weights Lipschitz regularisation is applied to, for every engine.
import { SettingsError } from '../errors.js';
import type { ParameterSpec } from '../network/parameters.js';
import type { LipschitzSettings } from './loss.js';

/**
 * The weights that the penalty includes; none when it is off.
 *
 * @throws SettingsError when layers are named and one of them is no layer with weights, or none is named
 */
export function penalisedWeights(
  specs: ParameterSpec[],
  { beta, layers }: LipschitzSettings,
): ParameterSpec[] {
  if (beta === 0) return [];
  const weights = specs.filter(({ role }) => role === 'weight');
  const layerOf = ({ name }: ParameterSpec): string => name.replace(/\.weight$/, '');
  if (layers === 'all') return weights;
  const there = weights.map(layerOf);
  const unknown = layers.filter((layer) => !there.includes(layer));
  if (unknown.length > 0 || layers.length === 0)
    throw new SettingsError(
      `lipschitz.layers: ${layers.length === 0 ? 'names no layer' : `no layer with weights is named ${unknown.join(', ')}`}; the network has ${there.join(', ')}`,
    );
  return weights.filter((spec) => layers.includes(layerOf(spec)));
}
