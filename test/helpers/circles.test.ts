import test from 'ava';
import { circlesIn } from './circles.js';

const graph = (edges: Record<string, string[]>): Map<string, string[]> => new Map(Object.entries(edges));

test('circlesIn: a chain and a diamond have none', (t) => {
  t.deepEqual(circlesIn(graph({ a: ['b', 'c'], b: ['d'], c: ['d'], d: [] })), []);
});

test('circlesIn: two files, three files and a file that imports itself are each named', (t) => {
  t.deepEqual(circlesIn(graph({ a: ['b'], b: ['a'], c: ['d'], d: ['e'], e: ['c', 'a'], f: ['f'] })), [
    'a → b',
    'c → d → e',
    'f',
  ]);
});

test('circlesIn: what is no key, such as a file of another folder, is passed over', (t) => {
  t.deepEqual(circlesIn(graph({ a: ['elsewhere'] })), []);
});
