// The way through a network: its layers in the order in which they run, with the shapes on both sides of each.
import { SettingsError } from '../errors.js';
import { checkNetwork } from './check.js';
import { type Shape, sizeOf } from './geometry.js';
import type { Fit } from './layer.js';
import { kindOf, type Layer, layerParameters, type Network } from './layers.js';

export type { Shape } from './geometry.js';

/** A layer met on the way through a network, with the shapes on both sides of it (of one example, one time step). */
export interface PlacedLayer {
  layer: Layer;
  input: Shape;
  output: Shape;
  /** The input before it was flattened, for what takes it as it was; else `input`. */
  unflattened: Shape;
  /** True before the first neuron, and before a norm that differs by step: for a static image its result is the same at every step. */
  beforeFirstNeuron: boolean;
}

/**
 * Walks the network in execution order (a residual's body, then its shortcut, then the residual itself) and
 * infers every shape. Every use of a network places it first, so that here it is checked, and its sizes are counted
 * before anything is built.
 *
 * @param network - any
 * @returns every layer with the shapes `[H, W, C]` of its input and output
 * @throws SettingsError naming the layer, its input and what it expects, when a field is not valid (see `checkNetwork`),
 *   shapes do not fit, or there are more values than `MOST_VALUES`
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
      const kind = kindOf(layer);
      if (kind.role === 'residual') {
        const [inBody, inShortcut] = kind.branches(layer);
        const body = walk(inBody, place).shape;
        const afterBody = beforeFirstNeuron;
        beforeFirstNeuron = wasBefore; // both branches start where the block does
        const shortcut = walk(inShortcut, place).shape;
        beforeFirstNeuron &&= afterBody;
        if (body.join() !== shortcut.join())
          throw new SettingsError(
            `${network.name}: ${layer.name}: the body gives [${body}] and the shortcut [${shortcut}]; both must be equal`,
          );
        place = { shape: body, unflattened: body };
      } else {
        const output = kind.output(layer, input, fitOf(network.name, layer, input));
        place = { shape: output, unflattened: kind.movesNothing ? unflattened : output };
      }
      if (
        kind.role === 'neuron' ||
        kind.role === 'inhibition' ||
        (kind.role === 'norm' && kind.differs?.(layer))
      )
        beforeFirstNeuron = false;
      placed.push({ layer, input, output: place.shape, unflattened, beforeFirstNeuron: wasBefore });
    }
    return place;
  };
  const {
    shape: [height, width, channels],
  } = walk(network.layers, { shape: network.input, unflattened: network.input });
  const voting = network.readout?.voting ?? 1;
  const outputs = network.classes * voting;
  if (height * width !== 1 || channels !== outputs)
    throw new SettingsError(
      `${network.name}: ends with [${height},${width},${channels}], expected [1,1,${outputs}]: the last layer must give ${voting === 1 ? 'one value' : `${voting} values, which vote,`} a class, as a linear layer does`,
    );
  checkSizes(network, placed);
  return placed;
}

interface Place {
  shape: Shape;
  unflattened: Shape;
}

/** Values that the parameters of a network, or what a layer gives for one image, can be at most: a GiB of float32. */
export const MOST_VALUES = 2 ** 28;

function checkSizes({ name, input }: Network, placed: PlacedLayer[]): void {
  const refuse = (what: string, values: number): void => {
    if (values > MOST_VALUES)
      throw new SettingsError(
        `${name}: ${what} ${values.toLocaleString('en')} values, the most is ${MOST_VALUES.toLocaleString('en')}; take a smaller width or size`,
      );
  };
  refuse('an image has', sizeOf(input));
  for (const { layer, output } of placed) refuse(`${layer.name} gives`, sizeOf(output));
  refuse(
    'the parameters are',
    placed.reduce((sum, place) => sum + countWeights(place), 0),
  );
}

const countWeights = ({ layer, input }: PlacedLayer): number =>
  layerParameters(layer, input)
    .filter(({ role }) => role === 'weight' || role === 'neuron')
    .reduce((sum, { shape }) => sum + sizeOf(shape), 0);

/** Refusal of shapes by a layer's kind. */
const fitOf = (network: string, { name }: Layer, input: Shape): Fit => ({
  expect(what, wanted, got) {
    if (wanted !== got)
      throw new SettingsError(
        `${network}: ${name} expects ${wanted} ${what}, got ${got} from [${input}]; change the layer before it`,
      );
  },
  sized(size) {
    if (size < 1)
      throw new SettingsError(
        `${network}: ${name} leaves nothing of an input of ${input[0]} × ${input[1]}; remove a pooling or a stride`,
      );
    return size;
  },
  refuse(needs, advice) {
    throw new SettingsError(`${network}: ${name} needs ${needs}, got [${input}]; ${advice}`);
  },
});
