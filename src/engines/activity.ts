// Activity of several batches as that of one.
import type { LayerActivity } from './engine.js';

/** Adds up the activity of two batches of one network. */
export function addActivity(a: LayerActivity[], b: LayerActivity[]): LayerActivity[] {
  const sum = (x: number[], y: number[]): number[] => x.map((value, t) => value + y[t]);
  return a.map((layer, i) => ({
    ...layer,
    nonZero: sum(layer.nonZero, b[i].nonZero),
    size: layer.size + b[i].size,
    ...(layer.operations && { operations: sum(layer.operations, b[i].operations!) }),
  }));
}
