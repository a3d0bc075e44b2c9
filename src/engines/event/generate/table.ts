// The table of a layer of generated neurons: what its equations make of settings and learned parameters alone, evaluated in
// float64 by channel and read by the kernels as float32. `[block][1 + entries][32]` floats; entry 0 is the mask of real channels.
import { evaluator } from '../../../equations/evaluate.js';
import { blocksOf, LANES } from '../../plan/geometry.js';
import type { NeuronCode } from './neuron-code.js';

/** Numbers by name: one for all channels, or one a channel. */
export type KnownValues = Readonly<Record<string, number | ArrayLike<number>>>;

/** Floats of the table of a layer. */
export const tableFloats = (code: Pick<NeuronCode, 'table'>, channels: number): number =>
  blocksOf(channels) * (1 + code.table.length) * LANES;

/**
 * Makes the function that fills tables. Channels that only fill a block up have the values of the last real one, which no
 * equation can make less of than of it.
 *
 * @returns a function of the values of all names and the memory of the table
 */
export function tableWriter(
  { known, table }: Pick<NeuronCode, 'known' | 'table'>,
  names: readonly string[],
  channels: number,
): (values: KnownValues, target: Float32Array) => void {
  const all = [...names, ...known.map((equation) => equation.name)];
  const slots = new Map(all.map((name, i) => [name, i]));
  const steps = known.map(({ name, value }) => ({ slot: slots.get(name)!, of: evaluator(value, slots) }));
  const entries = table.map((entry) => evaluator(entry, slots));
  const numbers = new Float64Array(all.length);
  return (values, target) => {
    const masks = new Int32Array(target.buffer, target.byteOffset, target.length);
    for (let channel = 0; channel < blocksOf(channels) * LANES; channel++) {
      const real = Math.min(channel, channels - 1);
      names.forEach((name, i) => {
        const value = values[name];
        numbers[i] = typeof value === 'number' ? value : value[value.length === 1 ? 0 : real];
      });
      for (const { slot, of } of steps) numbers[slot] = of(numbers);
      const at = Math.floor(channel / LANES) * (1 + table.length) * LANES + (channel % LANES);
      masks[at] = channel < channels ? -1 : 0;
      entries.forEach((entry, i) => (target[at + (1 + i) * LANES] = entry(numbers)));
    }
  };
}
