// Generated steps that come with the package, so that they need no compiler: the built-in neurons with the default
// surrogate, LIF with it where terms of the loss judge it, and the integrator of readouts. Tests:
// test/engines/event/generate/layer-code.test.ts.
import { judged, readNeuron } from '../../../equations/index.js';
import { integrator } from '../../../network/readout.js';
import { defaultNeuron, lifDescription } from '../../../neurons/lif.js';
import { NEURON_NAMES, neurons } from '../../../neurons/index.js';
import { generateNeuron } from './neuron-code.js';
import { surrogateCode } from '../../generate/surrogate-code.js';

/** The code of the steps, each once; LIF has kernels that are written by hand. */
export const shippedSteps = (): string[] => {
  const surrogate = surrogateCode(defaultNeuron.surrogate);
  const described = NEURON_NAMES.filter((name) => name !== 'lif');
  const steps = [
    ...described.map((name) => readNeuron(neurons[name])),
    ...(['hard', 'soft'] as const).flatMap((reset) =>
      [false, true].map((detachReset) =>
        judged(readNeuron(lifDescription({ ...defaultNeuron, reset, detachReset }))),
      ),
    ),
    readNeuron(integrator(1)),
  ];
  return [...new Set(steps.map((neuron) => generateNeuron(neuron, surrogate).source))];
};
