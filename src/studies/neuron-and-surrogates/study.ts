// The neuron, its surrogates and SGS: Eq. (5) and Fig. 3. Everything in it is computed, nothing is trained.
import type { Study } from '../study.js';

/** Parts and claims of the notebook `neuron-and-surrogates`. */
export const neuronAndSurrogates: Study = {
  stem: 'neuron-and-surrogates',
  title: 'Neuron and surrogates',
  figures: ['trace', 'shapes', 'scaled', 'fig3', 'negative'],
  tables: [],
  claims: 'argued',
};
