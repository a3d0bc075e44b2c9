// A network of one's own in an experiment: its layers. What goes in and which classes come out, the data says.
import { z } from 'zod';
import { spelled } from '../neurons/settings.js';
import { label, readBy, settings } from '../settings.js';
import { checkNetwork, MAXIMUM_DEPTH } from './check.js';
import {
  avgPool2d,
  conv2d,
  type Conv2d,
  kindOf,
  type Layer,
  layerKinds,
  type LayerType,
  linear,
  type Linear,
  maxPool2d,
  type Network,
} from './layers.js';
import { placeLayers, type Shape } from './shapes.js';

/** Layers in place of an architecture. */
export interface OwnNetwork {
  /** Its name in figures and tables; default `own network`. */
  name?: string;
  /** From the image or frame to one value a class. */
  layers: Layer[];
  /** `ann`: take the ANN twin (ReLU, one step). */
  twin?: 'ann';
}

type LeavingOut<One extends { name: string }, Names extends keyof One> = Omit<One, Names> &
  Partial<Pick<One, Names>>;

/**
 * A layer as people write it: a convolution has by itself a kernel of 3, stride 1, the padding that keeps the size and no
 * bias, a linear layer a bias, a pool a size of 2.
 */
export type LayerInput =
  | Exclude<Layer, { type: 'conv2d' | 'linear' | 'avgPool2d' | 'maxPool2d' | 'residual' }>
  | LeavingOut<Conv2d, 'kernel' | 'stride' | 'padding' | 'bias'>
  | LeavingOut<Linear, 'bias'>
  | { type: 'avgPool2d' | 'maxPool2d'; name: string; size?: number }
  | { type: 'residual'; name: string; body: LayerInput[]; shortcut?: LayerInput[] };

/** Default fields of a layer; what is given and wrong is for `checkNetwork` to refuse. */
const DEFAULTS: { [Type in LayerType]?: (given: never) => object } = {
  conv2d: ({ name, in: channels, out, kernel = 3, padding }: LeavingOut<Conv2d, 'kernel' | 'padding'>) =>
    // An even kernel has no padding by itself: `conv2d` says so.
    conv2d(name, channels, out, { kernel, ...(padding !== undefined && { padding }) }),
  linear: ({ name, in: features, out }: Linear) => linear(name, features, out),
  avgPool2d: ({ name }: { name: string }) => avgPool2d(name),
  maxPool2d: ({ name }: { name: string }) => maxPool2d(name),
  residual: () => ({ shortcut: [] }),
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Copies of the layers with what they have by themselves, and equations as they are spelled in a run id. */
function completed(layers: unknown, depth = 0): unknown {
  if (!Array.isArray(layers) || depth > MAXIMUM_DEPTH) return layers; // refused by checkNetwork
  return layers.map((given: unknown) => {
    if (!isObject(given) || !Object.hasOwn(layerKinds, String(given.type))) return given;
    const layer = { ...DEFAULTS[given.type as LayerType]?.(given as never), ...given } as unknown as Layer;
    if (layer.type === 'neuron') return { ...layer, model: spelled(layer.model) };
    const kind = kindOf(layer);
    return kind.role === 'residual'
      ? kind.withBranches(layer, (inner) => completed(inner, depth + 1) as Layer[])
      : layer;
  });
}

/** Completes and checks layers as far as that can be done without the data. */
function readLayers(given: unknown): Layer[] {
  const layers = completed(given) as Layer[];
  checkNetwork({ name: 'layers', input: [32, 32, 3], classes: 10, layers });
  return layers;
}

/** Settings of a network of one's own. */
export const ownNetworkSchema = settings({
  name: label.optional(),
  layers: readBy(readLayers),
  twin: z.literal('ann').optional(),
});

/** Name of a network of one's own in figures and tables. */
export const ownLabel = ({ name = 'own network' }: Pick<OwnNetwork, 'name'>): string => name;

/**
 * The network for a data set's image shape and class count, its ANN twin not yet taken.
 *
 * @throws SettingsError naming the layer that does not fit and what it expects
 */
export function ownNetwork(
  spec: OwnNetwork,
  shape: Shape,
  { classes, readout }: Pick<Network, 'classes' | 'readout'>,
): Network {
  const network = {
    name: ownLabel(spec),
    input: shape,
    classes,
    layers: spec.layers,
    ...(readout && { readout }),
  };
  placeLayers(network);
  return network;
}
