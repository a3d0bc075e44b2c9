// Equal outputs first: what is timed must compute the same. How far two sides are apart, and how far they may be.
import type { Batch } from '../src/data/dataset.js';
import type { Model } from '../src/engines/engine.js';
import type { TensorMap } from '../src/network/parameters.js';

/** What both sides say of one batch at the same weights. */
export interface Outputs {
  /** Classification loss in training mode. */
  loss: number;
  /** Share of neurons that fire, by LIF layer, mean over time, in training mode. */
  rates: Record<string, number>;
  /** Time-mean logits in inference, `[B, classes]`. */
  logits: Float32Array;
  /** Of the loss, by parameter. */
  gradients: TensorMap;
}

/** What our side says. */
export async function outputsOf(model: Model, batch: Batch): Promise<Outputs> {
  const { loss, gradients } = await model.gradients(batch);
  const probes = await model.probe(batch);
  const { logits } = await model.evaluate(batch);
  const rates: Record<string, number> = {};
  for (const { layer, spikeRate } of probes)
    rates[layer] = spikeRate.reduce((sum, rate) => sum + rate, 0) / spikeRate.length;
  return { loss, rates, logits, gradients };
}

/** How far outputs are from a reference. */
export interface Distance {
  /** Relative. */
  loss: number;
  /** Largest difference of a layer's rate. */
  rates: number;
  /** Root mean square of the difference over that of the reference. */
  logits: number;
  /** The same over all gradients together, each parameter's weighed by its own size. */
  gradients: number;
}

/** Distance of `got` from `reference`. A layer or parameter that one of them lacks makes it infinite. */
export function distance(got: Outputs, reference: Outputs): Distance {
  const layers = Object.keys(reference.rates);
  const names = Object.keys(reference.gradients);
  const squares = names.map(
    (name) => relativeRms(got.gradients[name]?.data ?? [], reference.gradients[name].data) ** 2,
  );
  return {
    loss: Math.abs(got.loss - reference.loss) / Math.abs(reference.loss),
    rates: Math.max(
      ...layers.map((layer) => Math.abs((got.rates[layer] ?? Infinity) - reference.rates[layer])),
    ),
    logits: relativeRms(got.logits, reference.logits),
    gradients: Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / names.length),
  };
}

/** `‖a − b‖ / ‖b‖`; infinite for different lengths. */
function relativeRms(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Infinity;
  let [difference, size] = [0, 0];
  for (let i = 0; i < b.length; i++) {
    difference += (a[i] - b[i]) ** 2;
    size += b[i] ** 2;
  }
  return difference === 0 ? 0 : Math.sqrt(difference / size);
}

const KEYS = ['loss', 'rates', 'logits', 'gradients'] as const;

/** Combines distances, each number on its own. */
export function combine(distances: readonly Distance[], how: (values: number[]) => number): Distance {
  const combined = (key: keyof Distance): number => how(distances.map((each) => each[key]));
  return Object.fromEntries(KEYS.map((key) => [key, combined(key)])) as unknown as Distance;
}

/**
 * How far a float32 side may be from the reference on a crop (crops.ts), where rounding hardly flips a spike. A rate
 * of 1e-4 is less than one spike in most layers.
 */
export const STRICT: Distance = { loss: 1e-5, rates: 1e-4, logits: 1e-4, gradients: 1e-3 };

/** How far a side may be on a whole batch whatever the reference's rounding does. */
const FLOOR: Distance = { loss: 1e-3, rates: 1e-3, logits: 2e-2, gradients: 0.5 };
/** How many spikes rounding flips is chance: two sides differ by some times of it. */
const FLIPS = 3;

/**
 * How far a float32 side may be on a whole batch. Rounding lifts some potentials of a million over the threshold,
 * each such spike moves many potentials of the next layer, hence logits and gradients cannot agree to rounding:
 * three times as far as float32 PyTorch itself is away, and not less than {@link FLOOR}.
 *
 * @param rounding - distances of float32 PyTorch from the reference; none where there is no PyTorch
 */
export const allowance = (rounding: readonly Distance[]): Distance =>
  combine([FLOOR, ...rounding.map((each) => combine([each], ([value]) => FLIPS * value))], (values) =>
    Math.max(...values),
  );

/** Two sides do not compute the same: then nothing may be timed. */
export class DisagreementError extends Error {
  override name = 'DisagreementError';
}

/**
 * Demands that a distance is allowed.
 *
 * @param reference - whose values the distance is from
 * @throws DisagreementError naming what is too far apart
 */
export function assertEqual(name: string, found: Distance, allowed: Distance, reference: string): void {
  for (const key of KEYS)
    if (!(found[key] <= allowed[key]))
      throw new DisagreementError(
        `${name}: ${key} differ by ${found[key].toExponential(1)} from ${reference}, allowed ${allowed[key].toExponential(1)}; nothing is timed that computes something else`,
      );
}
