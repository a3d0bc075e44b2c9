// Tab in a notebook. Needs dist (npm run build).
import test from 'ava';
import { experiment } from '../../src/experiment/experiment.js';
import { SURROGATE_NAMES } from '../../src/surrogates/index.js';
import { completionsOf } from '../helpers/completions.js';
import { temporaryFolder } from '../helpers/folder.js';

const IMPORT = `import { experiment } from 'sgs-snn';\n`;

test('Tab inside experiment({ lists every setting and nothing else; so one level down; and every surrogate', async (t) => {
  const [settings, neuron, names, rest] = await completionsOf(temporaryFolder(t), [
    `${IMPORT}experiment({ | })`,
    `${IMPORT}experiment({ neuron: { | } })`,
    `${IMPORT}experiment({ neuron: { surrogate: { name: '|' } } })`,
    `${IMPORT}experiment({ epochs: 2, neuron: { de|`,
  ]);
  t.deepEqual(settings.sort(), Object.keys(experiment()).sort());
  t.deepEqual(neuron.sort(), [...Object.keys(experiment().neuron), 'model', 'parameters'].sort()); // the last two: equations
  t.deepEqual(names.sort(), [...SURROGATE_NAMES].sort());
  t.deepEqual(rest.sort(), ['delta', 'detachReset', 'model']); // what has the letters in it, too
});
