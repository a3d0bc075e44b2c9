// Layers of neurons that never fire, or always do: nothing behind them learns from the input, and the loss says so late or
// never.
import type { LayerActivity } from '../engines/engine.js';
import { EVALUATION_BATCH } from '../measures/accuracy.js';
import { gives, kindOf, type Layer, type Network } from '../network/layers.js';
import type { EpochRow } from '../records/record.js';

/** The layers of which no neuron fired. */
export const silentLayers = (activity: readonly LayerActivity[]): string[] =>
  activity
    .filter(({ kind, nonZero }) => kind === 'neuron' && nonZero.every((count) => count === 0))
    .map(({ layer }) => layer);

/** The layers of which every neuron fired for every example at every step; what gives no spikes is not among them. */
export function saturatedLayers(activity: readonly LayerActivity[], { layers }: Network): string[] {
  const spiking = new Set<string>();
  const walk = (inner: readonly Layer[]): void => {
    for (const layer of inner) {
      const kind = kindOf(layer);
      if (kind.role === 'residual') kind.branches(layer).forEach(walk);
      else if (gives(layer) === 'spikes') spiking.add(layer.name);
    }
  };
  walk(layers);
  return activity
    .filter(({ kind, layer, nonZero, size }) => {
      const always = nonZero.every((count) => count === size);
      return kind === 'neuron' && size > 0 && spiking.has(layer) && always;
    })
    .map(({ layer }) => layer);
}

/**
 * One line for each layer that was silent or saturated after an epoch: the first one, and the number of examples.
 *
 * @param rows - completed epochs
 * @param whole - epochs of the training and examples of its test part
 */
export function activityWarnings(
  rows: readonly EpochRow[],
  whole: { epochs: number; tested: number },
): string[] {
  const lines = (layersOf: (row: EpochRow) => readonly string[] | undefined, fires: string): string[] => {
    const first = new Map<string, number>();
    for (const row of rows)
      for (const layer of layersOf(row) ?? []) if (!first.has(layer)) first.set(layer, row.epoch);
    return [...first].map(([layer, epoch]) => {
      const seen = epoch === whole.epochs ? whole.tested : Math.min(EVALUATION_BATCH, whole.tested);
      return `layer ${layer} ${fires} of ${seen.toLocaleString('en-US')} test examples after epoch ${epoch}`;
    });
  };
  return [
    ...lines(({ silent }) => silent, 'fires for none'),
    ...lines(({ saturated }) => saturated, 'fires at every step for each'),
  ];
}
