// A network is plain typed data: a list of layers. Everything else (the engines, the energy model, the
// architecture table) interprets this list. Builders here; architectures.ts puts them together.
import { SettingsError } from './errors.js';

/** A 2-D convolution over `[B, H, W, in]`, zero padding, no dilation. Weight `[out, in, kernel, kernel]`. */
export interface Conv2d {
  type: 'conv2d';
  name: string;
  in: number;
  out: number;
  kernel: number;
  stride: number;
  /** Zeros added on each side, as PyTorch's `padding`. */
  padding: number;
  bias: boolean;
}
/** Batch normalisation by channel over `T · B · H · W` (see `BatchNormSettings`). */
export interface BatchNorm {
  type: 'batchNorm';
  name: string;
  channels: number;
}
/** A layer of leaky integrate-and-fire neurons (see `NeuronSettings`): the only layer with a state over time. */
export interface Lif {
  type: 'lif';
  name: string;
}
/** `max(0, x)`: what the ANN twin has in place of {@link Lif}. */
export interface Relu {
  type: 'relu';
  name: string;
}
/** Average over `size × size` blocks, stride = size; a remainder at the edge is dropped, as in PyTorch. */
export interface AvgPool2d {
  type: 'avgPool2d';
  name: string;
  size: number;
}
/** Maximum over `size × size` blocks, stride = size; a remainder at the edge is dropped. */
export interface MaxPool2d {
  type: 'maxPool2d';
  name: string;
  size: number;
}
/** Average over all of H and W: `[B, H, W, C]` → `[B, 1, 1, C]`. */
export interface GlobalAvgPool2d {
  type: 'globalAvgPool2d';
  name: string;
}
/** `[B, H, W, C]` → `[B, H·W·C]`, in that order of axes. */
export interface Flatten {
  type: 'flatten';
  name: string;
}
/** `y = W x + b` over `[B, in]`. Weight `[out, in]`. */
export interface Linear {
  type: 'linear';
  name: string;
  in: number;
  out: number;
  bias: boolean;
}
/** `body(x) + shortcut(x)`, added on currents, before the neuron that follows; an empty shortcut is the identity. */
export interface Residual {
  type: 'residual';
  name: string;
  body: Layer[];
  shortcut: Layer[];
}
/** Any layer. */
export type Layer =
  Conv2d | BatchNorm | Lif | Relu | AvgPool2d | MaxPool2d | GlobalAvgPool2d | Flatten | Linear | Residual;

/** A network: what it takes, what it gives, and its layers in order. The last linear layer does not spike. */
export interface Network {
  name: string;
  /** Height, width, channels of one input image or frame. */
  input: [height: number, width: number, channels: number];
  /** How many classes, the width of the last linear layer. */
  classes: number;
  layers: Layer[];
}

/** A convolution; the padding defaults to `(kernel − 1) / 2`, which keeps the size at stride 1. */
export function conv2d(
  name: string,
  channelsIn: number,
  channelsOut: number,
  options: { kernel?: number; stride?: number; padding?: number; bias?: boolean } = {},
): Conv2d {
  const { kernel = 3, stride = 1, bias = false } = options;
  const padding = options.padding ?? (kernel - 1) / 2;
  return { type: 'conv2d', name, in: channelsIn, out: channelsOut, kernel, stride, padding, bias };
}
/** Batch normalisation of `channels` channels. */
export const batchNorm = (name: string, channels: number): BatchNorm => ({
  type: 'batchNorm',
  name,
  channels,
});
/** A layer of LIF neurons. */
export const lif = (name: string): Lif => ({ type: 'lif', name });
/** Average pooling over `size × size`. */
export const avgPool2d = (name: string, size = 2): AvgPool2d => ({ type: 'avgPool2d', name, size });
/** Maximum pooling over `size × size`. */
export const maxPool2d = (name: string, size = 2): MaxPool2d => ({ type: 'maxPool2d', name, size });
/** Global average pooling. */
export const globalAvgPool2d = (name: string): GlobalAvgPool2d => ({ type: 'globalAvgPool2d', name });
/** Flattening. */
export const flatten = (name: string): Flatten => ({ type: 'flatten', name });
/** A fully connected layer. */
export const linear = (name: string, channelsIn: number, channelsOut: number, bias = true): Linear => ({
  type: 'linear',
  name,
  in: channelsIn,
  out: channelsOut,
  bias,
});
/** A residual block: body plus shortcut. */
export const residual = (name: string, body: Layer[], shortcut: Layer[] = []): Residual => ({
  type: 'residual',
  name,
  body,
  shortcut,
});

/** Height, width and channels. A flattened tensor has height = width = 1. */
export type Shape = [height: number, width: number, channels: number];

/** A layer met on the way through a network, with the shapes on both sides of it (of one example, one time step). */
export interface PlacedLayer {
  layer: Layer;
  input: Shape;
  output: Shape;
  /** True before the first neuron: for a static image its result is the same at every time step. */
  beforeFirstNeuron: boolean;
}

/**
 * Walks the network in execution order (a residual's body, then its shortcut, then the residual itself) and
 * infers every shape.
 *
 * @throws SettingsError naming the layer, its input and what it expects, when shapes do not fit or a name is
 *   used twice
 */
export function placeLayers(network: Network): PlacedLayer[] {
  const placed: PlacedLayer[] = [];
  const names = new Set<string>();
  let beforeFirstNeuron = true;
  const walk = (layers: Layer[], start: Shape): Shape => {
    let shape = start;
    for (const layer of layers) {
      if (names.has(layer.name))
        throw new SettingsError(`${network.name}: two layers are named ${layer.name}; names must be unique`);
      names.add(layer.name);
      const input = shape;
      const wasBefore = beforeFirstNeuron;
      if (layer.type === 'residual') {
        const body = walk(layer.body, input);
        const shortcut = walk(layer.shortcut, input);
        if (body.join() !== shortcut.join())
          throw new SettingsError(
            `${network.name}: ${layer.name}: the body gives [${body}] and the shortcut [${shortcut}]; both must be equal`,
          );
        shape = body;
      } else {
        shape = outputShape(network.name, layer, input);
      }
      if (layer.type === 'lif' || layer.type === 'relu') beforeFirstNeuron = false;
      placed.push({ layer, input, output: shape, beforeFirstNeuron: wasBefore });
    }
    return shape;
  };
  const [height, width, channels] = walk(network.layers, network.input);
  if (height * width !== 1 || channels !== network.classes)
    throw new SettingsError(
      `${network.name}: ends with [${height},${width},${channels}], expected [1,1,${network.classes}]: the last layer must be linear with one output a class`,
    );
  return placed;
}

function outputShape(network: string, layer: Exclude<Layer, Residual>, input: Shape): Shape {
  const [height, width, channels] = input;
  const expect = (what: string, wanted: number, got: number): void => {
    if (wanted !== got)
      throw new SettingsError(
        `${network}: ${layer.name} expects ${wanted} ${what}, got ${got} from [${input}]; change the layer before it`,
      );
  };
  const sized = (size: number): number => {
    if (size < 1)
      throw new SettingsError(
        `${network}: ${layer.name} leaves nothing of an input of ${height} × ${width}; remove a pooling or a stride`,
      );
    return size;
  };
  switch (layer.type) {
    case 'conv2d': {
      expect('input channels', layer.in, channels);
      const size = (n: number): number =>
        sized(Math.floor((n + 2 * layer.padding - layer.kernel) / layer.stride) + 1);
      return [size(height), size(width), layer.out];
    }
    case 'batchNorm':
      expect('channels', layer.channels, channels);
      return input;
    case 'lif':
    case 'relu':
      return input;
    case 'avgPool2d':
    case 'maxPool2d':
      return [sized(Math.floor(height / layer.size)), sized(Math.floor(width / layer.size)), channels];
    case 'globalAvgPool2d':
      return [1, 1, channels];
    case 'flatten':
      return [1, 1, height * width * channels];
    case 'linear':
      expect('features', layer.in, height * width * channels);
      if (height * width !== 1)
        throw new SettingsError(
          `${network}: ${layer.name} needs a flat input, got [${input}]; put flatten before it`,
        );
      return [1, 1, layer.out];
  }
}

/** A named parameter (learned) or buffer (running statistic) and its shape. */
export interface ParameterSpec {
  /** `<layer>.weight`, `<layer>.bias`, `<layer>.runningMean`, `<layer>.runningVariance`. */
  name: string;
  /** Conv `[out, in, kernel, kernel]`, linear `[out, in]`, otherwise `[channels]`. */
  shape: number[];
  /** Inputs that reach one output: sets the bound of the initial uniform distribution. */
  fanIn: number;
  role: 'weight' | 'bias' | 'scale' | 'shift' | 'runningMean' | 'runningVariance';
}

/** Every parameter and buffer of a network in execution order. Batch norm: `weight` is the scale γ, `bias` the shift. */
export function parameterSpecs(network: Network): ParameterSpec[] {
  return placeLayers(network).flatMap(({ layer }): ParameterSpec[] => {
    const spec = (
      suffix: string,
      shape: number[],
      role: ParameterSpec['role'],
      fanIn = 0,
    ): ParameterSpec => ({
      name: `${layer.name}.${suffix}`,
      shape,
      fanIn,
      role,
    });
    switch (layer.type) {
      case 'conv2d': {
        const fanIn = layer.in * layer.kernel * layer.kernel;
        const weight = spec('weight', [layer.out, layer.in, layer.kernel, layer.kernel], 'weight', fanIn);
        return layer.bias ? [weight, spec('bias', [layer.out], 'bias', fanIn)] : [weight];
      }
      case 'linear': {
        const weight = spec('weight', [layer.out, layer.in], 'weight', layer.in);
        return layer.bias ? [weight, spec('bias', [layer.out], 'bias', layer.in)] : [weight];
      }
      case 'batchNorm':
        return [
          spec('weight', [layer.channels], 'scale'),
          spec('bias', [layer.channels], 'shift'),
          spec('runningMean', [layer.channels], 'runningMean'),
          spec('runningVariance', [layer.channels], 'runningVariance'),
        ];
      default:
        return [];
    }
  });
}

/** True for what is learned, false for running statistics. */
export const isTrainable = (spec: ParameterSpec): boolean =>
  spec.role !== 'runningMean' && spec.role !== 'runningVariance';

/** How many values a shape holds. */
export const sizeOf = (shape: readonly number[]): number => shape.reduce((product, n) => product * n, 1);

/** How many trainable parameters a network has. */
export const countParameters = (network: Network): number =>
  parameterSpecs(network)
    .filter(isTrainable)
    .reduce((sum, { shape }) => sum + sizeOf(shape), 0);

/** Multiply–accumulates of one example and one time step, by layer: `O²·N·k²·M` for a convolution, `in·out` for linear. */
export function countMacs({ layer, output }: PlacedLayer): number {
  if (layer.type === 'conv2d')
    return output[0] * output[1] * layer.out * layer.in * layer.kernel * layer.kernel;
  if (layer.type === 'linear') return layer.in * layer.out;
  return 0;
}
