import test from 'ava';
import { chooseKernel, CROSSOVER, denseIsCheaper } from '../../../src/engines/event/dispatch.js';

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

test('pooled spikes are convolved as real values where their planes cost more than that, lists by their share', (t) => {
  const crossover = { forward: 0.2, weights: 0.2, dense: 1.5 };
  t.false(denseIsCheaper(Float64Array.of(1, 0.1, 0), crossover)); // one sweep and half a sweep's worth of lists
  t.true(denseIsCheaper(Float64Array.of(0.2, 0.1001, 0), crossover));
  t.true(denseIsCheaper(Float64Array.of(0, 1, 1), crossover));
  t.false(denseIsCheaper(Float64Array.of(0, 0, 0), crossover));
});
