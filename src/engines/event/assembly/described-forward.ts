// A layer of neurons of equations, forward: batch norm, currents and all steps in one pass over memory. The step itself is
// generated (../generate).
import { DescribedNeurons } from './arguments'; // generated: ../kernel-arguments.ts
import { Second } from './current';
import { CONSTANTS, putConstants } from './functions';
import { ROW } from './layout';
import { ANALOG, AT, forward, forwardLast, JUDGED, rest, STATES, VECTORS } from './step'; // generated: ../generate/neuron-code.ts

/** Bytes of the channels that a step computes together. */
// @ts-ignore: decorator
@inline
const WIDTH: usize = 16 * <usize>VECTORS;

/** Which of 32 channels are real, a bit each, from their masks. */
// @ts-ignore: decorator
@inline
function realChannels(masks: usize): u32 {
  let word: u32 = 0;
  for (let lane: usize = 0; lane < ROW; lane += 16)
    word |= <u32>i32x4.bitmask(v128.load(masks + lane)) << <u32>(lane >> 2);
  return word;
}

/** One unit: one block and one chunk of positions. Arguments: see ops/described-neurons.ts. */
// @ts-ignore: decorator
@inline
function run(second: Second, args: DescribedNeurons, unit: i32, scratch: usize): void {
  const steps = args.steps;
  const positions = args.positions;
  const pixels = args.pixels;
  const chunk = args.chunk;
  const chunks = (positions + chunk - 1) / chunk;
  const block = <usize>(unit / chunks);
  const first = (unit % chunks) * chunk;
  const count = min(chunk, positions - first);
  const wide: usize = ANALOG ? ROW : 4;
  const output = args.output + block * args.outputBlock + <usize>first * wide;
  const outputStep = <usize>positions * wide;
  const counts = args.counts + <usize>(unit << 2);
  const table = args.table + block * args.tableBlock;
  const own = changetype<usize>(args) + offsetof<DescribedNeurons>();
  const y = args.y + block * args.yBlock + <usize>first * ROW;
  const yStep = args.yStep;
  const scale = args.scale + block * ROW;
  const shift = args.shift + block * ROW;
  const size: usize = second == Second.Spikes ? 4 : ROW;
  const z = args.z + block * args.zBlock + <usize>first * size;
  const zStep = args.zStep;
  const zScale = args.zScale + block * ROW;
  const zShift = args.zShift + block * ROW;
  const real = realChannels(table);

  putConstants(scratch);
  const states = scratch + CONSTANTS;
  let fired: u32 = 0;
  let sum = f64x2.splat(0); // of judged neurons, Σ a and Σ a² of what stands in spike(…)
  let squares = sum;
  for (let i: usize = 0; i < <usize>count; i++) {
    for (let lane: usize = 0; lane < ROW; lane += 16) rest(states + lane);
    let from = y + i * ROW;
    let other = z + i * size;
    let to = output + i * wide;
    const place = (block * <usize>pixels + <usize>((first + <i32>i) % pixels)) * ROW;
    for (let t = 0; t < steps; t++) {
      let word: u32 = 0;
      let above: u32 = 0;
      const bits: u32 = second == Second.Spikes ? load<u32>(other) : 0;
      for (let lane: usize = 0; lane < ROW; lane += WIDTH) {
        let given: u32;
        if (VECTORS > 1 && t + 1 == steps) // of one vector the choice costs more than it saves
          given = forwardLast(
            second, from + lane, scale + lane, shift + lane, other + lane, zScale + lane, zShift + lane, bits >> <u32>(lane >> 2),
            states + lane, table + lane, own, place + lane, scratch, to + lane,
          );
        else
          given = forward(
            second, from + lane, scale + lane, shift + lane, other + lane, zScale + lane, zShift + lane, bits >> <u32>(lane >> 2),
            states + lane, table + lane, own, place + lane, scratch, to + lane,
          );
        if (!ANALOG) word |= given << <u32>(lane >> 2);
        if (JUDGED)
          for (let vector = lane; vector < lane + WIDTH; vector += 16) {
            const margin = v128.load(states + vector, <usize>(STATES - 1) * ROW);
            const a = v128.and(margin, v128.load(table + vector));
            const low = f64x2.promote_low_f32x4(a);
            const high = f64x2.promote_low_f32x4(v128.shuffle<i32>(a, a, 2, 3, 2, 3));
            sum = f64x2.add(sum, f64x2.add(low, high));
            squares = f64x2.add(squares, f64x2.add(f64x2.mul(low, low), f64x2.mul(high, high)));
            if (ANALOG) {
              const zero = f32x4.splat(0);
              above |= <u32>i32x4.bitmask(AT ? f32x4.ge(a, zero) : f32x4.gt(a, zero)) << <u32>(vector >> 2);
            }
          }
      }
      if (JUDGED && ANALOG) fired += popcnt(above & real);
      if (!ANALOG) {
        word &= real;
        store<u32>(to, word);
        fired += popcnt(word);
      }
      from += yStep;
      other += zStep;
      to += outputStep;
    }
  }
  store<u32>(counts, fired);
  if (JUDGED) {
    const moments = args.moments + (<usize>unit << 4);
    store<f64>(moments, f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1));
    store<f64>(moments, f64x2.extract_lane(squares, 0) + f64x2.extract_lane(squares, 1), 8);
  }
}

export function describedForward(args: DescribedNeurons, unit: i32, scratch: usize): void {
  run(Second.None, args, unit, scratch);
}
export function describedForwardAffine(args: DescribedNeurons, unit: i32, scratch: usize): void {
  run(Second.Affine, args, unit, scratch);
}
export function describedForwardSpikes(args: DescribedNeurons, unit: i32, scratch: usize): void {
  run(Second.Spikes, args, unit, scratch);
}
