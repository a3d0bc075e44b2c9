// A network is plain typed data: a list of layers. Everything else (the engines, the energy model, the
// architecture table) interprets this list. Builders here; architectures.ts puts them together; check.ts says
// what is allowed.
import { SettingsError } from '../errors.js';

/** A 2-D convolution over `[B, H, W, in]`, zero padding, no dilation. Weight `[out, in, kernel, kernel]`. */
export interface Conv2d {
  type: 'conv2d';
  name: string;
  in: number;
  out: number;
  kernel: number;
  stride: number;
  /** Zeros added on each side, as PyTorch's `padding`: an integer ≥ 0. */
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

/**
 * A network: what it takes, what it gives, and its layers in order. The last layer gives one value a class at every time
 * step; in all networks here it is linear and does not spike. One that spikes says by its rate.
 */
export interface Network {
  name: string;
  /** Height, width, channels of one input image or frame. */
  input: [height: number, width: number, channels: number];
  /** How many classes, at least 2. */
  classes: number;
  layers: Layer[];
}

/**
 * A convolution; the padding defaults to `(kernel − 1) / 2`, which keeps the size at stride 1.
 *
 * @throws SettingsError when the kernel is even and no padding is given: no equal padding of both sides keeps the size
 */
export function conv2d(
  name: string,
  channelsIn: number,
  channelsOut: number,
  options: { kernel?: number; stride?: number; padding?: number; bias?: boolean } = {},
): Conv2d {
  const { kernel = 3, stride = 1, bias = false } = options;
  const padding = options.padding ?? (kernel - 1) / 2;
  if (options.padding === undefined && kernel % 2 === 0)
    throw new SettingsError(
      `conv2d ${name}: kernel is ${kernel}, and no equal padding of both sides keeps the size of an image under an even kernel; give a padding`,
    );
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
