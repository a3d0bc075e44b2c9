import test from 'ava';
import {
  denseIndex,
  eachWeight,
  fromDense,
  fromMaster,
  spikeAt,
  toDense,
  toMaster,
  toWords,
  weightFloats,
  type WeightShape,
} from '../../../src/engines/plan/layout.js';
import { spikesOf } from '../../helpers/operands.js';
import { normals } from '../../helpers/tensors.js';

const SIZES = [
  { pixels: 1, channels: 1 },
  { pixels: 3, channels: 32 },
  { pixels: 5, channels: 33 },
  { pixels: 2, channels: 100 },
];

test('by hand: dense is [block][pixel][32], words are [block][pixel] with channel c at bit c mod 32', (t) => {
  t.is(denseIndex(2, 5, 7), 2 * 32 + 5);
  t.is(denseIndex(2, 37, 7), (7 + 2) * 32 + 5);
  const spikes = new Uint8Array(2 * 34);
  spikes[0] = spikes[31] = spikes[34 + 33] = 1; // pixel 0: channels 0 and 31; pixel 1: channel 33
  const words = new Uint32Array(4).fill(7);
  toWords(spikes, 34, words);
  t.deepEqual([...words], [0x80000001, 0, 0, 2]);
});

test('values come back from the dense layout and from words as they were; padding is 0', (t) => {
  for (const { pixels, channels } of SIZES) {
    const blocks = Math.ceil(channels / 32);
    const values = normals('x', pixels * channels);
    const dense = new Float32Array(blocks * pixels * 32 + 1).fill(9);
    toDense(values, channels, dense);
    t.deepEqual(fromDense(dense, channels, pixels), values);
    t.is(dense.filter((value) => value !== 0).length, values.length + 1); // no normal value is 0
    t.is(dense.at(-1), 9);
    const spikes = spikesOf('s', pixels * channels, 0.5);
    const words = new Uint32Array(blocks * pixels).fill(0xffffffff);
    toWords(spikes, channels, words);
    const back = spikes.map((_, i) => spikeAt(words, Math.floor(i / channels), i % channels, pixels));
    t.deepEqual(back, spikes);
    for (let p = 0; p < pixels; p++)
      for (let c = channels; c < blocks * 32; c++) t.is(spikeAt(words, p, c, pixels), 0);
  }
});

const SHAPES: WeightShape[] = [
  { in: 1, out: 1, kernelHeight: 1, kernelWidth: 1 },
  { in: 33, out: 5, kernelHeight: 3, kernelWidth: 2 },
  { in: 4, out: 70, kernelHeight: 2, kernelWidth: 2 },
];

test('weights come back from the master layout as they were, both kinds; each has a place of its own, the rest is 0', (t) => {
  for (const shape of SHAPES)
    for (const kind of ['conv2d', 'linear'] as const) {
      const named = normals('w', shape.in * shape.out * shape.kernelHeight * shape.kernelWidth);
      const master = new Float32Array(weightFloats(shape) + 1).fill(9);
      toMaster(named, shape, kind, master);
      t.deepEqual(fromMaster(master, shape, kind), named);
      t.is(master.filter((value) => value !== 0).length, named.length + 1);
      t.is(master.at(-1), 9);
    }
});

test('by hand: [out, in, ky, kx] of a convolution and [out, ky, kx, in] of a linear layer, in [outBlock][tap][in][32]', (t) => {
  const shape = { in: 2, out: 34, kernelHeight: 1, kernelWidth: 2 };
  const at = (kind: 'conv2d' | 'linear', wanted: number): number => {
    let found = -1;
    eachWeight(shape, kind, (named, master) => named === wanted && (found = master));
    return found;
  };
  // Output 33 is lane 1 of block 1; a tap has 32 rows of 32 floats, a block two taps.
  const place = (tap: number, input: number): number => ((2 + tap) * 32 + input) * 32 + 1;
  t.is(at('conv2d', (33 * 2 + 1) * 2 + 0), place(0, 1));
  t.is(at('linear', (33 * 2 + 0) * 2 + 1), place(0, 1));
  t.is(at('conv2d', (33 * 2 + 0) * 2 + 1), place(1, 0));
  t.is(weightFloats(shape), 2 * 2 * 32 * 32);
});
