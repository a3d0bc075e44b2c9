// The strength of SGS by the rule of EWGS: how curved the loss is along what a layer hands on, against how large its gradient is.
// Lee, Kim & Ham, Network quantization with element-wise gradient scaling, CVPR 2021, Eq. (8) and Section 3.3.
import { breathe } from '../cell/interrupt.js';
import type { Batch } from '../data/dataset.js';
import { overTime } from '../engines/batch.js';
import type { ModelSettings } from '../engines/engine.js';
import { forward } from '../engines/plain/forward.js';
import { neuronLayers, settledNeuron } from '../engines/settled.js';
import { lossOfOutputs } from '../learning/losses/objective.js';
import type { Network } from '../network/layers.js';
import type { TensorMap } from '../network/parameters.js';
import { placeLayers } from '../network/shapes.js';
import { stream } from '../random.js';

/** Options of the estimate. */
export interface CurvatureOptions {
  /** Distance by which a layer's output is moved there and back. */
  epsilon: number;
  /** Of the random signs, and the more of what tells one time from another. */
  seed: number;
  path?: readonly (string | number)[];
  /** Looked at before each layer. */
  signal?: AbortSignal;
}

/** Statistics of a layer after some batches. */
export interface LayerCurvature {
  layer: string;
  /** Hutchinson's Tr H/N of each batch: the mean second derivative of the loss by a value that the layer hands on. */
  curvature: number[];
  /** Standard deviation of the gradient of these values, of each batch. */
  deviation: number[];
  /** δ = max(0, mean of curvature/(3·deviation)); a batch without any gradient counts as 0. */
  delta: number;
}

/**
 * The curvature of the training loss (penalties of weights and terms that judge neurons left out) by what each layer of neurons
 * hands on, `[T·B, H, W, C]`: vᵀHv of one vector v of random signs for each layer and batch, with Hv the central difference of
 * two gradients, each by the surrogate. In float64 by engine plain, whatever engine trains.
 */
export async function layerCurvatures(
  network: Network,
  settings: ModelSettings,
  weights: TensorMap,
  batches: readonly Batch[],
  { epsilon, seed, path = [], signal }: CurvatureOptions,
): Promise<LayerCurvature[]> {
  const neuron = settledNeuron(network, settings.neuron);
  const placed = new Map(placeLayers(network).map((place) => [place.layer.name, place]));
  const values = new Map(Object.entries(weights).map(([name, { data }]) => [name, Float64Array.from(data)]));

  /** The gradients of what layers hand on, what one of them hands on moved by `step` times signs. */
  function gradients(batch: Batch, moved?: { layer: string; by: Float64Array }): Map<string, Float64Array> {
    const { steps, loss } = settings;
    const found = new Map<string, Float64Array>();
    const { y, back } = forward(overTime(batch, network, steps), {
      ...{ network, settings: { ...settings, neuron }, placed, batch: batch.labels.length, training: true },
      parameter: (name) => values.get(name)!,
      handsOn: (layer, given) =>
        moved?.layer === layer ? given.map((value, i) => value + moved.by[i]) : given,
      onHandedOn: (layer, gradient) => found.set(layer, gradient),
    });
    back(lossOfOutputs(y, batch.labels, steps, network, loss).gradient);
    return found;
  }

  const rows = neuronLayers(network).map((layer): LayerCurvature => ({
    layer,
    curvature: [],
    deviation: [],
    delta: 0,
  }));
  for (const [b, batch] of batches.entries()) {
    const here = gradients(batch);
    for (const row of rows) {
      await breathe(signal);
      const g = here.get(row.layer)!;
      const { chance } = stream(seed, 'probe', 'curvature', ...path, b, row.layer);
      const signs = Float64Array.from(g, () => (chance(0.5) ? 1 : -1));
      const at = (step: number): Float64Array =>
        gradients(batch, { layer: row.layer, by: signs.map((sign) => step * sign) }).get(row.layer)!;
      const [above, below] = [at(epsilon), at(-epsilon)];
      const trace = signs.reduce((sum, sign, i) => sum + (sign * (above[i] - below[i])) / (2 * epsilon), 0);
      row.curvature.push(trace / g.length);
      row.deviation.push(deviationOf(g));
    }
  }
  for (const row of rows) {
    const ratios = row.curvature.map((value, b) =>
      row.deviation[b] > 0 ? value / (3 * row.deviation[b]) : 0,
    );
    row.delta = Math.max(0, ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length);
  }
  return rows;
}

/** The standard deviation of all values, not an estimate of one. */
function deviationOf(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}
