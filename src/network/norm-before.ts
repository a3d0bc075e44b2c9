// The batch norm that sets the scale of a layer's current.
import { SettingsError } from '../errors.js';
import { gives, type Layer, type Network } from './layers.js';

/** A batch norm, whose scale is its parameter `weight`. */
export interface NormBefore {
  name: string;
  /** The scale has the threshold in it: it begins at αθ. */
  scaled: boolean;
}

/** The last batch norm of a list of layers, without one that gives something else in between; of a sum that of its body. */
function lastNorm(layers: readonly Layer[]): NormBefore | undefined {
  for (const layer of [...layers].reverse()) {
    const { name, type } = layer;
    if (type === 'batchNorm' || type === 'stepNorm') return { name, scaled: false };
    if (type === 'scaledNorm') return { name, scaled: true };
    if (layer.type === 'residual') return lastNorm(layer.body) ?? lastNorm(layer.shortcut);
    if (gives(layer) !== undefined) return undefined;
  }
  return undefined;
}

/** The layers in front of one, in its own list; undefined where it is not there. */
function layersBefore(layers: readonly Layer[], name: string): Layer[] | undefined {
  for (const [i, layer] of layers.entries()) {
    if (layer.name === name) return layers.slice(0, i);
    if (layer.type !== 'residual') continue;
    const inner = layersBefore(layer.body, name) ?? layersBefore(layer.shortcut, name);
    if (inner) return inner;
  }
  return undefined;
}

/**
 * The batch norm in front of a layer of neurons; where branches add up, that of the body.
 *
 * @throws SettingsError where there is none
 */
export function normBefore({ name: network, layers }: Network, layer: string): NormBefore {
  const norm = lastNorm(layersBefore(layers, layer) ?? []);
  if (norm !== undefined) return norm;
  throw new SettingsError(
    `surrogate.parameter rule norm follows the batch norm in front of the neurons, and ${layer} of ${network} has none; give the parameter as a number`,
  );
}
