import test from 'ava';
import { chooseKernel, CROSSOVER } from '../../../src/engines/event/dispatch.js';

test('lists below the crossover, lookup from it on', (t) => {
  for (const crossover of [CROSSOVER.forward, CROSSOVER.weights, 0.5]) {
    t.is(chooseKernel(0, crossover), 'list');
    t.is(chooseKernel(crossover - 1e-9, crossover), 'list');
    t.is(chooseKernel(crossover, crossover), 'lookup');
    t.is(chooseKernel(1, crossover), 'lookup');
  }
  t.is(chooseKernel(0, 0), 'lookup'); // a crossover of 0 and one above 1 choose for every share
  t.is(chooseKernel(1, 1.1), 'list');
});
