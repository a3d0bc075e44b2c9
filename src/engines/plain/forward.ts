// Inference in plain float64 loops, one example at a time: what every neuron does, where engines report only counts.
import { SettingsError } from '../../errors.js';
import { batchNormGain } from '../../learning/batch-norm.js';
import type { BatchNorm, Layer, Network } from '../../network/layers.js';
import type { TensorMap } from '../../network/parameters.js';
import { type PlacedLayer, placeLayers, type Shape } from '../../network/shapes.js';
import { lifStep } from '../../neurons/lif.js';
import type { ModelSettings } from '../engine.js';
import { convolutionMap, type LinearMap, matrixMap } from './linear.js';

/** What inference needs to know besides network and weights. */
export type InferenceSettings = Pick<ModelSettings, 'steps' | 'neuron' | 'batchNorm'>;

/** What a network says of one example, and every spike on the way. */
export interface InferenceResult {
  /** Mean over time, `[classes]`. */
  logits: Float64Array;
  /** Spikes of each LIF layer by step, `[T][H·W·C]`. */
  spikes: Map<string, Uint8Array[]>;
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
  settings: InferenceSettings,
): (frames: readonly ArrayLike<number>[]) => InferenceResult {
  const placed = new Map(placeLayers(network).map((place) => [place.layer.name, place]));
  const maps = new Map<string, LinearMap>();
  for (const [name, { layer, input }] of placed) {
    if (layer.type === 'conv2d') maps.set(name, convolutionMap(layer, weights[`${name}.weight`].data, input));
    if (layer.type === 'linear')
      maps.set(name, matrixMap(weights[`${name}.weight`].data, layer.out, layer.in));
  }
  return (frames) => {
    if (frames.length !== 1 && frames.length !== settings.steps)
      throw new SettingsError(
        `inference: expected 1 or ${settings.steps} frames, got ${frames.length}; give one a step`,
      );
    const state = new Map<string, Float64Array>();
    const spikes = new Map<string, Uint8Array[]>();
    const logits = new Float64Array(network.classes);
    const forward = (layers: readonly Layer[], start: ArrayLike<number>): ArrayLike<number> =>
      layers.reduce<ArrayLike<number>>((x, layer) => {
        const { input, output } = placed.get(layer.name)!;
        switch (layer.type) {
          case 'conv2d':
          case 'linear':
            return addBias(maps.get(layer.name)!.apply(x), weights[`${layer.name}.bias`]?.data);
          case 'batchNorm':
            return normalise(x, foldedBatchNorm(layer, weights, settings));
          case 'lif':
            return fire(layer.name, x);
          case 'relu':
            return Float64Array.from(x, (value) => Math.max(0, value));
          case 'avgPool2d':
          case 'maxPool2d':
          case 'globalAvgPool2d':
            return pool(x, input, output, layer);
          case 'flatten':
            return x;
          case 'residual': {
            const body = forward(layer.body, x);
            const shortcut = forward(layer.shortcut, x);
            return Float64Array.from(body, (value, i) => value + shortcut[i]);
          }
        }
      }, start);
    const fire = (name: string, x: ArrayLike<number>): Uint8Array => {
      const u = state.get(name) ?? new Float64Array(x.length);
      state.set(name, u);
      const o = new Uint8Array(x.length);
      for (let i = 0; i < x.length; i++) {
        const step = lifStep(x[i], u[i], settings.neuron);
        u[i] = step.u;
        o[i] = step.o;
      }
      spikes.set(name, [...(spikes.get(name) ?? []), o]);
      return o;
    };
    for (let t = 0; t < settings.steps; t++) {
      const out = forward(network.layers, frames[Math.min(t, frames.length - 1)]);
      for (let i = 0; i < logits.length; i++) logits[i] += out[i] / settings.steps;
    }
    return { logits, spikes };
  };
}

/** Batch norm with running statistics as a factor and an addend by channel. */
export function foldedBatchNorm(
  { name }: BatchNorm,
  weights: TensorMap,
  { batchNorm, neuron }: Pick<InferenceSettings, 'batchNorm' | 'neuron'>,
): { scale: Float64Array; shift: Float64Array } {
  const [gamma, beta, mean, variance] = ['weight', 'bias', 'runningMean', 'runningVariance'].map(
    (part) => weights[`${name}.${part}`].data,
  );
  const gain = batchNormGain(batchNorm, neuron.theta);
  const scale = Float64Array.from(gamma, (g, c) => (gain * g) / Math.sqrt(variance[c] + batchNorm.epsilon));
  return { scale, shift: scale.map((factor, c) => beta[c] - mean[c] * factor) };
}

function normalise(
  x: ArrayLike<number>,
  { scale, shift }: { scale: Float64Array; shift: Float64Array },
): Float64Array {
  const channels = scale.length;
  return Float64Array.from(x, (value, i) => value * scale[i % channels] + shift[i % channels]);
}

function addBias(x: Float64Array, bias: ArrayLike<number> | undefined): Float64Array {
  if (bias) for (let i = 0; i < x.length; i++) x[i] += bias[i % bias.length];
  return x;
}

function pool(x: ArrayLike<number>, input: Shape, output: Shape, layer: PlacedLayer['layer']): Float64Array {
  const [, width, channels] = input;
  const [rows, columns] = output;
  const [down, across] =
    layer.type === 'globalAvgPool2d'
      ? [input[0], input[1]]
      : [(layer as { size: number }).size, (layer as { size: number }).size];
  const isMax = layer.type === 'maxPool2d';
  const y = new Float64Array(rows * columns * channels).fill(isMax ? -Infinity : 0);
  for (let row = 0; row < rows * down; row++)
    for (let column = 0; column < columns * across; column++)
      for (let c = 0; c < channels; c++) {
        const value = x[(row * width + column) * channels + c];
        const to = (Math.floor(row / down) * columns + Math.floor(column / across)) * channels + c;
        y[to] = isMax ? Math.max(y[to], value) : y[to] + value / (down * across);
      }
  return y;
}
