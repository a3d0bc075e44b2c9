// Spreads work over workgroups: WebGPU has at most 65,535 in a dimension, and a kernel may need more.
import { MAX_GROUPS } from '../dispatch.js';

/** Invocations of a workgroup, of every device. */
export const WORKGROUP = 256;

/** Groups in x and y that hold at least so many, and how many a row of them has. */
export function spread(groups: number): { x: number; y: number } {
  const y = Math.max(1, Math.ceil(groups / MAX_GROUPS));
  return { x: Math.ceil(groups / y), y };
}

/** One invocation for each of `total` elements. */
export interface Grid {
  groups: [x: number, y: number];
  /** To be among the kernel's numbers. */
  numbers: { TOTAL: number; ROW: number };
}

/** See {@link Grid}. */
export function grid(total: number): Grid {
  const { x, y } = spread(Math.ceil(total / WORKGROUP));
  return { groups: [x, y], numbers: { TOTAL: total, ROW: x * WORKGROUP } };
}

/** A kernel that runs `body` for every element `e` of a {@link grid}. */
export const each = (body: string): string => `
@compute @workgroup_size(${WORKGROUP})
fn main(@builtin(global_invocation_id) id: vec3u) {
  let e = id.y * ROW + id.x;
  if (e >= TOTAL) { return; }
  ${body}
}`;

/** The values of four channels, `4·lane` and on, of a word of spikes: 1 where a bit is set. WGSL expression. */
export const bitsOf = (word: string): string =>
  `vec4f((vec4u(${word}) >> (4u * lane + vec4u(0, 1, 2, 3))) & vec4u(1))`;
