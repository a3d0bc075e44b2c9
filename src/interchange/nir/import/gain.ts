// Factors of values by channel, or by feature where values have one axis: what scalings, sums of pools and neurons ask for,
// until they stand in weights. Tests: test/interchange/nir/import/import.test.ts.

/** A factor for each channel, or each feature. */
export type Gain = Float64Array;

/** Rounding of float32, of a factor and of what it was computed from: factors that near to 1 are 1. */
const ROUNDING = 2 ** -22;

/** No change. */
export const unity = (count: number): Gain => new Float64Array(count).fill(1);

/** One factor for all. */
export const uniformGain = (count: number, factor: number): Gain => new Float64Array(count).fill(factor);

/** One after the other. */
export const times = (a: Gain, b: Gain): Gain => a.map((factor, i) => factor * b[i]);

/** Whether nothing changes, but for rounding. */
export const isUnity = (gain: Gain): boolean => gain.every((factor) => Math.abs(factor - 1) <= ROUNDING);

/** The factor itself, or 1 where it differs by rounding. */
export const snapped = (factor: number): number => (Math.abs(factor - 1) <= ROUNDING ? 1 : factor);

/** Factors of all values of a channel as one; undefined where they differ. Values go by channel. */
export function byChannel(values: ArrayLike<number>, channels: number): Gain | undefined {
  const each = values.length / channels;
  const gain = new Float64Array(channels);
  for (let i = 0; i < values.length; i++) {
    const channel = Math.floor(i / each);
    if (i % each === 0) gain[channel] = values[i];
    else if (values[i] !== gain[channel]) return undefined;
  }
  return gain;
}

/** Factors of channels for all their values, by channel. */
export const spread = (gain: Gain, each: number): Gain =>
  Float64Array.from({ length: gain.length * each }, (_, i) => gain[Math.floor(i / each)]);
