// Readouts, by which logits are read from a network: its last layer's currents, the potential that they add up to, or the rate of
// neurons behind them; and how many outputs vote for a class. What engines make of it: src/learning/readout.ts.
import { z } from 'zod';
import type { NeuronDescription } from '../equations/index.js';
import { SettingsError } from '../errors.js';
import { settings, share } from '../settings.js';
import { gives, lif, type Network, neuron, type Readout } from './layers.js';

/** Readout of logits. */
export type ReadoutSettings = {
  /** Outputs of a class, which stand one after the other; its logit is their mean. 1 to 1000, default 1. */
  voting: number;
} & (
  | {
      /** The currents of the last layer, mean over the steps. */
      kind: 'mean';
    }
  | {
      /**
       * The potential of a layer that adds up the currents of the last one and never fires, `v[t] = leak·v[t−1] + x[t]`, `v[−1] = 0`:
       * with leak 1, read after the last step, as in DIET-SNN (Rathi and Roy 2023).
       */
      kind: 'potential';
      /** λ in [0, 1]. Default 1: nothing is forgotten. */
      leak: number;
      /** `last` (default): after the last step; `mean`: the mean over the steps. */
      time: 'last' | 'mean';
    }
  | {
      /** The firing rate of a layer of neurons behind the last one: those of the experiment. As in STBP-tdBN, PLIF and others. */
      kind: 'rate';
    }
);

const voting = z.int().min(1).max(1000).default(1);

/** Its settings in an experiment; without a kind, `mean`. */
export const readoutSchema: z.ZodType<ReadoutSettings> = z.preprocess(
  (given) =>
    typeof given === 'object' && given !== null && !Array.isArray(given) ? { kind: 'mean', ...given } : given,
  z.discriminatedUnion('kind', [
    settings({ kind: z.literal('mean'), voting }),
    settings({
      ...{ kind: z.literal('potential'), voting, leak: share.default(1) },
      time: z.enum(['last', 'mean']).default('last'),
    }),
    settings({ kind: z.literal('rate'), voting }),
  ]),
) as unknown as z.ZodType<ReadoutSettings>;

/** The layer that a readout puts behind the last one. */
const LAYER = 'readout';

/** A neuron that adds up what it is given, and hands on the sum. */
export const integrator = (leak: number): NeuronDescription => ({
  name: 'integrator',
  parameters: { leak },
  state: { v: 0 },
  step: ['v = leak * v + x'],
  output: 'v',
});

/**
 * The network with its readout: a layer `readout` behind the last one, where potentials or rates are read.
 *
 * @param network - one with as many outputs as classes times `voting`
 * @throws SettingsError where the network ends with neurons already, or has none
 */
export function withReadout(network: Network, readout: ReadoutSettings): Network {
  const { kind, voting } = readout;
  const time = kind === 'potential' ? readout.time : 'mean';
  const usual = voting === 1 && time === 'mean';
  const read: Network = usual ? network : { ...network, readout: { voting, time } satisfies Readout };
  if (kind === 'mean') return read;
  const last = network.layers.at(-1);
  if (last !== undefined && gives(last) !== undefined)
    throw new SettingsError(
      kind === 'rate'
        ? `${network.name}: readout.kind is rate, and its last layer ${last.name} is neurons already, whose mean is read: take readout.kind mean`
        : `${network.name}: readout.kind is potential, and its last layer ${last.name} is neurons: leave it out, or take readout.kind mean`,
    );
  const layer = kind === 'rate' ? lif(LAYER) : neuron(LAYER, integrator(readout.leak));
  return { ...read, layers: [...network.layers, layer] };
}
