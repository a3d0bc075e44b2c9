// Weights and gradients of the three bit planes of pooled spikes: plane 0 counts ¼, plane 1 ½, plane 2 counts 1.

/**
 * How many ones each image has in each plane, `[planes][images]` u32.
 * args: words `[plane][block][images · pixels]`, planes, blocks, images, pixels, counts, images per unit.
 */
export function imageCounts(args: usize, unit: i32, _scratch: usize): void {
  const words = <usize>load<u32>(args);
  const planes = load<i32>(args, 4);
  const blocks = load<i32>(args, 8);
  const images = load<i32>(args, 12);
  const pixels = load<i32>(args, 16);
  const counts = <usize>load<u32>(args, 20);
  const group = load<i32>(args, 24);
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

/** `destination = factor · source`. args: source, destination, floats, factor, floats per unit. */
export function scaledCopy(args: usize, unit: i32, _scratch: usize): void {
  const slice = load<i32>(args, 16);
  const first = unit * slice;
  const count = min(load<i32>(args, 8) - first, slice);
  const factor = f32x4.splat(load<f32>(args, 12));
  let from = <usize>load<u32>(args) + (<usize>first << 2);
  let to = <usize>load<u32>(args, 4) + (<usize>first << 2);
  const end = from + (<usize>count << 2);
  while (from < end) {
    v128.store(to, f32x4.mul(v128.load(from), factor));
    from += 16;
    to += 16;
  }
}

/**
 * `destination = Σ planes worth · Σ slices`, slices in order; a single plane is worth 1.
 * args: source `[plane][slice][floats]`, slices, planes, destination, floats, floats per unit.
 */
export function sumPartials(args: usize, unit: i32, _scratch: usize): void {
  const slices = load<i32>(args, 4);
  const planes = load<i32>(args, 8);
  const floats = load<i32>(args, 16);
  const slice = load<i32>(args, 20);
  const sliceBytes = <usize>floats << 2;
  const first = unit * slice;
  const count = min(floats - first, slice);
  let from = <usize>load<u32>(args) + (<usize>first << 2);
  let to = <usize>load<u32>(args, 12) + (<usize>first << 2);
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
