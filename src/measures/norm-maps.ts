// Norms in inference: what they multiply and add to each channel, step by step where that differs.
// Tests: test/interchange/nir/to-graph.test.ts, test/measures/spectra.test.ts.
import { type AnyNorm, foldedMap } from '../engines/plain/norms.js';
import type { ForwardSettings } from '../engines/plain/pass.js';
import { kindOf, type Layer } from '../network/layers.js';
import { stepNorms } from '../norms/index.js';
import type { StepMap } from '../norms/norm.js';

/** Whether a layer is a norm, of any type. */
export const isNorm = (layer: Layer): layer is AnyNorm => kindOf(layer).role === 'norm';

/**
 * Factor and addend of a norm by channel, in inference.
 *
 * @param layer - the norm
 * @param settings - of which its epsilon and, for tdBN, alpha and theta matter
 * @param parameter - values by the name of a parameter
 * @returns one map `[C]`, or one for each step where they differ
 */
export function normMaps(
  layer: AnyNorm,
  settings: Pick<ForwardSettings, 'batchNorm' | 'neuron'>,
  parameter: (name: string) => ArrayLike<number>,
): StepMap[] {
  const { scale, shift } = foldedMap(layer, { settings, parameter });
  const { channels } = layer;
  const count = layer.type === 'stepNorm' && stepNorms[layer.kind].differs ? layer.steps : 1;
  const rowOf = (rows: Float64Array, t: number): Float64Array => rows.slice(t * channels, (t + 1) * channels);
  return Array.from({ length: count }, (_, t) => ({ scale: rowOf(scale, t), shift: rowOf(shift, t) }));
}
