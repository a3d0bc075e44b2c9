// A layer of leaky integrate-and-fire neurons, forward: batch norm, currents, potentials and spikes of all time steps
// in one pass over memory. Equations: src/neurons/lif.ts.
import { Neurons } from './arguments'; // generated: ../kernel-arguments.ts
import { affine, afterReset, potential, Second, spread } from './current';
import { clear, ROW } from './layout';

/** One unit: one block and one chunk of positions. Arguments: see ops/neurons.ts. */
// @ts-ignore: decorator
@inline
function forward(second: Second, args: Neurons, unit: i32, scratch: usize): void {
  const steps = args.steps;
  const positions = args.positions;
  const chunk = args.chunk;
  const chunks = (positions + chunk - 1) / chunk;
  const block = <usize>(unit / chunks);
  const first = (unit % chunks) * chunk;
  const count = min(chunk, positions - first);
  const tau = f32x4.splat(args.tau);
  const theta = f32x4.splat(args.theta);
  const level = f32x4.splat(args.level);
  const hard = i32x4.splat(args.hard);
  const spikes = args.spikes + block * args.spikesBlock + <usize>(first << 2);
  const spikesStep = <usize>positions << 2;
  const counts = args.counts + <usize>(unit << 2);
  const y = args.y + block * args.yBlock + <usize>first * ROW;
  const yStep = args.yStep;
  const scale = args.scale + block * ROW;
  const shift = args.shift + block * ROW;
  const size: usize = second == Second.Spikes ? 4 : ROW;
  const z = args.z + block * args.zBlock + <usize>first * size;
  const zStep = args.zStep;
  const zScale = args.zScale + block * ROW;
  const zShift = args.zShift + block * ROW;

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
        const o = f32x4.gt(v, level);
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

export function neurons(args: Neurons, unit: i32, scratch: usize): void {
  forward(Second.None, args, unit, scratch);
}
export function neuronsAffine(args: Neurons, unit: i32, scratch: usize): void {
  forward(Second.Affine, args, unit, scratch);
}
export function neuronsSpikes(args: Neurons, unit: i32, scratch: usize): void {
  forward(Second.Spikes, args, unit, scratch);
}
