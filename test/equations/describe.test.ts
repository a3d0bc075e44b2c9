import test from 'ava';
import { describeNeuron } from '../../src/equations/index.js';
import { described, plif } from '../helpers/descriptions.js';

test('PLIF as Markdown: parameters, the step and the derived step as formulas, and what their signs mean', (t) => {
  const text = describeNeuron(plif);
  for (const part of [
    '### plif\n\n| name | kind | value |\n| --- | --- | --- |\n',
    '| `tau0` | setting | 2 |',
    '| `w` | learned, one for the layer | 0 at first |',
    '| `u` | state | 0 before the first step |',
    'the output is `o`',
    'v &= {u}_{t-1} + \\left(x - {u}_{t-1}\\right) \\, \\sigma\\left(w\\right) \\\\',
    'Backward, derived from it:',
    '\\bar{o} &= g_{o}',
    '\\bar{x} &= \\bar{v} \\, \\sigma\\left(w\\right)',
    '\\delta\\,\\operatorname{sign}(\\bar{o})\\,(v - o)',
    '$h$ the surrogate derivative',
  ])
    t.true(text.includes(part), part);
});

test('every neuron can be described; one without spike, state and parameters says nothing of them', (t) => {
  for (const neuron of Object.values(described)) t.is(describeNeuron(neuron).match(/\$\$/g)?.length, 4);
  const text = describeNeuron({ name: 'a|b', state: {}, step: ['y = x'], output: 'y' });
  t.true(text.startsWith('### a\\|b\n\nOne step'));
  t.false(/surrogate|next step/.test(text));
});
