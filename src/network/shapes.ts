// The way through a network: its layers in the order in which they run, with the shapes on both sides of each.
import { SettingsError } from '../errors.js';
import { checkNetwork } from './check.js';
import { outputSize } from './geometry.js';
import type { Layer, Network, Residual } from './layers.js';

/** Height, width and channels. A flattened tensor has height = width = 1. */
export type Shape = [height: number, width: number, channels: number];

/** A layer met on the way through a network, with the shapes on both sides of it (of one example, one time step). */
export interface PlacedLayer {
  layer: Layer;
  input: Shape;
  output: Shape;
  /** The input before it was flattened, for what takes it as it was; else `input`. */
  unflattened: Shape;
  /** True before the first neuron: for a static image its result is the same at every time step. */
  beforeFirstNeuron: boolean;
}

/**
 * Walks the network in execution order (a residual's body, then its shortcut, then the residual itself) and
 * infers every shape. Whoever uses a network places it first, so that here it is checked, and its sizes are counted
 * before anything is built.
 *
 * @throws SettingsError naming the layer, its input and what it expects, when a field is not valid (see `checkNetwork`),
 *   shapes do not fit, or there are more values than {@link MOST_VALUES}
 */
export function placeLayers(network: Network): PlacedLayer[] {
  checkNetwork(network);
  const placed: PlacedLayer[] = [];
  let beforeFirstNeuron = true;
  const walk = (layers: Layer[], start: Place): Place => {
    let place = start;
    for (const layer of layers) {
      const { shape: input, unflattened } = place;
      const wasBefore = beforeFirstNeuron;
      if (layer.type === 'residual') {
        const body = walk(layer.body, place).shape;
        const afterBody = beforeFirstNeuron;
        beforeFirstNeuron = wasBefore; // both branches start where the block does
        const shortcut = walk(layer.shortcut, place).shape;
        beforeFirstNeuron &&= afterBody;
        if (body.join() !== shortcut.join())
          throw new SettingsError(
            `${network.name}: ${layer.name}: the body gives [${body}] and the shortcut [${shortcut}]; both must be equal`,
          );
        place = { shape: body, unflattened: body };
      } else {
        const output = outputShape(network.name, layer, input);
        place = { shape: output, unflattened: movesNothing(layer) ? unflattened : output };
      }
      if (layer.type === 'lif' || layer.type === 'relu') beforeFirstNeuron = false;
      placed.push({ layer, input, output: place.shape, unflattened, beforeFirstNeuron: wasBefore });
    }
    return place;
  };
  const {
    shape: [height, width, channels],
  } = walk(network.layers, { shape: network.input, unflattened: network.input });
  if (height * width !== 1 || channels !== network.classes)
    throw new SettingsError(
      `${network.name}: ends with [${height},${width},${channels}], expected [1,1,${network.classes}]: the last layer must give one value a class, as a linear layer does`,
    );
  checkSizes(network, placed);
  return placed;
}

interface Place {
  shape: Shape;
  unflattened: Shape;
}

/** True for layers that leave every value where it is. */
const movesNothing = ({ type }: Layer): boolean => type === 'flatten' || type === 'lif' || type === 'relu';

/** Values that the parameters of a network, or what a layer gives for one image, can be at most: a GiB of float32. */
export const MOST_VALUES = 2 ** 28;

function checkSizes({ name, input }: Network, placed: PlacedLayer[]): void {
  const refuse = (what: string, values: number): void => {
    if (values > MOST_VALUES)
      throw new SettingsError(
        `${name}: ${what} ${values.toLocaleString('en')} values, the most is ${MOST_VALUES.toLocaleString('en')}; take a smaller width or size`,
      );
  };
  const size = ([height, width, channels]: Shape): number => height * width * channels;
  refuse('an image has', size(input));
  for (const { layer, output } of placed) refuse(`${layer.name} gives`, size(output));
  refuse(
    'the parameters are',
    placed.reduce((sum, { layer }) => sum + countWeights(layer), 0),
  );
}

function countWeights(layer: Layer): number {
  if (layer.type === 'conv2d') return layer.out * layer.in * layer.kernel * layer.kernel;
  return layer.type === 'linear' ? layer.out * layer.in : 0;
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
      const size = (n: number): number => sized(outputSize(n, layer));
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
