// Where outputs stand: no two stems share a file, and the stem can be told from it.
import { join } from 'node:path';
import test from 'ava';
import { fileBase, stemOf } from '../../src/figures/stems.js';

test('fileBase: in the folder of the notebook whose name the stem begins with, else in the folder of all', (t) => {
  t.is(fileBase('energy-ratios', 'energy'), join('energy', 'ratios'));
  t.is(fileBase('latency', 'latency'), join('latency', 'latency'));
  for (const [stem, notebook] of [
    ['cloud', null],
    ['cloud', 'events'],
    ['eventscloud', 'events'],
    ['events-cloud', '../events'],
  ] as const)
    t.is(fileBase(stem, notebook), stem);
});

test('fileBase: no two stems of a notebook have one file, nor has one that of its summary or notes', (t) => {
  const stems = ['a', 'a-a', 'a-b', 'b', 'a-summary', 'a-notes', 'a-a-a'];
  const bases = stems.map((stem) => fileBase(stem, 'a'));
  t.is(new Set(bases).size, stems.length);
  for (const taken of ['summary', 'notes']) t.false(bases.includes(join('a', taken)));
});

test('stemOf: the stem that fileBase was given', (t) => {
  for (const stem of ['a', 'a-b', 'a-b-c'])
    t.is(stemOf('a', fileBase(stem, 'a').replace(/^a[/\\]/, '')), stem);
});
