// Weights and gradients of the three bit planes of pooled spikes: plane 0 counts ¼, plane 1 ½, plane 2 counts 1.

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
 * `destination = ¼·Σ plane 0 + ½·Σ plane 1 + Σ plane 2`, slices in order.
 * args: source `[plane][slice][floats]`, slices, bytes of a slice, destination, floats, floats per unit.
 */
export function sumPlanes(args: usize, unit: i32, _scratch: usize): void {
  const slices = load<i32>(args, 4);
  const sliceBytes = <usize>load<u32>(args, 8);
  const slice = load<i32>(args, 20);
  const first = unit * slice;
  const count = min(load<i32>(args, 16) - first, slice);
  let from = <usize>load<u32>(args) + (<usize>first << 2);
  let to = <usize>load<u32>(args, 12) + (<usize>first << 2);
  const end = from + (<usize>count << 2);
  const plane = sliceBytes * <usize>slices;
  while (from < end) {
    let total = f32x4.splat(0);
    let factor = f32x4.splat(0.25);
    for (let p: usize = 0; p < 3; p++) {
      let at = from + p * plane;
      let sum = v128.load(at);
      for (let s = 1; s < slices; s++) {
        at += sliceBytes;
        sum = f32x4.add(sum, v128.load(at));
      }
      total = f32x4.add(total, f32x4.mul(sum, factor));
      factor = f32x4.add(factor, factor);
    }
    v128.store(to, total);
    from += 16;
    to += 16;
  }
}
