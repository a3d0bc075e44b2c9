// The form of a surrogate derivative h(u), u = v − θ: it stands in for the derivative of the step function. One file each;
// index.ts lists them. Plain numbers, and the form that each fast engine computes it in.
import type * as Tf from '@tensorflow/tfjs';

/** One surrogate. `p` is its shape parameter, 1 where it has none. */
export interface Surrogate {
  /** Symbol and default of the shape parameter: chosen so that h has unit peak and unit area. */
  parameter?: { symbol: string; default: number };
  /** h(u). */
  derivative(u: number, p: number): number;
  /** H(u) with H′ = h, and H(0) = ½ (identity: H(u) = u). */
  primitive(u: number, p: number): number;
  /** h is 0 where |u| reaches it; Infinity where h has no end. */
  support(p: number): number;
  /** Engine `tfjs`: h of a tensor, float32. */
  tensor(tf: typeof Tf, u: Tf.Tensor, p: number): Tf.Tensor;
  /** Engine `event`: h of four floats, AssemblyScript that the build compiles into the kernels. */
  kernel: {
    /** What `a` and `b` are. */
    constants(p: number): [a: number, b: number];
    /** The body of `derivative(u: v128, a: v128, b: v128): v128`; `expNegative` (assembly/exp.ts) is at hand. */
    code: string;
  };
  /** Engine `webgpu`: the body of `derivative(u: vec4f, a: f32, b: f32) -> vec4f`, WGSL; `a` and `b` as the kernel's. */
  shader: string;
}
