// What judges the neurons of a network besides its logits, for every engine: the terms of the loss that do, how many layers they
// look at, and the equations by which such a layer runs. Tests: test/engines/objective.test.ts.
import { judged, type NeuronEquations } from '../equations/index.js';
import { SettingsError } from '../errors.js';
import { neuronTermsOf, type LossSettings } from '../learning/losses/index.js';
import type { NeuronTermSettings, Weighted } from '../learning/losses/neuron-terms.js';
import type { EquationNeurons, Layer, Lif, Network } from '../network/layers.js';
import { placeLayers } from '../network/shapes.js';
import { lifDescription } from '../neurons/lif.js';
import { equationsOf, lifOf, type NeuronChoice } from '../neurons/settings.js';

/** What judges the neurons of a network. */
export interface Judging {
  terms: Weighted<NeuronTermSettings>[];
  /** How many layers of neurons spike: all of them are judged. */
  layers: number;
}

const spikes = (layer: Layer): boolean =>
  layer.type === 'lif' || (layer.type === 'neuron' && equationsOf(layer.model).spike !== null);

/**
 * What judges the neurons of a network; undefined where nothing does.
 *
 * @throws SettingsError where a term does, and the network has no neurons that spike
 */
export function judgingOf(network: Network, loss: LossSettings): Judging | undefined {
  const terms = neuronTermsOf(loss);
  if (terms.length === 0) return undefined;
  const layers = placeLayers(network).filter(({ layer }) => spikes(layer)).length;
  if (layers > 0) return { terms, layers };
  throw new SettingsError(
    `${network.name}: ${terms[0].kind} judges layers of neurons that spike, and it has none; leave the term out of the loss`,
  );
}

/** Descriptions of LIF by its numbers: one object each, so that it is read and differentiated once. */
const lifs = new Map<string, ReturnType<typeof lifDescription>>();

/** The equations of a layer of neurons that is judged: of LIF too, which for this runs by them. */
export function judgedEquations(layer: Lif | EquationNeurons, neuron: NeuronChoice): NeuronEquations {
  if (layer.type === 'neuron') return judged(equationsOf(layer.model));
  const { tau, theta, reset, detachReset } = lifOf(neuron, layer.name);
  const key = JSON.stringify([tau, theta, reset, detachReset]);
  const description = lifs.get(key) ?? lifDescription({ tau, theta, reset, detachReset });
  lifs.set(key, description);
  return judged(equationsOf(description));
}
