import test from 'ava';
import { FOLDERS, unitsOf } from './folders.js';

test('every path of the table is there, every row has sources and each of them tests', (t) => {
  for (const name of Object.keys(FOLDERS)) {
    const units = unitsOf(name);
    t.true(units.length > 0, name);
    for (const { sources, tests } of units)
      t.true(sources.length > 0 && tests.length > 0, sources.join(', '));
  }
  t.throws(() => unitsOf('nothing'), { message: /^"nothing" is no folder of mutants: give one of neuron, / });
});
