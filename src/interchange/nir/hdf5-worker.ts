// Entry of the thread that reads HDF5 files: C code may trap, run out of memory or never end, and then this thread ends and
// nothing else does. Tests: test/interchange/nir/read.test.ts.
import { parentPort } from 'node:worker_threads';
import { byteLimit, type Hdf5Group, readTree } from './hdf5-tree.js';
import { Hdf5Refusal } from './hdf5-values.js';

/** Answer of the thread to the bytes of a file. */
export type Hdf5Answer =
  | { tree: Hdf5Group }
  | { found: string; remedy: string; damaged: boolean }
  | { failed: string };

/** The library's memory beside what the arrays of a file need: itself, its caches, one chunk before and after a filter. */
const OWN_MEMORY = 2 ** 27;
const PAGE = 2 ** 16;

let mostMemory = OWN_MEMORY;
const { grow } = WebAssembly.Memory.prototype;
WebAssembly.Memory.prototype.grow = function (pages: number): number {
  if (this.buffer.byteLength + pages * PAGE > mostMemory)
    throw new RangeError('no more memory for this file');
  return grow.call(this, pages);
};

/** What the library says of an error, innermost last. */
let said: string[] = [];
const keep = (line: unknown): void => {
  if (said.length < 1000) said.push(String(line));
};
Object.assign(console, { error: keep, log: keep });

const { ready } = await import('h5wasm');
const module = await ready;

function answerTo(bytes: Uint8Array): Hdf5Answer {
  said = [];
  mostMemory = OWN_MEMORY + 3 * byteLimit(bytes.length);
  try {
    return { tree: readTree(module, bytes) };
  } catch (error) {
    const reason = said.flatMap((line) => /^\s*#\d+: .*?\(\): (.*)$/.exec(line)?.[1] ?? []).at(-1);
    if (error instanceof Hdf5Refusal) {
      const { found, remedy, damaged } = error;
      return { found: reason && damaged ? `${found}: ${reason}` : found, remedy, damaged };
    }
    const text = reason ?? (error instanceof Error ? error.message : String(error));
    // The library's own errors, which leave it whole; all others are traps, or memory that there is not.
    const explained = error instanceof Error && error.constructor === Error;
    return explained
      ? { found: text, remedy: 'write or copy the file again', damaged: true }
      : { failed: text };
  }
}

parentPort!.on('message', (bytes: Uint8Array) => parentPort!.postMessage(answerTo(bytes)));
