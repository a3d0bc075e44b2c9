// A dispatch as plain data: generated WGSL, the ranges of memory that it is bound to, its workgroups, its numbers. Nothing here
// knows a device.
import { EngineError } from '../../errors.js';
import type { Region } from '../plan/arena.js';

/** A range of memory as a kernel sees it: an array of such elements, under this name. */
export interface Binding {
  name: string;
  type: 'f32' | 'u32' | 'vec2f' | 'vec4f' | 'vec4u';
  region: Region;
}

/** A number of a kernel; plain ones are u32. */
export type KernelNumber = number | { f32: number };

/** See the head of the file. */
export interface Dispatch {
  /** The kernel's name, for errors and times. */
  kernel: string;
  /** The layer that it works for, where it is one's. */
  layer?: string;
  /** WGSL with the entry point `main`: dispatches of equal code share a pipeline. */
  code: string;
  /** What bindings 0, 1, … of group 0 lie in. All `read_write`: WebGPU refuses one buffer as both in a dispatch. */
  regions: Region[];
  /** Workgroups. */
  groups: [number, number, number];
  /** The bits of the numbers, in the order of the fields of the uniform at binding 0 of group 1; empty: there is none. */
  numbers: Uint32Array;
}

/** A number that is a float in WGSL. */
export const f32 = (value: number): KernelNumber => ({ f32: value });

/** Most workgroups in one dimension, of every device. */
export const MAX_GROUPS = 65_535;

/**
 * Makes a dispatch.
 *
 * @param groups - workgroups in x, y and z; those left out are 1
 * @param bindings - in order
 * @param numbers - by name, upper case; `body` uses the names. What changes with the size of a layer belongs here, so that layers
 *   share pipelines; what changes the structure of the code (T, terms, surrogate, tile) belongs in `body`
 * @param body - WGSL with the entry point `main`
 */
export function dispatch(
  kernel: string,
  groups: readonly [number, number?, number?],
  bindings: readonly Binding[],
  numbers: Readonly<Record<string, KernelNumber>>,
  body: string,
): Dispatch {
  const [x, y = 1, z = 1] = groups;
  if (Math.max(x, y, z) > MAX_GROUPS)
    throw new EngineError(
      `kernel ${kernel}: ${x} × ${y} × ${z} workgroups; at most ${MAX_GROUPS} a dimension`,
    );
  const header = bindings.map(
    ({ name, type }, i) => `@group(0) @binding(${i}) var<storage, read_write> ${name}: array<${type}>;`,
  );
  const entries = Object.entries(numbers);
  const fields = entries.map(([name, value]) => `${name}: ${typeof value === 'number' ? 'u32' : 'f32'}`);
  if (entries.length > 0)
    header.push(`struct Args { ${fields.join(', ')} }`, '@group(1) @binding(0) var<uniform> args: Args;');
  const names = new RegExp(`\\b(?:${entries.map(([name]) => name).join('|')})\\b`, 'g');
  return {
    kernel,
    code: [...header, entries.length > 0 ? body.replace(names, 'args.$&') : body].join('\n'),
    regions: bindings.map(({ region }) => region),
    groups: [x, y, z],
    numbers: Uint32Array.from(entries, ([, value]) => bitsOf(value)),
  };
}

/** A float literal that WGSL reads back as exactly this float32. @throws EngineError for what has none: NaN and infinities */
export function literal(value: number): string {
  const single = Math.fround(value);
  if (!Number.isFinite(single)) throw new EngineError(`WGSL has no literal for ${value}`);
  const text = String(single);
  return /[.e]/.test(text) ? `${text}f` : `${text}.0f`;
}

const view = new DataView(new ArrayBuffer(4));
function bitsOf(value: KernelNumber): number {
  if (typeof value === 'number') return value;
  view.setFloat32(0, value.f32);
  return view.getUint32(0);
}
