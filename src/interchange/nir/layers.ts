// How each kind of layer is written as nodes of NIR, or why it cannot be.
// Tests: test/interchange/nir/to-graph.test.ts.
import { foldedBatchNorm } from '../../engines/plain/batch-norm.js';
import type { ModelSettings } from '../../engines/engine.js';
import { SettingsError } from '../../errors.js';
import { batchNormGain } from '../../learning/batch-norm.js';
import { type Shape, sizeOf } from '../../network/geometry.js';
import type { BatchNorm, Conv2d, Layer, LayerOfType, LayerType, Linear } from '../../network/layers.js';
import { byChannel } from '../convert.js';
import { affineNode, conv2dNode, type Dense, scaleOutputs } from './dense.js';
import { int64, int64Array, type NirArray } from './graph.js';
import type { ProfiledNeuron } from './profiles.js';
import { nirShape, type Signal, type Term, type Writing } from './signal.js';

/** `conv`: Conv2d for all that is linear, which every reader has. `plain`: Affine, Flatten, AvgPool2d or SumPool2d. */
export const NIR_VOCABULARIES = ['conv', 'plain'] as const;
/** One of {@link NIR_VOCABULARIES}. */
export type NirVocabulary = (typeof NIR_VOCABULARIES)[number];

/** How `plain` writes means over pixels: as they are, or as sums, with the division in the weights that follow. */
export const NIR_POOLS = ['avg', 'sum'] as const;
/** One of {@link NIR_POOLS}. */
export type NirPool = (typeof NIR_POOLS)[number];

/** What writing depends on. */
export interface WritingContext {
  writing: Writing;
  settings: Pick<ModelSettings, 'neuron' | 'batchNorm'>;
  neuron: ProfiledNeuron;
  vocabulary: NirVocabulary;
  pool: NirPool;
  parameter(name: string): ArrayLike<number>;
}

type Write<L> = (layer: L, signal: Signal, context: WritingContext) => Signal;
/** Why there is no node for a kind of layer, and what to do. */
type Reason = string;

const kinds: { [Type in LayerType]: Write<LayerOfType<Type>> | Reason } = {
  conv2d: writeConvolution,
  linear: writeLinear,
  batchNorm: writeBatchNorm,
  lif: writeNeurons,
  relu: 'NIR has spiking neurons and no ReLU; export the spiking network and not its ANN twin',
  avgPool2d: ({ name, size }, signal, context) => writeMean(name, [size, size], signal, context),
  globalAvgPool2d: ({ name }, signal, context) =>
    writeMean(name, [signal.image[0], signal.image[1]], signal, context),
  maxPool2d: 'NIR has no maximum, and no node that it has computes one; train with avgPool2d',
  flatten: ({ name }, signal, context) =>
    context.vocabulary === 'plain'
      ? writeFlatten(name, signal, context)
      : { ...signal, flattened: signal.flattened || sizeOf(signal.image) !== signal.image[2] },
  residual(layer, signal, context) {
    // Both branches take these outputs: nothing of one may be folded into them.
    const shared = { ...signal, terms: signal.terms.map(({ node, gain }): Term => ({ node, gain })) };
    const [body, shortcut] = [layer.body, layer.shortcut].map((branch) =>
      writeLayers(branch, shared, context),
    );
    return added(layer.name, body, shortcut, context);
  },
};

/** Writes layers one after the other. @throws SettingsError naming the layer that NIR has nothing for */
export function writeLayers(layers: readonly Layer[], signal: Signal, context: WritingContext): Signal {
  return layers.reduce((before, layer) => {
    const write = kinds[layer.type] as Write<Layer> | Reason;
    if (typeof write === 'string') refuse(context, layer, write);
    return write(layer, before, context);
  }, signal);
}

function refuse(
  { writing }: WritingContext,
  { name, type }: Pick<Layer, 'name' | 'type'>,
  why: string,
): never {
  throw new SettingsError(`${writing.network}: ${name} (${type}) has no place in a NIR file: ${why}`);
}

/** Weights times what their inputs are still to be multiplied by, and the bias that a layer has, or none. */
const denseOf = (
  layer: Conv2d | Linear,
  gain: number,
  weight: ArrayLike<number>,
  { parameter }: WritingContext,
): Pick<Dense, 'weight' | 'bias'> => ({
  weight: Float64Array.from(weight, (value) => value * gain),
  bias: layer.bias ? Float64Array.from(parameter(`${layer.name}.bias`)) : new Float64Array(layer.out),
});

const alone = (term: Term, image: Shape, flat = false): Signal => ({
  ...{ terms: [term], image, flattened: false, flat },
});

function writeConvolution(layer: Conv2d, signal: Signal, context: WritingContext): Signal {
  if (signal.flattened || signal.flat)
    refuse(context, layer, 'it stands behind a flattening; put it before, or use a linear layer');
  const { name, in: channels, out, kernel, stride, padding } = layer;
  const [height, width] = signal.image;
  const { from, gain } = context.writing.sources(name, signal);
  const term = context.writing.addDense(
    name,
    {
      shape: [out, channels, kernel, kernel],
      ...denseOf(layer, gain, context.parameter(`${name}.weight`), context),
      node: conv2dNode([height, width], { stride: [stride, stride], padding: [padding, padding] }),
    },
    from,
  );
  const side = (size: number): number => Math.floor((size + 2 * padding - kernel) / stride) + 1;
  return alone(term, [side(height), side(width), out]);
}

function writeLinear(layer: Linear, given: Signal, context: WritingContext): Signal {
  const { name, out } = layer;
  const plain = context.vocabulary === 'plain';
  const signal = plain ? writeFlatten(`${name}.flatten`, given, context) : given;
  const { from, gain } = context.writing.sources(name, signal);
  const columns = byChannel(Float64Array.from(context.parameter(`${name}.weight`)), out, signal.image);
  const { weight, bias } = denseOf(layer, gain, columns as Float64Array, context);
  const dense: Dense = plain
    ? { shape: [out, layer.in], weight, bias, node: affineNode }
    : covering(signal.image, weight, bias);
  return alone(context.writing.addDense(name, dense, from), [1, 1, out], plain);
}

/**
 * A convolution whose kernel covers the image, `[out, C, H, W]`. The kernel is square, with zeros where the image is not: the
 * Python package nir takes every kernel for as wide as it is high.
 */
function covering([height, width, channels]: Shape, values: Float64Array, bias: Float64Array): Dense {
  const kernel = Math.max(height, width);
  const padding = [height, width].map((side) => Math.ceil((kernel - side) / 2)) as [number, number];
  const stride = height === width ? 1 : 2; // a side padded by one too many has place for a second kernel at stride 1
  const weight = new Float64Array(bias.length * channels * kernel ** 2);
  for (let from = 0, plane = 0; from < values.length; plane++)
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++)
        weight[(plane * kernel + y + padding[0]) * kernel + x + padding[1]] = values[from++];
  const node = conv2dNode([height, width], { stride: [stride, stride], padding });
  return { shape: [bias.length, channels, kernel, kernel], weight, bias, node };
}

function writeBatchNorm(layer: BatchNorm, signal: Signal, context: WritingContext): Signal {
  const { writing, settings, parameter } = context;
  const { name, channels } = layer;
  if (signal.flattened)
    refuse(context, layer, 'it normalises a flattened image; put it before, or use --vocabulary plain');
  const site = {
    ...{ gamma: parameter(`${name}.weight`), beta: parameter(`${name}.bias`) },
    ...{
      epsilon: settings.batchNorm.epsilon,
      gain: batchNormGain(settings.batchNorm, settings.neuron.theta),
    },
  };
  const running = {
    ...{ mean: parameter(`${name}.runningMean`), variance: parameter(`${name}.runningVariance`) },
  };
  const folded = foldedBatchNorm(site, running);
  // Behind a flattening channels go by H·W·C here and by C·H·W in NIR.
  const ordered = (values: Float64Array): Float64Array =>
    channels === signal.image[2] ? values : (byChannel(values, 1, signal.image) as Float64Array);
  const [scale, shift] = [ordered(folded.scale), ordered(folded.shift)];
  const [term, ...others] = signal.terms;
  if (term.open === undefined || others.length > 0)
    return {
      ...signal,
      terms: [
        writing.diagonal(
          name,
          signal,
          (c) => scale[c],
          (c) => shift[c],
        ),
      ],
    };
  scaleOutputs(
    term.open,
    (c) => scale[c],
    (c) => shift[c],
  );
  return signal;
}

function writeNeurons({ name }: { name: string }, signal: Signal, context: WritingContext): Signal {
  const { writing, neuron, settings } = context;
  const shape = nirShape(signal);
  const all = (value: number): NirArray => ({
    ...{ dtype: 'float32', shape, data: new Float32Array(sizeOf(shape)).fill(value) },
  });
  const from = writing.multiplied(name, signal, neuron.gain).map(({ node }) => node);
  const { type, tau, r } = neuron;
  const fields = {
    ...(tau !== undefined && { tau: all(tau), v_leak: all(0) }),
    ...{ r: all(r), v_threshold: all(settings.neuron.theta), v_reset: all(0) },
  };
  return { ...signal, terms: [{ node: writing.add(name, { type, fields }, from), gain: 1 }] };
}

function writeMean(
  name: string,
  [high, wide]: [number, number],
  signal: Signal,
  { writing, vocabulary, pool }: WritingContext,
): Signal {
  if (signal.flattened || signal.flat || high * wide === 1) return signal;
  const [height, width, channels] = signal.image;
  const image: Shape = [Math.floor(height / high), Math.floor(width / wide), channels];
  const { from, gain } = writing.sources(name, signal);
  const mean = 1 / (high * wide);
  if (vocabulary === 'conv') {
    const taps = high * wide;
    writing.checkSize(name, channels ** 2 * taps);
    const weight = new Float64Array(channels ** 2 * taps);
    for (let c = 0; c < channels; c++)
      weight.fill(mean * gain, c * (channels + 1) * taps, (c * (channels + 1) + 1) * taps);
    const dense: Dense = {
      shape: [channels, channels, high, wide],
      ...{ weight, bias: new Float64Array(channels), constant: true },
      node: conv2dNode([height, width], { stride: [high, wide], padding: [0, 0] }),
    };
    return alone(writing.addDense(name, dense, from), image);
  }
  const fields = {
    kernel_size: int64Array([high, wide]),
    stride: int64Array([high, wide]),
    padding: int64Array([0, 0]),
  };
  const node = writing.add(name, { type: pool === 'avg' ? 'AvgPool2d' : 'SumPool2d', fields }, from);
  return alone({ node, gain: pool === 'avg' ? gain : gain * mean }, image);
}

function writeFlatten(name: string, signal: Signal, { writing }: WritingContext): Signal {
  if (signal.flat) return signal;
  const { from, gain } = writing.sources(name, signal);
  const fields = { start_dim: int64(0), end_dim: int64(-1), input_type: int64Array(nirShape(signal)) };
  const node = writing.add(name, { type: 'Flatten', fields }, from);
  return { ...signal, terms: [{ node, gain }], flat: true };
}

/** The sum of two branches. A node that is in both is there once, for edges that stand twice are read once. */
function added(name: string, body: Signal, shortcut: Signal, context: WritingContext): Signal {
  const [a, b] =
    body.flat === shortcut.flat
      ? [body, shortcut]
      : [body, shortcut].map((branch, i) => writeFlatten(`${name}.flatten${i + 1}`, branch, context));
  if (a.image.join() !== b.image.join())
    refuse(
      context,
      { name, type: 'residual' },
      'one branch gives a flattened image and the other features in another order; flatten before the block',
    );
  const terms = new Map<string, Term>();
  for (const term of [...a.terms, ...b.terms]) {
    const known = terms.get(term.node);
    terms.set(term.node, known ? { node: term.node, gain: known.gain + term.gain } : term);
  }
  return { ...a, terms: [...terms.values()] };
}
