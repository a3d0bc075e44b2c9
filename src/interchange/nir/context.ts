// The context of writing a layer, and the refusal of one. Tests: test/interchange/nir/to-graph.test.ts.
import type { ModelSettings } from '../../engines/engine.js';
import { SettingsError } from '../../errors.js';
import type { Shape } from '../../network/geometry.js';
import type { Layer } from '../../network/layers.js';
import type { NeuronSettings } from '../../neurons/lif.js';
import type { ProfiledNeuron } from './profiles.js';
import type { Signal, Term, Writing } from './signal.js';

/** `conv`: Conv2d for all that is linear, which every reader has. `plain`: Affine, Flatten, AvgPool2d or SumPool2d. */
export const NIR_VOCABULARIES = ['conv', 'plain'] as const;
/** One of {@link NIR_VOCABULARIES}. */
export type NirVocabulary = (typeof NIR_VOCABULARIES)[number];

/** Form in which `plain` writes means over pixels: as they are, or as sums, with the division in the weights that follow. */
export const NIR_POOLS = ['avg', 'sum'] as const;
/** One of {@link NIR_POOLS}. */
export type NirPool = (typeof NIR_POOLS)[number];

/** Context of writing. */
export interface WritingContext {
  writing: Writing;
  settings: Pick<ModelSettings, 'batchNorm'> & { neuron: NeuronSettings };
  neuron: ProfiledNeuron;
  vocabulary: NirVocabulary;
  pool: NirPool;
  parameter(name: string): ArrayLike<number>;
}

/** @throws SettingsError naming the layer, why NIR has nothing for it, and what to do */
export function refuse(
  { writing }: WritingContext,
  { name, type }: Pick<Layer, 'name' | 'type'>,
  why: string,
): never {
  throw new SettingsError(`${writing.network}: ${name} (${type}) has no place in a NIR file: ${why}`);
}

/** Output of one node. */
export const alone = (term: Term, image: Shape, flat = false): Signal => ({
  ...{ terms: [term], image, flattened: false, flat },
});
