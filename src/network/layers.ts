// A network is plain typed data: a list of layers. Everything else (the engines, the energy model, the architecture table)
// interprets this list. Here are the kinds of layers, in the order in which they are documented. Adding one: its file in
// kinds/, its lines here, and an entry in the table of each engine, for which the compiler asks. architectures.ts puts layers
// together; check.ts says what is allowed.
import { avgPool2dKind } from './kinds/avg-pool2d.js';
import { batchNormKind } from './kinds/batch-norm.js';
import { conv2dKind } from './kinds/conv2d.js';
import { flattenKind } from './kinds/flatten.js';
import { globalAvgPool2dKind } from './kinds/global-avg-pool2d.js';
import { lifKind } from './kinds/lif.js';
import { linearKind } from './kinds/linear.js';
import { maxPool2dKind } from './kinds/max-pool2d.js';
import { mpbnKind } from './kinds/mpbn.js';
import { neuNormKind } from './kinds/neu-norm.js';
import { neuronKind } from './kinds/neuron.js';
import { reluKind } from './kinds/relu.js';
import { residualKind, type ResidualOf } from './kinds/residual.js';
import { scaledNormKind } from './kinds/scaled-norm.js';
import { stepNormKind } from './kinds/step-norm.js';
import { equationsOf } from '../neurons/settings.js';
import type { Shape } from './geometry.js';
import type { Given, LayerKindOf, LayerParameter } from './layer.js';

export { avgPool2d, type AvgPool2d } from './kinds/avg-pool2d.js';
export { batchNorm, type BatchNorm } from './kinds/batch-norm.js';
export { conv2d, type Conv2d } from './kinds/conv2d.js';
export { flatten, type Flatten } from './kinds/flatten.js';
export { globalAvgPool2d, type GlobalAvgPool2d } from './kinds/global-avg-pool2d.js';
export { lif, type Lif } from './kinds/lif.js';
export { linear, type Linear } from './kinds/linear.js';
export { maxPool2d, type MaxPool2d } from './kinds/max-pool2d.js';
export { mpbn, type Mpbn } from './kinds/mpbn.js';
export { neuNorm, type NeuNorm } from './kinds/neu-norm.js';
export { type EquationNeurons, neuron } from './kinds/neuron.js';
export { relu, type Relu } from './kinds/relu.js';
export { scaledNorm, type ScaledNorm } from './kinds/scaled-norm.js';
export { stepNorm, type StepNormLayer } from './kinds/step-norm.js';

const simpleKinds = [
  conv2dKind,
  batchNormKind,
  scaledNormKind,
  stepNormKind,
  neuNormKind,
  lifKind,
  mpbnKind,
  neuronKind,
  reluKind,
  avgPool2dKind,
  maxPool2dKind,
  globalAvgPool2dKind,
  flattenKind,
  linearKind,
] as const;

type LayerOf<Kind> = Kind extends { words(layer: infer One): string } ? One : never;

/** Any layer but a residual block. */
export type SimpleLayer = LayerOf<(typeof simpleKinds)[number]>;
/** `body(x) + shortcut(x)`, added on currents, before the neuron that follows; an empty shortcut is the identity. */
export type Residual = ResidualOf<Layer>;
/** Any layer. */
export type Layer = SimpleLayer | ResidualOf<Layer>;
/** The name of a kind of layer. */
export type LayerType = Layer['type'];

/** A layer of the kind of that name. */
export type LayerOfType<Type extends LayerType> = Extract<Layer, { type: Type }>;

/** A kind of layer, whichever. */
export type LayerKind = LayerKindOf<Layer, Layer>;

/** All kinds of layers by name. */
export const layerKinds = Object.fromEntries(
  [...simpleKinds, residualKind<Layer>()].map((kind) => [kind.type, kind]),
) as unknown as Readonly<Record<LayerType, LayerKind>>;

/**
 * The kind of a layer.
 *
 * @param layer - any
 * @returns what is known of all layers of its type: fields, shapes, parameters, words
 */
export const kindOf = (layer: Layer): LayerKind => layerKinds[layer.type];

/**
 * Output of a layer of neurons; undefined of any other.
 *
 * @param layer - any
 * @returns `spikes`, `scaledSpikes` or `activations`, undefined of what has no neurons
 */
export function gives(layer: Layer): Given | undefined {
  const kind = kindOf(layer);
  return kind.role === 'neuron' ? kind.gives(layer) : undefined;
}

/**
 * Whether a layer is neurons that spike, whatever they hand on.
 *
 * @param layer - any
 * @returns true of LIF and of equations with a `spike`
 */
export const hasSpikes = (layer: Layer): boolean =>
  layer.type === 'neuron' ? equationsOf(layer.model).spike !== null : gives(layer) === 'spikes';

/**
 * Number of values that each neuron of a layer carries from one step to the next; 0 of any other layer.
 *
 * @param layer - any
 * @returns 1 of LIF; of equations, how many variables `state` has
 */
export function statesOf(layer: Layer): number {
  const kind = kindOf(layer);
  return kind.role === 'neuron' ? kind.states(layer) : 0;
}

/**
 * Parameters and statistics of a layer itself, given the shape of its input.
 *
 * @param layer - any
 * @param input - shape of its input, `[H, W, C]`
 * @returns a name, shape and role for each; none of a residual block, whose layers have them
 */
export function layerParameters(layer: Layer, input: Shape): LayerParameter[] {
  const kind = kindOf(layer);
  return kind.role === 'residual' ? [] : (kind.parameters?.(layer, input) ?? []);
}

/**
 * A residual block, `body(x) + shortcut(x)`, added before the neurons that follow it.
 *
 * @param name - unique in the network
 * @param body - layers of the one branch
 * @param shortcut - layers of the other; default none, which is the identity
 * @returns the layer
 */
export const residual = (name: string, body: Layer[], shortcut: Layer[] = []): Residual => ({
  type: 'residual',
  name,
  body,
  shortcut,
});

/** Readout of logits from the outputs of a network's last layer. */
export interface Readout {
  /** Outputs of a class, one after the other: their mean is its logit. The last layer gives so many values a class. */
  voting: number;
  /** `mean`: over all steps; `last`: of the last step alone. */
  time: 'mean' | 'last';
}

/**
 * A network: what it takes, what it gives, and its layers in order. The last layer gives one value a class at every time
 * step; in all networks here it is linear and does not spike. One that spikes says by its rate.
 */
export interface Network {
  name: string;
  /** Height, width, channels of one input image or frame. */
  input: [height: number, width: number, channels: number];
  /** Number of classes, at least 2. */
  classes: number;
  layers: Layer[];
  /** Absent: the mean over the steps of one output a class. */
  readout?: Readout;
}
