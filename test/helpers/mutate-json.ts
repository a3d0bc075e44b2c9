// Seeded damage to what JSON says, for readers that look past its syntax.
import type { Stream } from '../../src/random.js';

/** Values that are wrong in most places, each in another way. */
const STRANGE: unknown[] = [
  null,
  true,
  '',
  '__proto__',
  '../../etc/passwd',
  'f'.repeat(64),
  'x'.repeat(300),
  0,
  -1,
  0.5,
  1e308,
  2 ** 53,
  [],
  {},
  [[[[[[[[[[[[1]]]]]]]]]]]],
  Array(500).fill(0),
  Array(500).fill({}),
  JSON.parse('{"__proto__":{"a":1},"constructor":1}'),
];

/**
 * One to three of: a value replaced by a strange one or by another value of the same document, a field or entry
 * removed, one added. Names and values keep to what JSON can say.
 */
export function mutateJson(document: unknown, random: Stream): unknown {
  const copy = { root: structuredClone(document) };
  for (let rounds = random.integer(1, 3); rounds > 0; rounds--) damage(copy, random);
  return copy.root;
}

type Place = [holder: Record<string, unknown>, key: string];

function damage(copy: { root: unknown }, random: Stream): void {
  const places = placesIn(copy);
  const pick = <T>(from: readonly T[]): T => from[random.integer(0, from.length - 1)];
  const [holder, key] = pick(places);
  const value = random.chance(0.5) ? structuredClone(pick(STRANGE)) : otherValue(pick(places));
  const name = random.chance(0.3) ? '__proto__' : `k${random.integer(0, 99)}`;
  if (random.chance(0.2) && holder !== (copy as unknown)) {
    if (Array.isArray(holder)) holder.splice(Number(key), 1);
    else delete holder[key];
  } else if (random.chance(0.1) && typeof holder[key] === 'object' && holder[key] !== null)
    Object.defineProperty(holder[key], name, { value, enumerable: true, configurable: true, writable: true });
  else holder[key] = value;
}

const otherValue = ([holder, key]: Place): unknown => structuredClone(holder[key]);

function placesIn(value: object, places: Place[] = []): Place[] {
  const holder = value as Record<string, unknown>;
  for (const key of Object.keys(holder)) {
    if (key === '__proto__') continue;
    places.push([holder, key]);
    if (typeof holder[key] === 'object' && holder[key] !== null) placesIn(holder[key], places);
  }
  return places;
}
