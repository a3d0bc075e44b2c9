// Layers of neurons that never fire: nothing behind them learns from the input, and the loss says so late or never.
import type { LayerActivity } from '../engines/engine.js';
import { EVALUATION_BATCH } from '../measures/accuracy.js';
import type { EpochRow } from '../records/record.js';

/** The layers of which no neuron fired. */
export const silentLayers = (activity: readonly LayerActivity[]): string[] =>
  activity
    .filter(({ kind, nonZero }) => kind === 'neuron' && nonZero.every((count) => count === 0))
    .map(({ layer }) => layer);

/**
 * One line for each layer that was silent after an epoch: the first one, and how many examples were looked at.
 *
 * @param rows - completed epochs
 * @param whole - epochs of the training and examples of its test part
 */
export function silentWarnings(
  rows: readonly EpochRow[],
  whole: { epochs: number; tested: number },
): string[] {
  const first = new Map<string, number>();
  for (const { epoch, silent = [] } of rows)
    for (const layer of silent) if (!first.has(layer)) first.set(layer, epoch);
  return [...first].map(([layer, epoch]) => {
    const seen = epoch === whole.epochs ? whole.tested : Math.min(EVALUATION_BATCH, whole.tested);
    return `layer ${layer} fires for none of ${seen.toLocaleString('en-US')} test examples after epoch ${epoch}`;
  });
}
