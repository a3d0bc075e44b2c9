import test from 'ava';
import { readNeuron } from '../../../../src/equations/index.js';
import { generateNeuron } from '../../../../src/engines/event/generate/neuron-code.js';
import { builtInSurrogate } from '../../../../src/engines/generate/surrogate-code.js';
import { clif, described, lifDescription } from '../../../helpers/descriptions.js';

const keptOf = (description: Parameters<typeof readNeuron>[0]): number =>
  generateNeuron(readNeuron(description), builtInSurrogate({ name: 'rectangle' })).kept;

test('LIF keeps its potential and nothing else, whatever its reset', (t) => {
  for (const reset of ['hard', 'soft'] as const)
    for (const detached of [false, true]) t.is(keptOf(lifDescription(reset, detached)), 1);
});

test('CLIF keeps what its exponentials gave rather than to compute them a third time', (t) => {
  const { source } = generateNeuron(readNeuron(clif), builtInSurrogate({ name: 'rectangle' }));
  const backward = source.slice(source.indexOf('function backward'));
  t.notRegex(backward, /exp|div\(/);
  t.true(keptOf(clif) <= 6);
});

test('no neuron of the literature keeps more than 7 values of a step', (t) => {
  for (const description of Object.values(described)) t.true(keptOf(description) <= 7, description.name);
});
