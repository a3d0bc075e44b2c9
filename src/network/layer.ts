// The form of a kind of layer: all that can be said of it without running it. One file each in kinds/; layers.ts lists them. The
// engines have a table of kinds each, and run them. Tests: test/network/layers.test.ts.
import type { Field } from './fields.js';
import type { Geometry, Shape } from './geometry.js';

/** Fields of every layer. */
export interface Named {
  type: string;
  /** Unique in its network. */
  name: string;
}

/** Role of a parameter in its layer: sets how it begins, and whether it is learned. */
export type ParameterRole =
  | 'weight'
  | 'bias'
  | 'scale'
  | 'shift'
  | 'runningMean'
  | 'runningVariance'
  | 'neuron';

/** A parameter or a running statistic of a layer. */
export interface LayerParameter {
  /** Its name is `<layer>.<suffix>`. */
  suffix: string;
  shape: number[];
  role: ParameterRole;
  /** Of what begins at random: uniform in ±1/√fanIn. Inputs that reach one output; of weights and biases. */
  fanIn?: number;
  /** Initial value of all of its values; of what neurons learn, and of scales that do not begin at 1. */
  initial?: number;
  /** Standard deviation of a normal number that each value has more; default none. */
  spread?: number;
}

/** Refusals of shapes that name network, layer and input. */
export interface Fit {
  /** Throws SettingsError where there are not as many as wanted. */
  expect(what: string, wanted: number, got: number): void;
  /** A height or width; throws SettingsError where nothing is left. */
  sized(size: number): number;
  /** Throws SettingsError: the layer `needs` something else, and what to do. */
  refuse(needs: string, advice: string): never;
}

interface Common<L extends Named> {
  type: L['type'];
  /** Every field besides `type` and `name`; all of them are needed, and no others are known. */
  fields: { [Name in Exclude<keyof L, keyof Named>]-?: Field };
  /** The layer in a few words, for tables. */
  words(layer: L): string;
  /** Where it stands in a table of layers: in a row of its own, after the words of the layer before it, or not at all. */
  row: 'own' | 'appended' | 'none';
}

interface Simple<L extends Named> extends Common<L> {
  /** The shape of what it gives. Throws as `fit` does where the input does not fit. */
  output(layer: L, input: Shape, fit: Fit): Shape;
  /** Its parameters and statistics, given the shape of its input; absent where that is nothing. */
  parameters?(layer: L, input: Shape): LayerParameter[];
  /** True where every value stays where it is, so that what takes its input unflattened may look through it. */
  movesNothing?: true;
}

/** The weighted inputs that are summed: for each output channel those of all input channels at the places of a kernel. */
export interface Sums {
  /** Where the kernel goes. */
  geometry: Geometry;
  /** Channels. */
  in: number;
  out: number;
}

/** Sums over weighted inputs. */
export interface WeightsKind<L extends Named> extends Simple<L> {
  role: 'weights';
  sums(layer: L, input: Shape): Sums;
}
/** A factor and an addend for each channel, from the statistics of a batch. */
export interface NormKind<L extends Named> extends Simple<L> {
  role: 'norm';
  /** Whether these differ from step to step, so that what is the same at every step before it is not behind it; absent: never. */
  differs?(layer: L): boolean;
}
/**
 * What neurons give: spikes, 0 or 1; spikes times one number of the layer, which can be multiplied into the weights behind; or
 * activations, real numbers.
 */
export type Given = 'spikes' | 'scaledSpikes' | 'activations';

/** Turns currents into what neurons give. */
export interface NeuronKind<L extends Named> extends Simple<L> {
  role: 'neuron';
  gives(layer: L): Given;
  /** Number of values that each neuron carries from one step to the next. */
  states(layer: L): number;
}
/** Takes from each what a layer gave together, at this step and before: real numbers, whatever comes in. */
export interface InhibitionKind<L extends Named> extends Simple<L> {
  role: 'inhibition';
}
/** Means over so many values each. */
export interface AverageKind<L extends Named> extends Simple<L> {
  role: 'average';
  over(layer: L, input: Shape): number;
}
/** Each output is one of the inputs. */
export interface ChoiceKind<L extends Named> extends Simple<L> {
  role: 'choice';
}
/** The sum of what two lists of layers give for the same input. */
export interface ResidualKind<L extends Named, Inner> extends Common<L> {
  role: 'residual';
  branches(layer: L): [body: Inner[], shortcut: Inner[]];
  /** The same with other layers in it. */
  withBranches(layer: L, change: (layers: Inner[]) => Inner[]): L;
}

/** A kind of layer, by what it does to values. The compiler names every switch over roles that lacks a new one. */
export type LayerKindOf<L extends Named, Inner> =
  | WeightsKind<L>
  | NormKind<L>
  | InhibitionKind<L>
  | NeuronKind<L>
  | AverageKind<L>
  | ChoiceKind<L>
  | ResidualKind<L, Inner>;
