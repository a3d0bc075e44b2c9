// Weights and gradients of the three bit planes of pooled spikes: plane 0 counts ¼, plane 1 ½, plane 2 counts 1.
import { ImageCounts, ScaledCopy, SumPartials } from './arguments'; // generated: ../kernel-arguments.ts

/** How many ones each image has in each plane, `[planes][images]` u32, of words `[plane][block][images · pixels]`. */
export function imageCounts(args: ImageCounts, unit: i32, _scratch: usize): void {
  const words = args.words;
  const planes = args.planes;
  const blocks = args.blocks;
  const images = args.images;
  const pixels = args.pixels;
  const counts = args.counts;
  const group = args.group;
  const blockBytes = <usize>(images * pixels) << 2;
  const last = min((unit + 1) * group, images);
  for (let n = unit * group; n < last; n++)
    for (let plane = 0; plane < planes; plane++) {
      let from = words + <usize>(plane * blocks) * blockBytes + (<usize>(n * pixels) << 2);
      let ones = 0;
      for (let block = 0; block < blocks; block++, from += blockBytes)
        for (let at = from, end = from + (<usize>pixels << 2); at < end; at += 4) ones += popcnt(load<i32>(at));
      store<i32>(counts + (<usize>(plane * images + n) << 2), ones);
    }
}

/** `destination = factor · source`. */
export function scaledCopy(args: ScaledCopy, unit: i32, _scratch: usize): void {
  const slice = args.slice;
  const first = unit * slice;
  const count = min(args.floats - first, slice);
  const factor = f32x4.splat(args.factor);
  let from = args.source + (<usize>first << 2);
  let to = args.destination + (<usize>first << 2);
  const end = from + (<usize>count << 2);
  while (from < end) {
    v128.store(to, f32x4.mul(v128.load(from), factor));
    from += 16;
    to += 16;
  }
}

/** `destination = Σ planes worth · Σ slices` of `[plane][slice][floats]`, slices in order; a single plane is worth 1. */
export function sumPartials(args: SumPartials, unit: i32, _scratch: usize): void {
  const slices = args.slices;
  const planes = args.planes;
  const floats = args.floats;
  const slice = args.slice;
  const sliceBytes = <usize>floats << 2;
  const first = unit * slice;
  const count = min(floats - first, slice);
  let from = args.source + (<usize>first << 2);
  let to = args.destination + (<usize>first << 2);
  const end = from + (<usize>count << 2);
  const least = f32x4.splat(planes == 3 ? 0.25 : 1);
  while (from < end) {
    let total = f32x4.splat(0);
    let worth = least;
    let at = from;
    for (let p = 0; p < planes; p++) {
      let sum = v128.load(at);
      at += sliceBytes;
      for (let s = 1; s < slices; s++) {
        sum = f32x4.add(sum, v128.load(at));
        at += sliceBytes;
      }
      total = f32x4.add(total, f32x4.mul(sum, worth));
      worth = f32x4.add(worth, worth);
    }
    v128.store(to, total);
    from += 16;
    to += 16;
  }
}
