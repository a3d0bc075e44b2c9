// A neuron for people to read: its equations and the derived backward step as formulas in Markdown.
import { escapeMarkdown } from '../text.js';
import type { NeuronDescription } from './description.js';
import { type NeuronEquations, readNeuron } from './neuron.js';
import { equationsTex } from './tex.js';

const SHARED = { layer: 'one for the layer', channel: 'one a channel', neuron: 'one a neuron' } as const;

/** The table of parameters and states. */
function table({ fixed, learned, state }: NeuronEquations): string {
  const rows = [
    ...[...fixed].map(([name, value]) => [`\`${name}\``, 'setting', String(value)]),
    ...learned.map(({ name, per, initial, spread }) => [
      `\`${name}\``,
      `learned, ${SHARED[per]}`,
      spread === undefined ? `${initial} at first` : `${initial} ± ${spread} at first`,
    ]),
    ...[...state].map(([name, value]) => [`\`${name}\``, 'state', `${value} before the first step`]),
  ];
  if (rows.length === 0) return '';
  return [
    '| name | kind | value |',
    '| --- | --- | --- |',
    ...rows.map((row) => `| ${row.join(' | ')} |`),
  ].join('\n');
}

/**
 * A neuron as Markdown with TeX formulas: parameters, the forward step, and the backward step that is derived from it.
 *
 * @example In a notebook
 * ```ts
 * markdown(describeNeuron(plif));
 * ```
 * @throws SettingsError as readNeuron does
 */
export function describeNeuron(description: NeuronDescription): string {
  const neuron = readNeuron(description);
  const { output, spike, state } = neuron;
  const signs = [
    `$\\bar{y}$ is the derivative of the loss with respect to $y$, $g_{${output}}$ what the layers above hand back to the output`,
    ...(state.size > 0
      ? ['$\\bar{y}^{+}$ what the next step hands back to a state (0 at the last step)']
      : []),
    ...(spike === null ? [] : ['$h$ the surrogate derivative and $\\delta$ the strength of SGS, Eq. (5)']),
  ];
  return [
    `### ${escapeMarkdown(neuron.description.name)}`,
    table(neuron),
    `One step, with the input current $x$; the output is \`${output}\`:`,
    equationsTex(neuron.forward),
    'Backward, derived from it:',
    equationsTex(neuron.backward),
    `${signs.join('; ')}.`,
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}
