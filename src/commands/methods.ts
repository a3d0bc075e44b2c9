// `sgs methods`: the methods that can be compared, and all that is known of one.
import { type Command, Option } from 'commander';
import { printTable, terminalWidth } from '../display/print-table.js';
import { wrapped } from '../display/wrap.js';
import { SettingsError } from '../errors.js';
import type { ExperimentInput } from '../experiment/experiment.js';
import { type Method, method, METHOD_KINDS, type MethodKind, methods } from '../methods/index.js';
import type { EquationNeuronInput } from '../neurons/settings.js';
import { modelOf, withParameters } from '../neurons/settings.js';
import { print } from '../print.js';
import { fitted } from './help.js';
import { methodArgument } from './method-names.js';

const HELP = `
A method is a part of an experiment: settings of the gradient, the neuron, the norm or the loss. Preset equal sets the method and
leaves all else as it is, but that SGS and Lipschitz regularisation, which are defaults, are off unless a method or the file has
them; own takes every axis as the authors' code has it, where that is known, but network, data and seed.

Examples:
  sgs methods --kind norm
  sgs methods plif
  sgs train --method plif
  sgs train --method tet --as own --epochs 20`;

/** Adds what the command takes and does. */
export function addMethods(command: Command): void {
  command
    .addArgument(methodArgument('[name]', 'one of them, whole'))
    .addOption(new Option('--kind <kind>', 'those of a kind').choices(METHOD_KINDS))
    .option('--json', 'as JSON')
    .addHelpText('after', fitted(HELP))
    .action((name: string | undefined, { kind, json }: { kind?: MethodKind; json?: boolean }) => {
      if (name !== undefined && kind !== undefined)
        throw new SettingsError(`--kind ${kind}: ${name} is one method by its name; leave one of them out`);
      if (name !== undefined) return json ? printJson(method(name)) : printMethod(method(name));
      const shown = methods.filter((one) => kind === undefined || one.kind === kind || one.also === kind);
      return json ? printJson(shown) : printMethods(shown);
    });
}

const printJson = (value: unknown): void => print(JSON.stringify(value, null, 2));

function printMethods(shown: readonly Method[]): void {
  printTable(
    shown.map(({ name, kind, also, own, title, source }) => ({
      name,
      kind: also === undefined ? kind : `${kind}, ${also}`,
      own: own ? 'yes' : '–',
      title,
      source,
    })),
    { least: ['source', 'own'] },
  );
  print('`sgs methods NAME` prints all of one, `sgs train --method NAME` trains with it');
}

/** Characters in front of what is said. */
const LEAD = 12;
const WIDEST = 120;

/** Prints what is said under a heading; nothing where nothing is. */
function say(heading: string, text: string | undefined): void {
  if (text === undefined) return;
  print(wrapped(text, Math.min(WIDEST, terminalWidth()), heading.padEnd(LEAD)));
}

function printMethod({ name, title, source, code, equal, own, ownLacks, published, note }: Method): void {
  print(`${name}: ${title}\n`);
  say('source', source);
  say('code', 'read' in code ? code.read : `none: ${code.none}`);
  for (const [i, line] of equationsOf(equal).entries())
    print(`${(i === 0 ? 'equations' : '').padEnd(LEAD)}${line}`);
  saySettings('equal', equal);
  if (own) saySettings('own', own);
  say(own ? 'own lacks' : 'own', own ? ownLacks : `none: ${ownLacks}`);
  say('note', note);
  printTable(
    published.map(({ network, T, data, accuracy, source: said }) => ({
      network,
      T: T ?? '–',
      data,
      'accuracy %': accuracy,
      source: said,
    })),
    { heading: '\npublished' },
  );
}

/** Prints settings as JSON, a line for each: they can be copied into a file. */
function saySettings(preset: string, settings: ExperimentInput): void {
  const lines = Object.entries(settings).map(([name, value]) => `  "${name}": ${JSON.stringify(value)}`);
  const indent = `\n${' '.repeat(LEAD)}`;
  print(`${preset.padEnd(LEAD)}{${indent}${lines.join(`,${indent}`)}${indent}}`);
}

/** Parameters and step of a neuron that is equations; none of LIF. */
function equationsOf({ neuron }: ExperimentInput): string[] {
  if (neuron?.model === undefined) return [];
  const { model, parameters = {} } = neuron as EquationNeuronInput;
  const described = withParameters(modelOf(model), parameters);
  return [
    ...Object.entries(described.parameters ?? {}).map(
      ([symbol, value]) =>
        `${symbol}: ${typeof value === 'number' ? value : `learned, one a ${value.per}, ${value.initial} at first`}`,
    ),
    ...described.step,
  ];
}
