// The way through a network: its layers in the order in which they run, with the shapes on both sides of each.
import { SettingsError } from '../errors.js';
import type { Layer, Network, Residual } from './layers.js';

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

/** Multiply–accumulates of one example and one time step, by layer: `O²·N·k²·M` for a convolution, `in·out` for linear. */
export function countMacs({ layer, output }: PlacedLayer): number {
  if (layer.type === 'conv2d')
    return output[0] * output[1] * layer.out * layer.in * layer.kernel * layer.kernel;
  if (layer.type === 'linear') return layer.in * layer.out;
  return 0;
}
