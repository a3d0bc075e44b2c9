// Checks that plain data is a network: kinds of layers, their fields and the ranges of these, names. Shapes are shapes.ts's.
import { SettingsError } from '../errors.js';
import { count, type Field, integer, list } from './fields.js';
import { kindOf, type Layer, layerKinds, type Network, type Readout } from './layers.js';

/** Names become keys of objects: no number (keys would change their order), nothing that every object has. */
const NAME = /^\p{L}[\p{L}\p{N}_.:-]{0,199}$/u;
const SAFE_NAME =
  'a letter, then up to 199 letters, digits and _ . : -, and nothing that every object has (such as constructor)';
const isSafeName = (name: unknown): name is string =>
  typeof name === 'string' && NAME.test(name) && !(name in Object.prototype);

const MAXIMUM_LAYERS = 10_000;
/** Deepest nesting of blocks. */
export const MAXIMUM_DEPTH = 100;

const text: Field = { expected: 'a text', holds: (value) => typeof value === 'string' && value !== '' };
const shape: Field = {
  expected: '[height, width, channels], integers from 1 to 1048576',
  holds: (value) => Array.isArray(value) && value.length === 3 && value.every(count.holds),
};
const voting = integer(1, 1000);
const readout: Field = {
  expected: 'absent, or voting, an integer from 1 to 1000, and time, mean or last',
  holds: (value) =>
    value === undefined ||
    (isObject(value) &&
      voting.holds((value as Partial<Readout>).voting) &&
      ['mean', 'last'].includes((value as Partial<Readout>).time!)),
};
const NETWORK_FIELDS = { name: text, input: shape, classes: integer(2, 2 ** 20), layers: list, readout };

/**
 * Checks everything about a network that can be said without its shapes.
 *
 * @throws SettingsError naming network, layer, field, value and what is expected
 */
export function checkNetwork(network: Network): void {
  const where = nameOf(network) ?? 'network';
  if (!isObject(network))
    refuse(where, 'the network', network, 'an object with name, input, classes, layers');
  checkFields(where, 'the network', network, NETWORK_FIELDS);
  const names = new Set<string>();
  const check = (layers: Layer[], place: string, depth: number): void => {
    if (depth > MAXIMUM_DEPTH)
      throw new SettingsError(`${where}: blocks are nested more than ${MAXIMUM_DEPTH} deep; nest fewer`);
    for (const [i, layer] of layers.entries()) {
      checkHead(where, `${place}[${i}]`, layer);
      const { type, name } = layer;
      const kind = kindOf(layer);
      if (names.has(name))
        throw new SettingsError(`${where}: two layers are named ${name}; names must be unique`);
      names.add(name);
      if (names.size > MAXIMUM_LAYERS)
        throw new SettingsError(`${where}: more than ${MAXIMUM_LAYERS} layers; give at most as many`);
      checkFields(where, `${name} (${type})`, layer, { type: text, name: text, ...kind.fields });
      if (kind.role !== 'residual') continue;
      const [body, shortcut] = kind.branches(layer);
      check(body, `body of ${name}`, depth + 1);
      check(shortcut, `shortcut of ${name}`, depth + 1);
    }
  };
  check(network.layers, 'layers', 0);
}

/** Checks type and name, by which all further messages call the layer. */
function checkHead(where: string, place: string, layer: Layer): void {
  if (!isObject(layer)) refuse(where, place, layer, 'a layer');
  const { type, name } = layer;
  const called = nameOf(layer) ?? place;
  if (typeof type !== 'string' || !Object.hasOwn(layerKinds, type))
    refuse(where, `type of ${called}`, type, `one of ${Object.keys(layerKinds).join(', ')}`);
  if (!isSafeName(name)) refuse(where, `name of ${place} (${type})`, name, SAFE_NAME);
}

function checkFields(where: string, what: string, value: object, kinds: Record<string, Field>): void {
  const given = value as Record<string, unknown>;
  for (const [field, { expected, holds }] of Object.entries(kinds)) {
    const own = Object.hasOwn(given, field) ? given[field] : undefined;
    if (!holds(own)) refuse(where, `${field} of ${what}`, own, expected);
  }
  const unknown = Object.keys(given).find((field) => !Object.hasOwn(kinds, field));
  if (unknown !== undefined)
    throw new SettingsError(
      `${where}: ${what} has an unknown field ${shown(unknown)}; known are ${Object.keys(kinds).join(', ')}`,
    );
}

function refuse(where: string, what: string, value: unknown, expected: string): never {
  throw new SettingsError(`${where}: ${what} is ${shown(value)}; expected ${expected}`);
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The name of a network or layer, where it has one that can be shown. */
const nameOf = (value: unknown): string | undefined =>
  isObject(value) &&
  'name' in value &&
  typeof value.name === 'string' &&
  /^[\p{L}\p{N}_.:-]{1,200}$/u.test(value.name)
    ? value.name
    : undefined;

/** A value in a message: short, on one line. */
function shown(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, 60));
  if (Array.isArray(value))
    return `[${value.slice(0, 9).map((item) => (isObject(item) ? 'an object' : String(item)))}]`;
  return isObject(value) ? 'an object' : String(value);
}
