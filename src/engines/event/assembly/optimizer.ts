// Optimizers, fused: one pass over parameters, gradients and slots. Formulas: src/engines/tfjs/optimizer.ts. Written
// without fused multiply-adds, as the formulas stand.

/** Adam with coupled weight decay. Arguments: see ops/optimizer.ts. */
export function adam(args: usize, unit: i32, _scratch: usize): void {
  const slice = load<i32>(args, 20);
  const offset = <usize>(unit * slice) << 2;
  const bytes = <usize>min(load<i32>(args, 16) - unit * slice, slice) << 2;
  const parameters = <usize>load<u32>(args) + offset;
  const gradients = <usize>load<u32>(args, 4) + offset;
  const first = <usize>load<u32>(args, 8) + offset;
  const second = <usize>load<u32>(args, 12) + offset;
  const decay = f32x4.splat(load<f32>(args, 24));
  const beta1 = f32x4.splat(load<f32>(args, 28));
  const rest1 = f32x4.splat(load<f32>(args, 32));
  const beta2 = f32x4.splat(load<f32>(args, 36));
  const rest2 = f32x4.splat(load<f32>(args, 40));
  const epsilon = f32x4.splat(load<f32>(args, 44));
  const root = f32x4.splat(load<f32>(args, 48)); // 1 / √(1 − beta2ⁿ)
  const rate = f32x4.splat(load<f32>(args, 52)); // learning rate / (1 − beta1ⁿ)
  for (let i: usize = 0; i < bytes; i += 16) {
    const w = v128.load(parameters + i);
    const g = f32x4.add(v128.load(gradients + i), f32x4.mul(w, decay));
    const m = f32x4.add(f32x4.mul(v128.load(first + i), beta1), f32x4.mul(g, rest1));
    const v = f32x4.add(f32x4.mul(v128.load(second + i), beta2), f32x4.mul(f32x4.mul(g, g), rest2));
    v128.store(first + i, m);
    v128.store(second + i, v);
    const denominator = f32x4.add(f32x4.mul(f32x4.sqrt(v), root), epsilon);
    v128.store(parameters + i, f32x4.sub(w, f32x4.mul(f32x4.div(m, denominator), rate)));
  }
}

/** SGD with momentum without dampening, and coupled weight decay; without momentum the slot address is 0. */
export function sgd(args: usize, unit: i32, _scratch: usize): void {
  const slice = load<i32>(args, 20);
  const offset = <usize>(unit * slice) << 2;
  const bytes = <usize>min(load<i32>(args, 16) - unit * slice, slice) << 2;
  const parameters = <usize>load<u32>(args) + offset;
  const gradients = <usize>load<u32>(args, 4) + offset;
  const slot = <usize>load<u32>(args, 8);
  const decay = f32x4.splat(load<f32>(args, 24));
  const momentum = f32x4.splat(load<f32>(args, 28));
  const rate = f32x4.splat(load<f32>(args, 32));
  for (let i: usize = 0; i < bytes; i += 16) {
    const w = v128.load(parameters + i);
    let g = f32x4.add(v128.load(gradients + i), f32x4.mul(w, decay));
    if (slot) {
      g = f32x4.add(f32x4.mul(v128.load(slot + offset + i), momentum), g);
      v128.store(slot + offset + i, g);
    }
    v128.store(parameters + i, f32x4.sub(w, f32x4.mul(g, rate)));
  }
}
