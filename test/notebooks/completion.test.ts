// Tab in a notebook. Needs dist (npm run build).
import test from 'ava';
import { experiment } from '../../src/experiment/experiment.js';
import { NAMED_SURROGATES } from '../../src/surrogates/settings.js';
import { completionsOf } from '../helpers/completions.js';
import { temporaryFolder } from '../helpers/folder.js';

const IMPORT = `import { experiment } from 'sgs-snn';\n`;

test('Tab inside experiment({ lists every setting and nothing else; so one level down; and every surrogate', async (t) => {
  const [settings, neuron, names, rest, rules, delta] = await completionsOf(temporaryFolder(t), [
    `${IMPORT}experiment({ | })`,
    `${IMPORT}experiment({ neuron: { | } })`,
    `${IMPORT}experiment({ neuron: { surrogate: { name: '|' } } })`,
    `${IMPORT}experiment({ epochs: 2, neuron: { de|`,
    `${IMPORT}experiment({ neuron: { surrogate: { name: 'dspike', parameter: { rule: '|' } } } })`,
    `${IMPORT}experiment({ neuron: { delta: { | } } })`,
  ]);
  t.deepEqual(settings.sort(), [...Object.keys(experiment()), 'parseval', 'readout'].sort()); // the last two: off
  t.deepEqual(
    neuron.sort(),
    [...Object.keys(experiment().neuron), 'comparison', 'model', 'norm', 'parameters'].sort(),
  ); // the last ones: equations, and what is left out by default
  t.deepEqual(names.sort(), [...NAMED_SURROGATES, 'table'].sort());
  t.deepEqual(rest.sort(), ['delta', 'detachReset', 'model']); // what has the letters in it, too
  t.deepEqual(rules.sort(), ['cosine', 'norm']);
  const ofDelta = 'batches epsilon every examples from layers otherwise rule schedule to';
  t.deepEqual(delta.sort(), ofDelta.split(' '));
});
