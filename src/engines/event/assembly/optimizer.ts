// Optimizers, fused: one pass over parameters, gradients and slots. Formulas: src/learning/optimizers. Written
// without fused multiply-adds, as the formulas stand.
import { Adam, Sgd } from './arguments'; // generated: ../kernel-arguments.ts

/** Adam with weight decay, coupled or decoupled: one of both is none. Arguments: see ops/optimizer.ts. */
export function adam(args: Adam, unit: i32, _scratch: usize): void {
  const slice = args.slice;
  const offset = <usize>(unit * slice) << 2;
  const bytes = <usize>min(args.floats - unit * slice, slice) << 2;
  const parameters = args.parameters + offset;
  const gradients = args.gradients + offset;
  const first = args.first + offset;
  const second = args.second + offset;
  const decay = f32x4.splat(args.decay); // coupled
  const keep = f32x4.splat(args.keep); // 1, or less by decoupled weight decay
  const beta1 = f32x4.splat(args.beta1);
  const rest1 = f32x4.splat(args.rest1);
  const beta2 = f32x4.splat(args.beta2);
  const rest2 = f32x4.splat(args.rest2);
  const epsilon = f32x4.splat(args.epsilon);
  const root = f32x4.splat(args.root); // 1 / √(1 − beta2ⁿ)
  const rate = f32x4.splat(args.rate); // learning rate / (1 − beta1ⁿ)
  for (let i: usize = 0; i < bytes; i += 16) {
    const w = f32x4.mul(v128.load(parameters + i), keep);
    const g = f32x4.add(v128.load(gradients + i), f32x4.mul(w, decay));
    const m = f32x4.add(f32x4.mul(v128.load(first + i), beta1), f32x4.mul(g, rest1));
    const v = f32x4.add(f32x4.mul(v128.load(second + i), beta2), f32x4.mul(f32x4.mul(g, g), rest2));
    v128.store(first + i, m);
    v128.store(second + i, v);
    const denominator = f32x4.add(f32x4.mul(f32x4.sqrt(v), root), epsilon);
    v128.store(parameters + i, f32x4.sub(w, f32x4.mul(f32x4.div(m, denominator), rate)));
  }
}

/** SGD with momentum without dampening, and weight decay as there; without momentum the slot address is 0. */
export function sgd(args: Sgd, unit: i32, _scratch: usize): void {
  const slice = args.slice;
  const offset = <usize>(unit * slice) << 2;
  const bytes = <usize>min(args.floats - unit * slice, slice) << 2;
  const parameters = args.parameters + offset;
  const gradients = args.gradients + offset;
  const slot = args.slot;
  const decay = f32x4.splat(args.decay); // coupled
  const keep = f32x4.splat(args.keep); // 1, or less by decoupled weight decay
  const momentum = f32x4.splat(args.momentum);
  const rate = f32x4.splat(args.rate);
  for (let i: usize = 0; i < bytes; i += 16) {
    const w = f32x4.mul(v128.load(parameters + i), keep);
    let g = f32x4.add(v128.load(gradients + i), f32x4.mul(w, decay));
    if (slot) {
      g = f32x4.add(f32x4.mul(v128.load(slot + offset + i), momentum), g);
      v128.store(slot + offset + i, g);
    }
    v128.store(parameters + i, f32x4.sub(w, f32x4.mul(g, rate)));
  }
}
