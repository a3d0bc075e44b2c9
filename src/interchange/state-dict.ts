// Names of our parameters in PyTorch's `state_dict()`: for ResNet-19 and VGGSNN the names of the authors' models (which are TET's:
// models/resnet_models.py, models/VGG_models.py), for any other network the names of its layers. Those models register a module
// more than once, so that one parameter has up to four names; all are written, and one is enough to read.
import type { Network } from '../network/layers.js';
import { type ParameterSpec, parameterSpecs } from '../network/parameters.js';

/** Of batch norm PyTorch keeps besides how many batches it has seen; inference does not need it. */
export const BATCHES = 'num_batches_tracked';

/** Our names of running statistics, and PyTorch's. All others are the same. */
const SUFFIXES: Record<string, string> = { runningMean: 'running_mean', runningVariance: 'running_var' };

/** The first block of each of the three stages of ResNet-19, which has 3 + 3 + 2. */
const STAGES = [1, 4, 7];

/** Inside of the authors' `tdBatchNorm`. */
const normsOf = (path: string): string[] => [`${path}.bn`, `${path}.seqbn.module`];

/** A module beside its `tdLayer`, which holds it once more: a convolution, a batch norm, a linear layer. */
const weightsOf = (path: string): string[] => [path, `${path}_s.layer.module`];
const normOf = (path: string, at: string): string[] => [
  ...normsOf(`${path}bn${at}`),
  ...normsOf(`${path}conv${at}_s.bn`),
];

/** Paths in the authors' ResNet-19. */
function resnet19Paths(layer: string): string[] | undefined {
  if (layer === 'conv1.conv') return weightsOf('conv1');
  if (layer === 'conv1.bn') return normOf('', '1');
  if (layer === 'fc1' || layer === 'fc2') return weightsOf(layer);
  const [, block, part, at] =
    /^block([1-8])\.(conv|bn|shortcut\.conv|shortcut\.bn)([12]?)$/.exec(layer) ?? [];
  if (block === undefined) return undefined;
  const stage = STAGES.filter((first) => first <= Number(block)).length - 1;
  const path = `layer${stage + 1}.${Number(block) - STAGES[stage]}.`;
  if (part === 'conv') return weightsOf(`${path}conv${at}`);
  if (part === 'bn') return normOf(path, at);
  return part === 'shortcut.conv' ? [`${path}downsample.layer.module`] : normsOf(`${path}downsample.bn`);
}

/** Paths in TET's VGGSNN; its pools count as features, as in our names. */
function vggsnnPaths(layer: string): string[] | undefined {
  if (layer === 'fc') return ['classifier.module'];
  const [, number, part] = /^layer(\d+)\.(conv|bn)$/.exec(layer) ?? [];
  if (number === undefined) return undefined;
  return [`features.${Number(number) - 1}.fwd.module.${part === 'conv' ? 0 : 1}`];
}

/** Paths by architecture, and how a network of it is called. */
const MODELS: [name: RegExp, paths: (layer: string) => string[] | undefined][] = [
  [/^resnet19(-|$)/, resnet19Paths],
  [/^vggsnn(-|$)/, vggsnnPaths],
];

/** The names of one parameter or buffer in a state dict. The first is the one that people would look for. */
export interface StateDictNames {
  spec: ParameterSpec;
  names: string[];
}

/**
 * The names of every parameter and buffer of a network, in its order.
 *
 * @param network - ResNet-19 and VGGSNN have the names of the authors' models, any other those of its layers
 * @returns of each parameter our name and shape, and the names that it may have in a state dict
 */
export function stateDictNames(network: Network): StateDictNames[] {
  const paths = MODELS.find(([name]) => name.test(network.name))?.[1];
  return parameterSpecs(network).map((spec) => {
    const dot = spec.name.lastIndexOf('.');
    const [layer, suffix] = [spec.name.slice(0, dot), spec.name.slice(dot + 1)];
    const theirs = Object.hasOwn(SUFFIXES, suffix) ? SUFFIXES[suffix] : suffix;
    return { spec, names: (paths?.(layer) ?? [layer]).map((path) => `${path}.${theirs}`) };
  });
}
