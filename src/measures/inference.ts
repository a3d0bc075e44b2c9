// Inference of one example at a time: the activity of every neuron, where `evaluate` reports only counts.
import { SettingsError } from '../errors.js';
import { outputsOf, readLogits } from '../learning/readout.js';
import type { Network } from '../network/layers.js';
import type { TensorMap } from '../network/parameters.js';
import { placeLayers } from '../network/shapes.js';
import { forward } from '../engines/plain/forward.js';
import type { ForwardSettings } from '../engines/plain/pass.js';

/** Logits of one example, and every spike on the way. */
export interface InferenceResult {
  /** Mean over time, `[classes]`. */
  logits: Float64Array;
  /** Spikes of each LIF layer, 0 or 1, `[T][H·W·C]`. */
  spikes: Map<string, Float64Array>;
}

/**
 * Prepares a network for inference (running statistics of batch norm).
 *
 * @param weights - parameters and running statistics, named as in `parameterSpecs`
 * @returns a function from the frames of one example (`[T][H·W·C]`, or one frame that is repeated) to its result
 */
export function inference(
  network: Network,
  weights: TensorMap,
  settings: ForwardSettings,
): (frames: readonly ArrayLike<number>[]) => InferenceResult {
  const placed = new Map(placeLayers(network).map((place) => [place.layer.name, place]));
  const { steps } = settings;
  return (frames) => {
    if (frames.length !== 1 && frames.length !== steps)
      throw new SettingsError(
        `inference: expected 1 or ${steps} frames, got ${frames.length}; give one a step`,
      );
    const size = frames[0].length;
    const x = new Float64Array(steps * size);
    for (let t = 0; t < steps; t++) x.set(frames[frames.length === 1 ? 0 : t], t * size);
    const spikes = new Map<string, Float64Array>();
    const { y } = forward(x, {
      ...{ network, settings, placed, batch: 1, training: false },
      parameter: (name) => weights[name].data,
      onNeurons: (layer, { o }) => spikes.set(layer, o),
    });
    const read = readLogits({ steps, batch: 1, classes: outputsOf(network), values: y }, network).logits;
    const logits = new Float64Array(network.classes);
    read.values.forEach((value, i) => (logits[i % network.classes] += value / read.steps));
    return { logits, spikes };
  };
}
