// The surrogate derivatives h(u) of src/surrogate.ts on four floats. `a` and `b` are constants of the shape parameter
// that ops/neurons.ts works out.
import { expNegative } from './exp';

/** The built-in surrogates, in the order of SURROGATE_NAMES. */
export const enum Surrogate {
  Rectangle,
  Triangle,
  Sigmoid,
  Atan,
  Gaussian,
  FastSigmoid,
  Identity,
}

/** h(u). `kind` is a constant at every call, so that one branch is left. */
// @ts-ignore: decorator
@inline
export function derivative(kind: Surrogate, u: v128, a: v128, b: v128): v128 {
  if (kind == Surrogate.Rectangle) return v128.and(f32x4.lt(f32x4.abs(u), a), b); // a = width/2, b = 1/width
  if (kind == Surrogate.Triangle)
    return f32x4.mul(f32x4.pmax(f32x4.sub(a, f32x4.abs(u)), f32x4.splat(0)), b); // a = γ, b = 1/γ²
  if (kind == Surrogate.Sigmoid) {
    const e = expNegative(f32x4.neg(f32x4.mul(f32x4.abs(u), a))); // a = α; h is even
    const s = f32x4.add(f32x4.splat(1), e);
    return f32x4.div(f32x4.mul(a, e), f32x4.mul(s, s));
  }
  if (kind == Surrogate.Atan) {
    const z = f32x4.mul(u, b); // b = πα/2, a = α/2
    return f32x4.div(a, f32x4.add(f32x4.mul(z, z), f32x4.splat(1)));
  }
  if (kind == Surrogate.Gaussian) return f32x4.mul(expNegative(f32x4.mul(f32x4.mul(u, u), a)), b); // a = −1/2σ²
  if (kind == Surrogate.FastSigmoid) {
    const z = f32x4.add(f32x4.mul(f32x4.abs(u), a), f32x4.splat(1));
    return f32x4.div(f32x4.splat(1), f32x4.mul(z, z));
  }
  return f32x4.splat(1);
}
