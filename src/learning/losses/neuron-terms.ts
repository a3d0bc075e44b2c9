// The terms of a loss that judge neurons, by kind, and their values over all layers. Adding one: its file, and its line in
// `builtIn`.
import type * as Tf from '@tensorflow/tfjs';
import { distribution } from './distribution.js';
import { imLoss } from './im-loss.js';
import type { LayerMoments, NeuronTermOf } from './neuron-term.js';
import { spikeRate } from './spike-rate.js';

export type { LayerMoments } from './neuron-term.js';

const builtIn = [imLoss, distribution, spikeRate] as const;

type SettingsOf<One> = One extends NeuronTermOf<infer Settings> ? Settings : never;

/** Terms that judge neurons. */
export type NeuronTermSettings = SettingsOf<(typeof builtIn)[number]>;
/** A term of a loss with its weight. */
export type Weighted<Settings> = Settings & {
  /** Its weight, at least 0. Default 1. */
  weight: number;
};

/** All kinds by name. */
export const neuronTerms = new Map<string, NeuronTermOf<NeuronTermSettings>>(
  builtIn.map((one) => [one.kind, one as unknown as NeuronTermOf<NeuronTermSettings>]),
);

/** Whether a term is one of these. */
export const isNeuronTerm = (term: { kind: string }): term is NeuronTermSettings =>
  neuronTerms.has(term.kind);

/** The moments of a layer, from every `v − θ` and every spike. */
export function momentsOf(margins: Float64Array, spikes: Float64Array): LayerMoments {
  const mean = margins.reduce((sum, a) => sum + a, 0) / margins.length;
  const variance = margins.reduce((sum, a) => sum + (a - mean) ** 2, 0) / margins.length;
  const rate = spikes.reduce((sum, o) => sum + o, 0) / spikes.length;
  return { count: margins.length, mean, spread: Math.sqrt(variance), rate };
}

/** What is added to the gradients of one layer: `offset + slope·(v − θ)` to that of each `v − θ`, `spike` to that of each spike. */
export interface Pull {
  offset: number;
  slope: number;
  spike: number;
}

/**
 * What the terms pull the neurons of a layer by.
 *
 * @param layers - how many layers of neurons that spike the network has
 */
export function pullOf(
  terms: readonly Weighted<NeuronTermSettings>[],
  moments: LayerMoments,
  layers: number,
): Pull {
  const { count, mean, spread } = moments;
  const pull: Pull = { offset: 0, slope: 0, spike: 0 };
  for (const term of terms) {
    const { byMean, bySpread, byRate } = neuronTerms.get(term.kind)!.plain(moments, term);
    const each = term.weight / (layers * count);
    const slope = spread > 0 ? (each * bySpread) / spread : 0; // ∂s/∂a = (a − m) / (N·s)
    pull.offset += each * byMean - slope * mean;
    pull.slope += slope;
    pull.spike += each * byRate;
  }
  return pull;
}

/** The value of one term: the mean over the layers. */
export const neuronTermValue = (term: NeuronTermSettings, layers: readonly LayerMoments[]): number =>
  layers.reduce((sum, moments) => sum + neuronTerms.get(term.kind)!.plain(moments, term).value, 0) /
  layers.length;

/** One layer on tensors: every `v − θ` and every spike. */
export interface LayerTensors {
  margins: Tf.Tensor;
  spikes: Tf.Tensor;
}

/** A variance below it is none: the root has no derivative at 0. */
const NO_VARIANCE = 1e-30;

/** The same on tensors, a scalar that can be differentiated. */
export function neuronTermOfTensors(
  tf: typeof Tf,
  term: NeuronTermSettings,
  layers: readonly LayerTensors[],
): Tf.Scalar {
  const values = layers.map(({ margins, spikes }) => {
    const mean = margins.mean() as Tf.Scalar;
    const variance = margins.sub(mean).square().mean();
    const spread = tf.sqrt(tf.maximum(variance, NO_VARIANCE)) as Tf.Scalar;
    const moments = { mean, spread, rate: spikes.mean() as Tf.Scalar };
    return neuronTerms.get(term.kind)!.tensor(tf, moments, term);
  });
  return tf.addN(values).div(layers.length) as Tf.Scalar;
}
