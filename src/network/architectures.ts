// The networks by name, in the order in which they are documented: the paper's ResNet-19, TET's VGGSNN for event data, and a
// small net for desk work. Adding one: its file in nets/, and its line here. What an experiment may say of a network, and
// what it is called, follow from the list.
import { z } from 'zod';
import type { NeuronDescription } from '../equations/index.js';
import { SettingsError } from '../errors.js';
import { spelled } from '../neurons/settings.js';
import { chosenBy, settings } from '../settings.js';
import { gives, kindOf, type Layer, type Network, relu } from './layers.js';
import { type OwnNetwork, ownLabel, ownNetwork, ownNetworkSchema } from './own.js';
import type { Architecture } from './nets/architecture.js';
import { convNetArchitecture } from './nets/conv-net.js';
import { resnet19Architecture } from './nets/resnet19.js';
import { vggsnnArchitecture } from './nets/vggsnn.js';
import type { Shape } from './shapes.js';

export { convNet } from './nets/conv-net.js';
export { resnet19 } from './nets/resnet19.js';
export { vggsnn } from './nets/vggsnn.js';

const builtIn = {
  resnet19: resnet19Architecture,
  vggsnn: vggsnnArchitecture,
  convNet: convNetArchitecture,
};

/** The name of an architecture. */
export type ArchitectureName = keyof typeof builtIn;
/** The architectures that can be named in an experiment. */
export const architectures: Readonly<Record<ArchitectureName, Architecture>> = builtIn;
/** Their names. */
export const ARCHITECTURE_NAMES = Object.keys(builtIn) as ArchitectureName[];

/** All of several types at once. */
type All<Several> = (Several extends unknown ? (one: Several) => void : never) extends (
  all: infer Every,
) => void
  ? Every
  : never;
type OwnOf<One> = One extends Architecture<infer Own> ? Own : never;

/** A network named in an experiment: an architecture with its options, those of its own too. */
export type ArchitectureSpec = {
  architecture: ArchitectureName;
  /** Multiplies every channel count, positive; default 1. */
  width?: number;
  /** `ann`: take the ANN twin (ReLU, one step). */
  twin?: 'ann';
} & All<OwnOf<(typeof builtIn)[ArchitectureName]>>;

const ownSettings: Record<string, z.ZodType> = Object.assign(
  {},
  ...ARCHITECTURE_NAMES.map((name) => architectures[name].settings),
);

/** Its settings in an experiment. */
export const architectureSchema = settings({
  architecture: z.enum(ARCHITECTURE_NAMES),
  width: z.number().positive().max(64).optional(),
  ...ownSettings,
  twin: z.literal('ann').optional(),
}).superRefine((given: { architecture: ArchitectureName } & Record<string, unknown>, context) => {
  const own = architectures[given.architecture].settings;
  for (const name of Object.keys(ownSettings)) {
    if (given[name] === undefined || Object.hasOwn(own, name)) continue;
    const owners = ARCHITECTURE_NAMES.filter((other) => Object.hasOwn(architectures[other].settings, name));
    const message = `only ${owners.join(', ')} has ${name}; leave it out`;
    context.addIssue({ code: 'custom', path: [name], message });
  }
});

/** The network of an experiment: an architecture by name, or layers of one's own. */
export type NetworkSpec =
  | (ArchitectureSpec & { [Name in Exclude<keyof OwnNetwork, 'twin'>]?: undefined })
  | (OwnNetwork & { [Name in Exclude<keyof ArchitectureSpec, 'twin'>]?: undefined });

/** Settings of an experiment's network. */
export const networkSchema = chosenBy((given): z.ZodType<unknown> =>
  typeof given === 'object' && given !== null && 'layers' in given ? ownNetworkSchema : architectureSchema,
);

/**
 * The ANN twin: the same network with a ReLU for every LIF layer, to be run for one step. What the energy
 * comparison measures an SNN against.
 *
 * @param network - of spiking neurons
 * @returns the same layers by the same names, so that weights of one fit the other
 */
export const annTwin = (network: Network): Network => ({
  ...withLayers(network, (layer) => (gives(layer) === undefined ? layer : relu(layer.name))),
  name: `${network.name}-ann`,
});

/**
 * The same network with other neurons: equations for every LIF layer.
 *
 * @throws SettingsError where the description is none
 */
export function withNeurons(network: Network, description: NeuronDescription): Network {
  const model = spelled(description);
  return withLayers(network, (layer) =>
    layer.type === 'lif' ? { type: 'neuron', name: layer.name, model } : layer,
  );
}

/** The same network with other layers: every layer but blocks is changed, those within blocks too. */
export const withLayers = (network: Network, change: (layer: Layer) => Layer): Network => ({
  ...network,
  layers: replaced(network.layers, change),
});

/** The same network with other lists of layers: changed as a whole, those within blocks first. */
export const withLists = (network: Network, change: (layers: Layer[]) => Layer[]): Network => ({
  ...network,
  layers: relisted(network.layers, change),
});

const relisted = (layers: Layer[], change: (layers: Layer[]) => Layer[]): Layer[] =>
  change(
    layers.map((layer) => {
      const kind = kindOf(layer);
      return kind.role === 'residual' ? kind.withBranches(layer, (inner) => relisted(inner, change)) : layer;
    }),
  );

/** Every layer replaced, those within others too. */
const replaced = (layers: Layer[], change: (layer: Layer) => Layer): Layer[] =>
  layers.map((layer) => {
    const kind = kindOf(layer);
    return kind.role === 'residual'
      ? kind.withBranches(layer, (inner) => replaced(inner, change))
      : change(layer);
  });

/**
 * Builds the network of an experiment for a data set's image shape and class count.
 *
 * @param spec - an architecture with its width, or layers of one's own
 * @param shape - of an image or frame, `[H, W, C]`
 * @param classes - how many
 * @param voting - outputs of a class, 1 or more; default 1
 * @returns the network
 * @throws SettingsError where an architecture cannot take such images, or a layer of one's own does not fit
 */
export function buildNetwork(spec: NetworkSpec, shape: Shape, classes: number, voting = 1): Network {
  const readout = voting > 1 && { readout: { voting, time: 'mean' as const } };
  const network = spec.layers
    ? ownNetwork(spec, shape, { classes, ...readout })
    : { ...named(spec, shape, classes * voting), classes, ...readout };
  return spec.twin === 'ann' ? annTwin(network) : network;
}

function named(spec: ArchitectureSpec, shape: Shape, classes: number): Network {
  if (shape[0] !== shape[1])
    throw new SettingsError(
      `${spec.architecture}: needs square images, got ${shape[0]} × ${shape[1]}; crop or pad them`,
    );
  const { architecture, twin: _, ...options } = spec;
  const { build } = architectures[architecture];
  return build({ ...options, classes, inChannels: shape[2], size: shape[0] });
}

/**
 * A network in a few words: `convNet × 0.5`; with another number of convolutions than the default, `convNet-5 × 0.5`; one's own
 * by its name.
 *
 * @param spec - as it stands in an experiment
 * @returns the label
 */
export function networkLabel(
  spec: (Omit<ArchitectureSpec, 'architecture'> & { architecture: string }) | OwnNetwork,
): string {
  if ('layers' in spec) return [ownLabel(spec), spec.twin === 'ann' && '(ANN)'].filter(Boolean).join(' ');
  const { architecture, width, twin, ...own } = spec;
  const known = Object.hasOwn(architectures, architecture) && architectures[architecture as ArchitectureName];
  return [
    (known && known.label?.(own)) || architecture,
    width !== undefined && width !== 1 && `× ${width}`,
    twin === 'ann' && '(ANN)',
  ]
    .filter(Boolean)
    .join(' ');
}
