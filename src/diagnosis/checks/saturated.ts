// Tests: test/diagnosis/checks/index.test.ts.
import { type Check, type Finding, named, percent } from '../check.js';

/** A layer with more is said to be saturated; with more than a tenth it is worth a look. */
const SATURATED = 0.5;
const MANY = 0.1;
/** Share of neurons that fire at a step, above which spikes say little. */
const BUSY = 0.7;

const ADVICE =
  'raise neuron.theta, lower optimizer.learningRate, start from smaller weights, or put a batch norm before the neurons; lipschitz.beta holds weights down';

/** Neurons that always fire: they say the same of every input. */
export const saturated: Check = {
  name: 'saturated',
  title: 'saturated neurons',
  usual: 'below 5 % of a layer fires for every example at every step; 5 to 40 % of a layer fires at a step',
  findings({ layers, examples }) {
    if (layers.length === 0) return [];
    const rateOf = ({ spikeRate }: (typeof layers)[number]): number =>
      spikeRate.reduce((sum, rate) => sum + rate, 0) / spikeRate.length;
    const found: Finding[] = [];
    for (const [severity, least, below] of [
      ['fault', SATURATED, Infinity],
      ['look', MANY, SATURATED],
    ] as const) {
      const bad = layers.filter((layer) => layer.saturated >= least && layer.saturated < below);
      if (bad.length === 0) continue;
      const [first, ...others] = bad;
      found.push({
        severity,
        where: bad.map(({ layer }) => layer).join(', '),
        value: first.saturated,
        text:
          `${percent(first.saturated)} of ${first.layer} fires for all ${examples} examples at every step` +
          (others.length > 0 ? `; as saturated: ${named(others.map(({ layer }) => layer))}` : ''),
        advice: ADVICE,
      });
    }
    const busiest = layers.reduce((a, b) => (rateOf(b) > rateOf(a) ? b : a));
    if (found.length === 0 && rateOf(busiest) >= BUSY)
      found.push({
        severity: 'look',
        where: busiest.layer,
        value: rateOf(busiest),
        text: `${percent(rateOf(busiest))} of ${busiest.layer} fires at a step`,
        advice: ADVICE,
      });
    if (found.length > 0) return found;
    return [
      {
        severity: 'usual',
        where: busiest.layer,
        value: rateOf(busiest),
        text: `at most ${percent(Math.max(...layers.map((layer) => layer.saturated)))} of a layer is saturated; ${busiest.layer} fires most, ${percent(rateOf(busiest))} at a step`,
      },
    ];
  },
};
