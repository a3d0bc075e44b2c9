// Neurons of the literature as equations: the built-in ones, and the paper's in its four forms.
import type { NeuronDescription } from '../../src/equations/index.js';
import { neurons } from '../../src/neurons/index.js';
import * as lif from '../../src/neurons/lif.js';

/** The paper's neuron: src/neurons/lif.ts. */
export const lifDescription = (
  reset: 'hard' | 'soft',
  detachReset: boolean,
  { tau, theta } = { tau: 0.5, theta: 0.5 },
): NeuronDescription => lif.lifDescription({ tau, theta, reset, detachReset });

export const { plif, clif, glif, liaf, diet, stl } = neurons;

const { lif: _paper, ...others } = neurons;
/** All of them but the LIF. */
export const described = others;
