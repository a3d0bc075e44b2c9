// Kernels, strides, paddings, pools, sizes and steps that no architecture of the package has, and that a network of one's own
// may: even kernels, paddings beyond a kernel's half, images that are not square, one channel, one step and fifty.
import test from 'ava';
import { experiment } from '../../src/experiment/experiment.js';
import {
  avgPool2d,
  batchNorm,
  conv2d,
  flatten,
  globalAvgPool2d,
  type Layer,
  lif,
  linear,
  maxPool2d,
  type Network,
} from '../../src/network/layers.js';
import { agreesWithPlain, type Look } from '../helpers/against-plain.js';

/** What is looked at between neurons and neurons, over an image of this size. */
interface Case extends Look {
  what: string;
  input: Network['input'];
  between: (channels: number) => Layer[];
  steps?: number;
  /** Channels of the first convolution; default 6. */
  channels?: number;
}

const kernel = (size: number, stride: number, padding: number) => (channels: number) => [
  conv2d('k', channels, 5, { kernel: size, stride, padding, bias: size % 2 === 0 }),
  batchNorm('bk', 5),
];

const CASES: Case[] = [
  { what: 'kernel 2, stride 1, padding 0', input: [7, 7, 3], between: kernel(2, 1, 0) },
  { what: 'kernel 2, stride 2, padding 1, not square', input: [6, 9, 3], between: kernel(2, 2, 1) },
  { what: 'kernel 4, stride 3, padding 2, one channel', input: [9, 7, 1], between: kernel(4, 3, 2) },
  { what: 'kernel 6, stride 1, padding 5, more than half of it', input: [5, 8, 2], between: kernel(6, 1, 5) },
  { what: 'kernel 3, stride 1, padding 0', input: [8, 5, 3], between: kernel(3, 1, 0) },
  { what: 'kernel 3, stride 1, padding 2', input: [6, 5, 3], between: kernel(3, 1, 2) },
  { what: 'kernel 3, stride 2, padding 0, an odd side', input: [9, 8, 3], between: kernel(3, 2, 0) },
  { what: 'kernel 1, stride 2, padding 1', input: [6, 5, 3], between: kernel(1, 2, 1) },
  { what: 'kernel 5, stride 4, padding 3', input: [7, 11, 1], between: kernel(5, 4, 3) },
  { what: 'a kernel as large as a narrow image', input: [1, 9, 3], between: kernel(3, 2, 1) },
  {
    what: 'a maximum of spikes, a remainder at the edge',
    input: [9, 7, 1],
    between: (n) => [maxPool2d('p', 2), conv2d('k', n, 4)],
  },
  {
    what: 'a maximum of currents over 3',
    input: [9, 10, 3],
    between: (n) => [conv2d('k', n, 4), maxPool2d('p', 3), batchNorm('bk', 4)],
  },
  {
    what: 'a maximum and an average, one after the other',
    input: [8, 12, 1],
    between: (n) => [maxPool2d('p', 2), avgPool2d('q', 2), conv2d('k', n, 4)],
  },
  { what: 'one step', input: [6, 8, 1], steps: 1, between: kernel(2, 1, 1) },
  { what: 'one step of a frame', input: [6, 8, 2], steps: 1, frames: true, between: kernel(3, 2, 1) },
  { what: 'fifty steps', input: [5, 6, 1], steps: 50, examples: 2, channels: 3, between: kernel(2, 2, 1) },
  {
    what: 'fifty frames, one channel, a maximum',
    input: [6, 4, 1],
    ...{ steps: 50, examples: 2, channels: 3, frames: true },
    between: (n) => [maxPool2d('p', 2), conv2d('k', n, 3)],
  },
  { what: 'one channel everywhere', input: [5, 4, 1], channels: 1, between: () => [conv2d('k', 1, 1)] },
];

/** The network of a case: neurons, what is looked at, neurons, and a readout over what is left of the image. */
function networkOf({ what, input, between, channels = 6 }: Case): Network {
  const first = [conv2d('c', input[2], channels), batchNorm('b', channels), lif('l')];
  const layers = [...first, ...between(channels), lif('l2')];
  return {
    ...{ name: what, input, classes: 4 },
    layers: [...layers, globalAvgPool2d('pool'), flatten('f'), linear('fc', outOf(layers), 4)],
  };
}

/** Channels that the last convolution gives. */
const outOf = (layers: readonly Layer[]): number =>
  layers.reduce((channels, layer) => (layer.type === 'conv2d' ? layer.out : channels), 0);

for (const one of CASES)
  test.serial(`${one.what}: event and tfjs agree with plain`, (t) =>
    agreesWithPlain(t, networkOf(one), experiment({ steps: one.steps ?? 3, lipschitz: { beta: 1e-3 } }), one),
  );
