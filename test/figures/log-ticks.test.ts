import test from 'ava';
import { logTicks } from '../../src/figures/log-ticks.js';

test('ticks at every digit of a decade, at 1, 2 and 5 of few, at 1 of many; none without a positive value', (t) => {
  t.like(logTicks([0.03, 0.2, 0]), { type: 'log', tickvals: [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5] });
  t.like(logTicks([0.03, 0.05]), {
    tickvals: [1, 2, 3, 4, 5, 6, 7, 8, 9]
      .flatMap((digit) => digit / 100)
      .concat([1, 2, 3, 4, 5, 6, 7, 8, 9].map((digit) => digit / 10)),
  });
  t.like(logTicks([1e-6, 1]), { ticktext: ['1e-6', '1e-5', '1e-4', '1e-3', '1e-2', '1e-1', '1e0'] });
  t.like(logTicks([0]), { tickvals: [] });
});
