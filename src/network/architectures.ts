// The networks by name: the paper's ResNet-19, TET's VGGSNN for event data, and a small net for desk work.
import { SettingsError } from '../errors.js';
import {
  avgPool2d,
  batchNorm,
  conv2d,
  flatten,
  gives,
  globalAvgPool2d,
  kindOf,
  type Layer,
  lif,
  linear,
  type Network,
  relu,
  residual,
} from './layers.js';
import type { Shape } from './shapes.js';

/** Options that every architecture takes. */
export interface ArchitectureOptions {
  /** How many classes. */
  classes: number;
  /** Multiplies every channel count, positive; default 1. Counts are rounded and at least 1. */
  width?: number;
  /** Channels of the input; default 3 (`vggsnn`: 2). */
  inChannels?: number;
  /** Height and width of the input; default 32 (`vggsnn`: 48). */
  size?: number;
}

const scaled = (channels: number, width = 1): number => {
  if (!(width > 0) || !Number.isFinite(width))
    throw new SettingsError(`width must be a positive number, got ${width}; use for instance 0.25`);
  return Math.max(1, Math.round(channels * width));
};

const convBnLif = (name: string, channelsIn: number, channelsOut: number, bias = false): Layer[] => [
  conv2d(`${name}.conv`, channelsIn, channelsOut, { bias }),
  batchNorm(`${name}.bn`, channelsOut),
  lif(`${name}.lif`),
];

/**
 * ResNet-19 of the paper's appendix (Table 7, Fig. 9): conv1, eight residual blocks of widths 128, 256, 512
 * (3 + 3 + 2), global average pooling and two linear layers. Blocks add currents before their last neuron, so
 * every block's output is binary. No bias in convolutions.
 */
export function resnet19({ classes, width = 1, inChannels = 3, size = 32 }: ArchitectureOptions): Network {
  const stem = scaled(64, width);
  const layers: Layer[] = convBnLif('conv1', inChannels, stem);
  let channels = stem;
  const blocks = [128, 128, 128, 256, 256, 256, 512, 512];
  blocks.forEach((blockWidth, i) => {
    const name = `block${i + 1}`;
    const out = scaled(blockWidth, width);
    const stride = i === 3 || i === 6 ? 2 : 1;
    const body: Layer[] = [
      conv2d(`${name}.conv1`, channels, out, { stride }),
      batchNorm(`${name}.bn1`, out),
      lif(`${name}.lif1`),
      conv2d(`${name}.conv2`, out, out),
      batchNorm(`${name}.bn2`, out),
    ];
    const shortcut: Layer[] =
      stride === 1 && channels === out
        ? []
        : [
            conv2d(`${name}.shortcut.conv`, channels, out, { kernel: 1, stride }),
            batchNorm(`${name}.shortcut.bn`, out),
          ];
    layers.push(residual(name, body, shortcut), lif(`${name}.lif2`));
    channels = out;
  });
  const hidden = scaled(256, width);
  layers.push(
    globalAvgPool2d('pool'),
    flatten('flatten'),
    linear('fc1', channels, hidden),
    lif('fc1.lif'),
    linear('fc2', hidden, classes),
  );
  return { name: named('resnet19', width), input: [size, size, inChannels], classes, layers };
}

/** VGGSNN as TET uses it on CIFAR10-DVS: eight 3 × 3 convolutions with bias, four average poolings, one linear layer. */
export function vggsnn({ classes, width = 1, inChannels = 2, size = 48 }: ArchitectureOptions): Network {
  const layers: Layer[] = [];
  let channels = inChannels;
  [64, 128, 'pool', 256, 256, 'pool', 512, 512, 'pool', 512, 512, 'pool'].forEach((entry, i) => {
    if (typeof entry === 'string') layers.push(avgPool2d(`pool${i + 1}`));
    else {
      const out = scaled(entry, width);
      layers.push(...convBnLif(`layer${i + 1}`, channels, out, true));
      channels = out;
    }
  });
  const side = Math.max(1, Math.floor(size / 16)); // of less nothing is left, which the pooling says
  layers.push(flatten('flatten'), linear('fc', channels * side * side, classes));
  return { name: named('vggsnn', width), input: [size, size, inChannels], classes, layers };
}

/** How many convolutions `convNet` has where nothing is said, and at most. */
export const CONV_NET_CONVOLUTIONS = 3;

export const MOST_CONVOLUTIONS = 100;

/**
 * A small net for desk work: `convolutions` (default 3) 3 × 3 convolutions with batch norm and LIF, widths 32,
 * 64, 128, 256, 256 … times `width`, each followed by a 2 × 2 average pooling while there is something to pool,
 * then one linear layer.
 */
export function convNet({
  classes,
  width = 1,
  inChannels = 3,
  size = 32,
  convolutions = CONV_NET_CONVOLUTIONS,
}: ArchitectureOptions & { convolutions?: number }): Network {
  if (!Number.isInteger(convolutions) || convolutions < 1 || convolutions > MOST_CONVOLUTIONS)
    throw new SettingsError(
      `convNet: convolutions must be a positive integer up to ${MOST_CONVOLUTIONS}, got ${convolutions}`,
    );
  const layers: Layer[] = [];
  let channels = inChannels;
  let side = size;
  for (let i = 0; i < convolutions; i++) {
    const out = scaled(32 * 2 ** Math.min(i, 3), width);
    layers.push(...convBnLif(`conv${i + 1}`, channels, out));
    channels = out;
    if (side >= 2) {
      layers.push(avgPool2d(`pool${i + 1}`));
      side = Math.floor(side / 2);
    }
  }
  layers.push(flatten('flatten'), linear('fc', channels * side * side, classes));
  return { name: named('convNet', width), input: [size, size, inChannels], classes, layers };
}

const named = (name: string, width: number): string => (width === 1 ? name : `${name}-w${width}`);

/**
 * The ANN twin: the same network with a ReLU for every LIF layer, to be run for one step. What the energy
 * comparison measures an SNN against.
 */
export function annTwin(network: Network): Network {
  const twin = (layers: Layer[]): Layer[] =>
    layers.map((layer) => {
      const kind = kindOf(layer);
      if (kind.role === 'residual') return kind.withBranches(layer, twin);
      return gives(layer) === undefined ? layer : relu(layer.name);
    });
  return { ...network, name: `${network.name}-ann`, layers: twin(network.layers) };
}

/** The architectures that can be named in an experiment. */
export const architectures = { resnet19, vggsnn, convNet } as const;

/** A name in {@link architectures}. */
export type ArchitectureName = keyof typeof architectures;

/** A network named in an experiment: an architecture with its options, or a whole description. */
export interface ArchitectureSpec {
  architecture: ArchitectureName;
  width?: number;
  /** `convNet` only. */
  convolutions?: number;
  /** `ann`: take the ANN twin (ReLU, one step). */
  twin?: 'ann';
}

/** Builds a named architecture for a data set's image shape and class count. */
export function buildNetwork(spec: ArchitectureSpec, shape: Shape, classes: number): Network {
  if (shape[0] !== shape[1])
    throw new SettingsError(`${spec.architecture}: needs square images, got ${shape[0]} × ${shape[1]}`);
  const { architecture, twin, ...options } = spec;
  const network = architectures[architecture]({ ...options, classes, inChannels: shape[2], size: shape[0] });
  return twin === 'ann' ? annTwin(network) : network;
}

/** A network in a few words: `convNet × 0.5`; with another number of convolutions than the default, `convNet-5 × 0.5`. */
export const networkLabel = ({
  architecture,
  width,
  convolutions = CONV_NET_CONVOLUTIONS,
  twin,
}: {
  architecture: string;
  width?: number;
  convolutions?: number;
  twin?: string;
}): string =>
  [
    convolutions === CONV_NET_CONVOLUTIONS ? architecture : `${architecture}-${convolutions}`,
    width !== undefined && width !== 1 && `× ${width}`,
    twin === 'ann' && '(ANN)',
  ]
    .filter(Boolean)
    .join(' ');
