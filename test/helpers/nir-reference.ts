// A graph of NIR run in plain loops, one node after the other in float64, by the standard's equations: what exports are held against.
// Knows the nodes that exports have, and no others.
import { factsOf } from '../../src/interchange/nir/facts.js';
import {
  isNirGraph,
  type NirArray,
  type NirGraph,
  type NirNode,
  numbersOf,
} from '../../src/interchange/nir/graph.js';

/** What a run gives: by node, its values of one step after the other. */
export type NirTrace = Map<string, Float64Array[]>;

const numbers = (node: NirNode, field: string): number[] => [...numbersOf(node.fields[field] as NirArray)];

/** Node names so that each comes behind what feeds it. */
function order({ nodes, edges }: NirGraph): string[] {
  const left = new Set(nodes.keys());
  const sorted: string[] = [];
  while (left.size > 0) {
    const ready = [...left].filter((name) => edges.every(([from, to]) => to !== name || !left.has(from)));
    if (ready.length === 0) throw new Error('a circle');
    for (const name of ready) {
      sorted.push(name);
      left.delete(name);
    }
  }
  return sorted;
}

interface Value {
  shape: number[];
  data: Float64Array;
}

function slide(
  { shape: [channels, height, width], data }: Value,
  [high, wide]: number[],
  [down, right]: number[],
  [top, left]: number[],
  outputs: number,
  each: (output: number, channel: number, tap: number) => number,
): Value {
  const outHeight = Math.floor((height + 2 * top - high) / down) + 1;
  const outWidth = Math.floor((width + 2 * left - wide) / right) + 1;
  const result = new Float64Array(outputs * outHeight * outWidth);
  for (let o = 0; o < outputs; o++)
    for (let y = 0; y < outHeight; y++)
      for (let x = 0; x < outWidth; x++) {
        let sum = 0;
        for (let c = 0; c < channels; c++)
          for (let ky = 0; ky < high; ky++)
            for (let kx = 0; kx < wide; kx++) {
              const [row, column] = [y * down + ky - top, x * right + kx - left];
              if (row < 0 || column < 0 || row >= height || column >= width) continue;
              sum += each(o, c, ky * wide + kx) * data[(c * height + row) * width + column];
            }
        result[(o * outHeight + y) * outWidth + x] = sum;
      }
  return { shape: [outputs, outHeight, outWidth], data: result };
}

function linear(node: NirNode, x: Value): Value {
  const weight = numbersOf(node.fields.weight as NirArray);
  const bias = numbers(node, 'bias');
  return {
    shape: [bias.length],
    data: Float64Array.from(bias, (b, o) =>
      x.data.reduce((sum, value, i) => sum + weight[o * x.data.length + i] * value, b),
    ),
  };
}

function convolution(node: NirNode, x: Value): Value {
  const [outputs, channels, high, wide] = (node.fields.weight as NirArray).shape;
  const weight = numbersOf(node.fields.weight as NirArray);
  const bias = numbers(node, 'bias');
  const expected = [channels, ...numbers(node, 'input_shape')];
  if (expected.join() !== x.shape.join()) throw new Error(`conv takes [${expected}], got [${x.shape}]`);
  const y = slide(
    x,
    [high, wide],
    numbers(node, 'stride'),
    numbers(node, 'padding'),
    outputs,
    (o, c, tap) => weight[(o * channels + c) * high * wide + tap],
  );
  const pixels = y.data.length / outputs;
  y.data.forEach((value, i) => (y.data[i] = value + bias[Math.floor(i / pixels)]));
  return y;
}

function pool(node: NirNode, x: Value, mean: boolean): Value {
  const kernel = numbers(node, 'kernel_size');
  const by = mean ? 1 / (kernel[0] * kernel[1]) : 1;
  return slide(x, kernel, numbers(node, 'stride'), numbers(node, 'padding'), x.shape[0], (o, c) =>
    o === c ? by : 0,
  );
}

/** One step of a layer of neurons; `v` is the state. */
function fire(node: NirNode, x: Value, v: Float64Array, graph: NirGraph): Value {
  const { dt = NaN, reset, integration } = factsOf(graph);
  const at = (field: string): number[] => numbers(node, field);
  const [r, threshold, resetTo] = [at('r'), at('v_threshold'), at('v_reset')];
  const shape = (node.fields.v_threshold as NirArray).shape;
  if (shape.join() !== x.shape.join()) throw new Error(`neurons [${shape}], currents [${x.shape}]`);
  const tau = node.type === 'LIF' ? at('tau') : undefined;
  const leak = node.type === 'LIF' ? at('v_leak') : [];
  const out = new Float64Array(v.length);
  for (let i = 0; i < v.length; i++) {
    const input = r[i] * x.data[i];
    if (tau === undefined) v[i] += dt * input;
    else if (integration === 'exponential') v[i] += (1 - Math.exp(-dt / tau[i])) * (leak[i] - v[i] + input);
    else v[i] += (dt / tau[i]) * (leak[i] - v[i] + input);
    if (!(v[i] > threshold[i])) continue;
    out[i] = 1;
    v[i] = reset === 'subtract' ? v[i] - threshold[i] : resetTo[i];
  }
  return { shape, data: out };
}

/** Runs a graph over frames `[C, H, W]`, one a step, from rest. */
export function runNir(graph: NirGraph, frames: readonly Float64Array[]): NirTrace {
  const trace: NirTrace = new Map([...graph.nodes.keys()].map((name) => [name, []]));
  const states = new Map<string, Float64Array>();
  const names = order(graph);
  for (const frame of frames) {
    const values = new Map<string, Value>();
    for (const name of names) {
      const node = graph.nodes.get(name)!;
      if (isNirGraph(node)) throw new Error('a graph within');
      const sources = graph.edges.filter(([, to]) => to === name).map(([from]) => values.get(from)!);
      const [first, ...more] = sources;
      for (const other of more)
        if (other.shape.join() !== first.shape.join())
          throw new Error(`${name}: [${first.shape}] + [${other.shape}]`);
      const x: Value = first && {
        shape: first.shape,
        data: first.data.map((value, i) => more.reduce((sum, { data }) => sum + data[i], value)),
      };
      const y = ((): Value => {
        switch (node.type) {
          case 'Input':
            return { shape: numbers(node, 'shape'), data: frame };
          case 'Output':
            if (numbers(node, 'shape').join() !== x.shape.join()) throw new Error(`output [${x.shape}]`);
            return x;
          case 'Conv2d':
            return convolution(node, x);
          case 'Affine':
            return linear(node, x);
          case 'AvgPool2d':
          case 'SumPool2d':
            return pool(node, x, node.type === 'AvgPool2d');
          case 'Flatten':
            if (numbers(node, 'input_type').join() !== x.shape.join())
              throw new Error(`flatten [${x.shape}]`);
            return { shape: [x.data.length], data: x.data };
          case 'LIF':
          case 'IF':
            if (!states.has(name)) states.set(name, new Float64Array(x.data.length));
            return fire(node, x, states.get(name)!, graph);
          default:
            throw new Error(`${name}: a ${node.type}`);
        }
      })();
      values.set(name, y);
      trace.get(name)!.push(y.data);
    }
  }
  return trace;
}

/** The mean of the output over the steps: the logits. */
export function logitsOf(graph: NirGraph, frames: readonly Float64Array[]): Float64Array {
  const outputs = runNir(graph, frames).get('output')!;
  return outputs[0].map((_, i) => outputs.reduce((sum, step) => sum + step[i], 0) / outputs.length);
}

/** An image `[H, W, C]` as NIR has it, `[C, H, W]`. */
export function channelsFirst(
  x: ArrayLike<number>,
  [height, width, channels]: readonly number[],
): Float64Array {
  const pixels = height * width;
  return Float64Array.from(
    { length: x.length },
    (_, i) => x[(i % pixels) * channels + Math.floor(i / pixels)],
  );
}
