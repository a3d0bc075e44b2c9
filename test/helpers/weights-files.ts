// Damaged files of weights, in every format that is read.
import { readFileSync } from 'node:fs';
import { type ArrayMap } from '../../src/files/arrays/arrays.js';
import { decodeArrays } from '../../src/interchange/weights-file.js';
import { readPickle } from '../../src/interchange/pickle.js';
import { decodeNpy } from '../../src/files/arrays/npy.js';
import { readZip } from '../../src/files/arrays/zip.js';
import { writeZip } from '../../src/files/arrays/zip-write.js';
import { fuzz, type FuzzReport } from './fuzz.js';

const fixture = (name: string): Uint8Array => new Uint8Array(readFileSync(`test/fixtures/weights/${name}`));
const inside = (name: string, entry: string): Uint8Array =>
  new Uint8Array(readZip(fixture(name), name).get(entry)!);

const ALLOWED = new Set(['torch._utils._rebuild_tensor_v2', 'torch.FloatStorage', 'torch.LongStorage']);
const LAYOUTS = readZip(fixture('layouts.pth'), 'layouts.pth');

/** Originals and reader of each format; the inner ones by themselves too, for the checksums of a zip catch most damage. */
const TARGETS: Record<
  string,
  { originals: string[] | (() => Uint8Array[]); read(bytes: Uint8Array): unknown }
> = {
  pth: {
    originals: ['layouts.pth', 'half.pth', 'hostile.pth', 'nested.pth', 'legacy.pth'],
    read: (bytes) => decodeArrays(bytes, 'fuzz.pth'),
  },
  npz: { originals: ['arrays.npz', 'vggsnn.npz'], read: (bytes) => decodeArrays(bytes, 'fuzz.npz') },
  safetensors: {
    originals: ['vggsnn.safetensors'],
    read: (bytes) => decodeArrays(bytes, 'fuzz.safetensors'),
  },
  npy: {
    originals: () => [
      fixture('version2.npy'),
      inside('arrays.npz', 'fortran.npy'),
      inside('arrays.npz', 'long.npy'),
      inside('arrays.npz', 'empty.npy'),
    ],
    read: (bytes) => new Map([['a', decodeNpy(bytes, 'fuzz.npy')]]),
  },
  pickle: {
    originals: () => [inside('layouts.pth', 'layouts/data.pkl'), inside('resnet19.pth', 'resnet19/data.pkl')],
    read: (bytes) => readPickle(bytes, ALLOWED, 'fuzz.pkl'),
  },
  'pickle in pth': {
    originals: () => [inside('layouts.pth', 'layouts/data.pkl')],
    read: (bytes) => decodeArrays(writeZip(new Map(LAYOUTS).set('layouts/data.pkl', bytes)), 'fuzz.pth'),
  },
};

/** The formats, and what stands inside of them. */
export const FORMATS = Object.keys(TARGETS);

/** Reads so many damaged files of a format. @throws where it is neither refused with a DataError nor sound */
export function fuzzWeights(format: string, inputs: number): FuzzReport {
  const { originals, read } = TARGETS[format];
  return fuzz({
    name: `weights ${format}`,
    originals: typeof originals === 'function' ? originals() : originals.map(fixture),
    inputs,
    read,
    floor: 512, // an archive around a short pickle is mostly the archive
    check(result, bytes) {
      if (format === 'pickle') return;
      let size = 0;
      for (const { shape, data } of (result as ArrayMap).values()) {
        if (shape.reduce((a, b) => a * b, 1) !== data.length) throw new Error('shape');
        size += data.byteLength;
      }
      if (size > 1032 * bytes.length) throw new Error('more values than bytes');
    },
  });
}
