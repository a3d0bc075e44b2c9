// Equal outputs first: what is timed must compute the same. How far two sides are apart, and how far they may be.
import type { Batch, Model, TensorMap } from '../src/engines/engine.js';

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

/** What is allowed whatever PyTorch's own rounding does. */
const FLOOR: Distance = { loss: 1e-4, rates: 1e-3, logits: 1e-2, gradients: 2e-2 };
/** The number of spikes that rounding flips is a small number of chance: two sides differ by some times of it. */
const FLIPS = 5;

/**
 * How far float32 sides may be from float64 PyTorch. Rounding flips spikes at the threshold, each flip moves many
 * potentials of the next layer, hence logits and gradients cannot agree to rounding. As far as float32 PyTorch itself
 * is away, times five, and not less than a loss of 1e-4, rates of 1e-3, logits of 1 % and gradients of 2 %.
 *
 * @param torch - the distance of float32 PyTorch from float64 PyTorch at the same weights
 */
export const allowance = (torch: Distance): Distance => ({
  loss: Math.max(FLOOR.loss, FLIPS * torch.loss),
  rates: Math.max(FLOOR.rates, FLIPS * torch.rates),
  logits: Math.max(FLOOR.logits, FLIPS * torch.logits),
  gradients: Math.max(FLOOR.gradients, FLIPS * torch.gradients),
});

/**
 * Demands that a distance is allowed.
 *
 * @throws Error naming what is too far apart: then nothing may be timed
 */
export function assertEqual(name: string, found: Distance, allowed: Distance): void {
  for (const key of Object.keys(allowed) as (keyof Distance)[])
    if (!(found[key] <= allowed[key]))
      throw new Error(
        `${name}: ${key} differ by ${found[key].toExponential(1)} from float64 PyTorch, allowed ${allowed[key].toExponential(1)}; nothing is timed that computes something else`,
      );
}
