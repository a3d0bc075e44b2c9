// The weights that a regulariser looks at: all of rank 2 and more, or those of the layers that are named. Tests:
// test/learning/regularisers/lipschitz.test.ts.
import { z } from 'zod';
import { SettingsError } from '../../errors.js';
import type { ParameterSpec } from '../../network/parameters.js';
import { label } from '../../settings.js';

/** Layers by name, or `all`. */
export type ChosenLayers = 'all' | string[];

/** Their settings in an experiment. */
export const chosenLayers = z.union([z.literal('all'), z.array(label).max(10_000)]);

/**
 * The weights of the layers that are chosen.
 *
 * @param field - what the setting is called, for errors
 * @throws SettingsError when layers are named and one of them is no layer with weights, or none is named
 */
export function chosenWeights(
  specs: readonly ParameterSpec[],
  layers: ChosenLayers,
  field: string,
): ParameterSpec[] {
  const weights = specs.filter(({ role }) => role === 'weight');
  const layerOf = ({ name }: ParameterSpec): string => name.replace(/\.weight$/, '');
  if (layers === 'all') return weights;
  const there = weights.map(layerOf);
  const unknown = layers.filter((layer) => !there.includes(layer));
  if (unknown.length > 0 || layers.length === 0)
    throw new SettingsError(
      `${field}: ${layers.length === 0 ? 'names no layer' : `no layer with weights is named ${unknown.join(', ')}`}; the network has ${there.join(', ')}`,
    );
  return weights.filter((spec) => layers.includes(layerOf(spec)));
}
