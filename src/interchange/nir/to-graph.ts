// A trained network as a graph of NIR: input, layers, output, and the facts that NIR has no place for.
import type { ModelSettings } from '../../engines/engine.js';
import { SettingsError } from '../../errors.js';
import type { Network } from '../../network/layers.js';
import { parameterSpecs, type TensorMap } from '../../network/parameters.js';
import { isEquations } from '../../neurons/settings.js';
import { weightsDigest } from '../../records/safetensors.js';
import { metadataOf, type NirFacts } from './facts.js';
import { NIR_POOLS, NIR_VOCABULARIES, type NirPool, type NirVocabulary } from './context.js';
import { int64Array, type NirGraph } from './graph.js';
import { writeLayers } from './layers.js';
import { NIR_PROFILES, type NirProfile, profiled } from './profiles.js';
import { nirShape, type Signal, Writing } from './signal.js';

/** Options of writing a network. */
export interface NirOptions {
  /**
   * For which programs: `unit-r` (default; exact for forward Euler, also where r is not looked at: Norse, snnTorch), `ode` (the
   * standard's own equation, the gain in r), `gain-1` (snnTorch as it is by itself), `sinabs` (soft reset, exponential decay).
   */
  profile?: NirProfile;
  /** `conv` (default): Input, Conv2d, LIF or IF, Output alone. `plain`: pools, Flatten and Affine too. */
  vocabulary?: NirVocabulary;
  /** Of `plain`: means of pools as `avg` (default), or `sum` with the division in the weights that follow. */
  pool?: NirPool;
  /** Length of a step, seconds; default 1e-4, of `sinabs` 1 step. */
  dt?: number;
}

/** Where the network comes from, for readers of the file. */
export type NirOrigin = Pick<NirFacts, 'run' | 'data' | 'split' | 'encoding'>;

/** What of a run decides its network's arithmetic in inference. */
export type NirSettings = Pick<ModelSettings, 'steps' | 'neuron' | 'batchNorm'>;

/**
 * Writes a network with its weights as a graph. Batch norm, with its running statistics, is folded into the layer before it;
 * columns behind a flattening go by C·H·W.
 *
 * @throws SettingsError naming the layer or setting that has no meaning in NIR or in the profile, or the weight that is missing
 */
export function toNir(
  network: Network,
  weights: TensorMap,
  settings: NirSettings,
  options: NirOptions & { origin?: NirOrigin } = {},
): NirGraph {
  const { profile = 'unit-r', vocabulary = 'conv', pool = 'avg', dt, origin } = options;
  oneOf('profile', NIR_PROFILES, profile);
  oneOf('vocabulary', NIR_VOCABULARIES, vocabulary);
  oneOf('pool', NIR_POOLS, pool);
  checkReadout(network);
  if (isEquations(settings.neuron))
    throw new SettingsError(
      `${network.name}: its neurons are equations (${settings.neuron.model.name}), and NIR has nodes for LIF alone; export a network of LIF neurons`,
    );
  const lif = settings.neuron;
  if (lif.comparison === '>=')
    throw new SettingsError(
      `${network.name}: its neurons fire at their threshold too (neuron.comparison >=), and NIR's above it only; export a network trained without`,
    );
  const neuron = profiled(profile, lif, dt);
  checkWeights(network, weights);
  const writing = new Writing(network.name);
  const input: Signal = { terms: [], image: network.input, flattened: false, flat: false };
  const node = writing.add('input', { type: 'Input', fields: { shape: int64Array(nirShape(input)) } });
  const context = {
    ...{ writing, settings: { ...settings, neuron: lif }, neuron, vocabulary, pool },
    parameter: (name: string) => weights[name].data,
  };
  const start: Signal = { ...input, terms: [{ node, gain: 1 }] };
  const end = writeLayers(network.layers, start, context);
  const terms =
    end.terms.length === 1
      ? writing.multiplied('output', end, 1)
      : [writing.diagonal('output.sum', end, () => 1)];
  writing.add(
    'output',
    { type: 'Output', fields: { shape: int64Array(nirShape(end)) } },
    terms.map((term) => term.node),
  );
  const facts: NirFacts = {
    ...{ dt: neuron.dt, steps: settings.steps, reset: neuron.reset, integration: neuron.integration },
    ...{ comparison: '>', readout: 'mean over steps', encoding: 'repeat' },
    ...{ profile, vocabulary, ...(vocabulary === 'plain' && { pool }), network: network.name },
    ...{ weights: weightsDigest(weights), ...origin },
  };
  return { ...writing.graph(), metadata: metadataOf(facts) };
}

/** What comes out is the mean over the steps: of votes and of single steps a file cannot speak. */
function checkReadout({ name, readout }: Network): void {
  if (!readout) return;
  const { voting, time } = readout;
  const how = [
    voting > 1 && `${voting} outputs that vote for each class`,
    time === 'last' && 'the last step',
  ];
  throw new SettingsError(
    `${name}: its logits are read of ${how.filter(Boolean).join(', at ')}, and NIR has nothing that says so; export a network of one output a class, read by the mean over the steps`,
  );
}

function oneOf(what: string, known: readonly string[], given: string): void {
  if (!known.includes(given))
    throw new SettingsError(
      `NIR ${what}: ${JSON.stringify(given)} is not known; expected one of ${known.join(', ')}`,
    );
}

function checkWeights(network: Network, weights: TensorMap): void {
  for (const { name, shape } of parameterSpecs(network)) {
    const given = Object.hasOwn(weights, name) ? weights[name].shape.join() : undefined;
    if (given !== shape.join())
      throw new SettingsError(
        `${name} of ${network.name}: expected shape [${shape.join(', ')}], got ${given === undefined ? 'nothing' : `[${given}]`}; give the weights of this network`,
      );
  }
}
