// Which generated steps come with the package, so that nobody needs the compiler for them: the built-in neurons with the default
// surrogate. Tests: test/engines/event/generate/layer-code.test.ts.
import { readNeuron } from '../../../equations/index.js';
import { defaultNeuron } from '../../../neurons/lif.js';
import { NEURON_NAMES, neurons } from '../../../neurons/index.js';
import { generateNeuron } from './neuron-code.js';
import { surrogateCode } from './surrogate-code.js';

/** The code of the steps, each once; LIF has kernels that are written by hand. */
export const shippedSteps = (): string[] => {
  const surrogate = surrogateCode(defaultNeuron.surrogate);
  const described = NEURON_NAMES.filter((name) => name !== 'lif');
  return [...new Set(described.map((name) => generateNeuron(readNeuron(neurons[name]), surrogate).source))];
};
