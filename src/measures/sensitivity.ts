// Sensitivity of a trained network: how far its answer and spikes move with a small change of the input, measured, since nothing
// bounds it.
import { breathe, signalOrInterrupt } from '../cell/interrupt.js';
import type { ForwardSettings } from '../engines/plain/pass.js';
import { inference, type InferenceResult } from './inference.js';
import type { Network } from '../network/layers.js';
import type { TensorMap } from '../network/parameters.js';
import { stream } from '../random.js';
import { length } from './operator-norm.js';

/** Results at one size of the perturbation, mean over examples. */
export interface Sensitivity {
  /** Root mean square of the perturbation of a value, in units of the normalised input. */
  rms: number;
  /** `‖Δx‖`: Euclidean length of the perturbation of one frame. */
  inputChange: number;
  /** `‖Δ logits‖`. */
  logitChange: number;
  /** Largest `‖Δ logits‖ / ‖Δx‖` of an example. */
  largestGain: number;
  /** Share of examples whose predicted class changes. */
  changed: number;
  /** Share of spikes that differ, by LIF layer, over neurons and steps. */
  flips: { layer: string; rate: number }[];
}

/**
 * Perturbs examples by Gaussian noise of a fixed length and compares. The same direction is used at every size, and by
 * every network of the same input size.
 *
 * @param examples - normalised frames of each example, `[T or 1][H·W·C]`
 * @param sizes - root mean squares of the perturbation
 * @param options - `seed` of the directions; `onProgress` is called after each example; `signal` is checked before each
 *   size of each; default a notebook's interrupt
 * @throws the signal's reason when aborted
 */
export async function sensitivity(
  network: Network,
  weights: TensorMap,
  settings: ForwardSettings,
  examples: readonly (readonly Float32Array[])[],
  sizes: readonly number[],
  {
    seed,
    onProgress,
    signal: given,
  }: { seed: number; onProgress?: (done: number, total: number) => void; signal?: AbortSignal },
): Promise<Sensitivity[]> {
  const signal = signalOrInterrupt(given);
  const infer = inference(network, weights, settings);
  const found = sizes.map((rms): Sensitivity & { flips: { layer: string; rate: number }[] } => ({
    rms,
    inputChange: 0,
    logitChange: 0,
    largestGain: 0,
    changed: 0,
    flips: [],
  }));
  for (const [index, frames] of examples.entries()) {
    await breathe(signal);
    const clean = infer(frames);
    const directions = frames.map((frame, t) => direction(frame.length, seed, index, t));
    for (const row of found) {
      await breathe(signal);
      const moved = infer(
        frames.map((frame, t) => Float64Array.from(frame, (value, i) => value + row.rms * directions[t][i])),
      );
      const inputChange = row.rms * length(directions[0]);
      const logitChange = length(moved.logits.map((value, i) => value - clean.logits[i]));
      const share = 1 / examples.length;
      row.inputChange += share * inputChange;
      row.logitChange += share * logitChange;
      if (inputChange > 0) row.largestGain = Math.max(row.largestGain, logitChange / inputChange);
      row.changed += share * Number(argMax(moved.logits) !== argMax(clean.logits));
      flipRates(clean, moved).forEach(({ layer, rate }, i) => {
        row.flips[i] ??= { layer, rate: 0 };
        row.flips[i].rate += share * rate;
      });
    }
    onProgress?.(index + 1, examples.length);
  }
  return found;
}

/** A Gaussian direction with root mean square 1. */
function direction(size: number, seed: number, ...path: number[]): Float64Array {
  const random = stream(seed, 'noise', 'sensitivity', ...path);
  const values = Float64Array.from({ length: size }, () => random.normal());
  const factor = Math.sqrt(size) / length(values);
  return values.map((value) => value * factor);
}

/** Share of spikes that differ between two results, by layer. */
export function flipRates(a: InferenceResult, b: InferenceResult): { layer: string; rate: number }[] {
  return [...a.spikes].map(([layer, spikes]) => {
    const others = b.spikes.get(layer)!;
    let different = 0;
    for (let i = 0; i < spikes.length; i++) different += Number(spikes[i] !== others[i]);
    return { layer, rate: different / spikes.length };
  });
}

const argMax = (values: Float64Array): number => values.indexOf(Math.max(...values));
