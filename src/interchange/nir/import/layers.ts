// Nodes of NIR as layers of ours, with their weights. Images go by C·H·W there and by H·W·C here: columns behind a flattening
// are put in our order. Tests: test/interchange/nir/import/import.test.ts.
import { avgPool2d, conv2d, flatten, globalAvgPool2d, lif, linear } from '../../../network/layers.js';
import type { NirNode } from '../graph.js';
import { convolutionOf } from '../nodes/conv.js';
import { flattened, flattenedAxes } from '../nodes/flatten.js';
import { countOf, numbers, shapeOf, shapeText } from '../nodes/kind.js';
import { poolWindows } from '../nodes/pool.js';
import type { Window } from '../nodes/windows.js';
import type { Branch } from './branch.js';
import { byChannel, type Gain, snapped, times, uniformGain } from './gain.js';
import { refuse } from './refuse.js';

/** Adds a node to a branch. `shape` is what it gives. */
type Add = (branch: Branch, path: string, node: NirNode, shape: number[]) => void;

const pass: Add = () => undefined;

/** y = W x + b: columns in our order, factors of what it takes in them. */
const addAffine: Add = (branch, path, node, shape) => {
  const [out, inputs, ...more] = shapeOf(node, 'weight')!;
  if (more.length > 0) refuse(path, node, `has a weight of ${more.length + 2} axes, and ours [out, in]`);
  addLinear(
    branch,
    path,
    numbers(node, 'weight'),
    'bias' in node.fields ? numbers(node, 'bias') : undefined,
    out,
    inputs,
  );
  branch.shape = shape;
};

function addLinear(
  branch: Branch,
  path: string,
  weight: Float64Array,
  bias: Float64Array | undefined,
  out: number,
  inputs: number,
): void {
  const name = branch.parts.name(path);
  const hasBias = bias !== undefined && bias.some((value) => value !== 0);
  const data = new Float64Array(weight.length);
  for (let row = 0; row < out; row++)
    for (let i = 0; i < inputs; i++)
      data[row * inputs + branch.ours(i)] = weight[row * inputs + i] * branch.gain[i];
  branch.parts.weights.set(`${name}.weight`, { shape: [out, inputs], data });
  if (hasBias) branch.parts.weights.set(`${name}.bias`, { shape: [out], data: bias.slice() });
  branch.order = undefined;
  branch.addWeights(linear(name, inputs, out, hasBias), [out]);
}

const squareOf = (
  windows: readonly Window[],
  field: 'kernel' | 'stride' | 'before' | 'after',
): number | undefined => (windows[0][field] === windows[1][field] ? windows[0][field] : undefined);

const addConv: Add = (branch, path, node, shape) => {
  const { in: inputs, out, groups, windows } = convolutionOf(node, 2);
  const bias = numbers(node, 'bias');
  const weight = numbers(node, 'weight');
  const noBias = bias.every((value) => value === 0);
  const own = inputs === out && noBias ? ownChannels(weight, inputs, groups) : undefined;
  if (own !== undefined && addDiagonal(branch, path, own, windows, shape)) return;
  const dense = groups === 1 ? weight : withoutGroups(weight, inputs, out, groups);
  const covers = windows.every(
    ({ kernel, before, after, dilation }, axis) =>
      kernel === branch.shape[axis + 1] && before + after === 0 && dilation === 1,
  );
  if (covers) {
    const [, height, width] = branch.shape;
    const flat = height * width > 1 ? flatten(branch.parts.name(`${path}.flatten`)) : undefined;
    branch.flatten(flat);
    addLinear(branch, path, dense, bias, out, inputs * height * width);
    branch.shape = shape;
    return;
  }
  const [kernel, stride, padding, after] = (['kernel', 'stride', 'before', 'after'] as const).map((field) =>
    squareOf(windows, field),
  );
  if (kernel === undefined || stride === undefined || padding === undefined || padding !== after)
    refuse(path, node, 'has a kernel, stride or padding that is not the same on all sides, as ours are');
  if (windows.some(({ dilation }) => dilation !== 1)) refuse(path, node, 'has a dilation, and ours has none');
  const name = branch.parts.name(path);
  const taps = kernel * kernel;
  const data = dense.map((value, i) => value * branch.gain[Math.floor(i / taps) % inputs]);
  branch.parts.weights.set(`${name}.weight`, { shape: [out, inputs, kernel, kernel], data });
  if (!noBias) branch.parts.weights.set(`${name}.bias`, { shape: [out], data: bias });
  branch.addWeights(conv2d(name, inputs, out, { kernel, stride, padding, bias: !noBias }), shape);
};

/** Weights from each channel to itself; undefined where there are others than zeros besides, by groups or without. */
function ownChannels(weight: Float64Array, channels: number, groups: number): Float64Array | undefined {
  const inGroup = channels / groups;
  const taps = weight.length / (channels * inGroup);
  const own = new Float64Array(channels * taps);
  for (let i = 0; i < weight.length; i++) {
    const row = Math.floor(i / (inGroup * taps));
    if (Math.floor(i / taps) % inGroup === row % inGroup) own[row * taps + (i % taps)] = weight[i];
    else if (weight[i] !== 0) return undefined;
  }
  return own;
}

/** A convolution of each channel alone that is a factor, or the average of blocks times one. Whether it was. */
function addDiagonal(
  branch: Branch,
  path: string,
  weight: Float64Array,
  windows: readonly Window[],
  shape: number[],
): boolean {
  const factors = byChannel(weight, branch.shape[0]);
  const plain = windows.every(({ before, after, dilation }) => before + after === 0 && dilation === 1);
  if (factors === undefined || !plain) return false;
  if (windows.every(({ kernel, stride }) => kernel === 1 && stride === 1)) {
    branch.gain = times(branch.gain, factors);
    return true;
  }
  const over = windows[0].kernel * windows[1].kernel;
  return addAverage(
    branch,
    path,
    windows,
    shape,
    factors.map((factor) => snapped(factor * over)),
  );
}

/** Adds the average over blocks that lie side by side, or over the whole image. Whether they do. */
function addAverage(
  branch: Branch,
  path: string,
  windows: readonly Window[],
  shape: number[],
  factors: Gain,
): boolean {
  const [, height, width] = branch.shape;
  const [rows, columns] = windows;
  const kernel = squareOf(windows, 'kernel');
  const whole = rows.kernel === height && columns.kernel === width;
  const blocks = kernel !== undefined && rows.stride === kernel && columns.stride === kernel;
  if (windows.some(({ before, after }) => before + after > 0) || !(whole || blocks)) return false;
  if (height * width > 1) {
    const name = branch.parts.name(path);
    branch.add(whole ? globalAvgPool2d(name) : avgPool2d(name, kernel), shape);
  }
  branch.gain = times(branch.gain, factors);
  return true;
}

const addPool =
  (sums: boolean): Add =>
  (branch, path, node, shape) => {
    const windows = poolWindows(node);
    const over = sums ? windows[0].kernel * windows[1].kernel : 1;
    if (!addAverage(branch, path, windows, shape, uniformGain(branch.shape[0], over)))
      refuse(
        path,
        node,
        'has blocks that overlap, leave gaps, are oblong or padded, and ours lie side by side',
      );
  };

/** All weights between channels, zeros between those of different groups. */
function withoutGroups(weight: Float64Array, inputs: number, out: number, groups: number): Float64Array {
  const taps = (weight.length * groups) / (inputs * out);
  const [inGroup, outGroup] = [inputs / groups, out / groups];
  const dense = new Float64Array(out * inputs * taps);
  for (let i = 0; i < weight.length; i++) {
    const row = Math.floor(i / (inGroup * taps));
    const column = Math.floor(row / outGroup) * inGroup + (Math.floor(i / taps) % inGroup);
    dense[(row * inputs + column) * taps + (i % taps)] = weight[i];
  }
  return dense;
}

const addFlatten: Add = (branch, path, node, shape) => {
  const [start, end] = flattenedAxes(node);
  if (flattened(branch.shape, start, end)?.length !== 1)
    refuse(path, node, `gives values of shape ${shapeText(shape)}, and ours flattens all axes`);
  if (branch.shape.length === 1) return;
  const pixels = countOf(branch.shape.slice(1));
  branch.flatten(pixels > 1 ? flatten(branch.parts.name(path)) : undefined);
};

const addScale: Add = (branch, path, node) => {
  const factors = byChannel(numbers(node, 'scale'), branch.gain.length);
  if (factors === undefined)
    refuse(path, node, 'scales values of a channel differently, which no weights of ours can');
  branch.gain = times(branch.gain, factors);
};

/** Neurons; the factors that they ask for are in the weights already. */
const addNeurons: Add = (branch, path) => branch.addBarrier(lif(branch.parts.name(path)));

/** What becomes of a node, by type; a type that is not here has no counterpart. */
export const ADD: Readonly<Record<string, Add>> = {
  ...{ Input: pass, Output: pass, Affine: addAffine, Linear: addAffine, Conv2d: addConv },
  ...{ SumPool2d: addPool(true), AvgPool2d: addPool(false), Flatten: addFlatten, Scale: addScale },
  ...{ LIF: addNeurons, IF: addNeurons },
};
