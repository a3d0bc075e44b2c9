// A layer of leaky integrate-and-fire neurons, forward: batch norm, currents, potentials and spikes of all time steps
// in one pass over memory. Equations: src/neurons/lif.ts.
import { affine, afterReset, potential, Second, spread } from './current';
import { clear, ROW } from './layout';

/** One unit: one block and one chunk of positions. Arguments: see ops/neurons.ts. */
// @ts-ignore: decorator
@inline
function forward(second: Second, args: usize, unit: i32, scratch: usize): void {
  const steps = load<i32>(args);
  const positions = load<i32>(args, 4);
  const chunk = load<i32>(args, 8);
  const chunks = (positions + chunk - 1) / chunk;
  const block = <usize>(unit / chunks);
  const first = (unit % chunks) * chunk;
  const count = min(chunk, positions - first);
  const tau = f32x4.splat(load<f32>(args, 12));
  const theta = f32x4.splat(load<f32>(args, 16));
  const hard = i32x4.splat(load<i32>(args, 20));
  const spikes = <usize>load<u32>(args, 24) + block * <usize>load<u32>(args, 28) + <usize>(first << 2);
  const spikesStep = <usize>positions << 2;
  const counts = <usize>load<u32>(args, 32) + <usize>(unit << 2);
  const y = <usize>load<u32>(args, 36) + block * <usize>load<u32>(args, 40) + <usize>first * ROW;
  const yStep = <usize>load<u32>(args, 44);
  const scale = <usize>load<u32>(args, 48) + block * ROW;
  const shift = <usize>load<u32>(args, 52) + block * ROW;
  const size: usize = second == Second.Spikes ? 4 : ROW;
  const z = <usize>load<u32>(args, 64) + block * <usize>load<u32>(args, 68) + <usize>first * size;
  const zStep = <usize>load<u32>(args, 72);
  const zScale = <usize>load<u32>(args, 76) + block * ROW;
  const zShift = <usize>load<u32>(args, 80) + block * ROW;

  let fired: u32 = 0;
  for (let i: usize = 0; i < <usize>count; i++) {
    clear(scratch, ROW); // the potentials after the last reset
    let from = y + i * ROW;
    let other = z + i * size;
    let to = spikes + (i << 2);
    for (let t = 0; t < steps; t++) {
      let word: u32 = 0;
      let bits: u32 = second == Second.Spikes ? load<u32>(other) : 0;
      for (let lane: usize = 0; lane < ROW; lane += 16) {
        let x = affine(from, scale, shift, lane);
        if (second == Second.Affine) x = f32x4.add(x, affine(other, zScale, zShift, lane));
        if (second == Second.Spikes) {
          x = f32x4.add(x, spread(bits));
          bits >>= 4;
        }
        const v = potential(v128.load(scratch + lane), x, tau);
        const o = f32x4.gt(v, theta);
        word |= <u32>i32x4.bitmask(o) << <u32>(lane >> 2);
        v128.store(scratch + lane, afterReset(v, o, theta, hard));
      }
      store<u32>(to, word);
      fired += popcnt(word);
      from += yStep;
      other += zStep;
      to += spikesStep;
    }
  }
  store<u32>(counts, fired);
}

export function neurons(args: usize, unit: i32, scratch: usize): void {
  forward(Second.None, args, unit, scratch);
}
export function neuronsAffine(args: usize, unit: i32, scratch: usize): void {
  forward(Second.Affine, args, unit, scratch);
}
export function neuronsSpikes(args: usize, unit: i32, scratch: usize): void {
  forward(Second.Spikes, args, unit, scratch);
}
