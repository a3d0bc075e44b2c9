// Tests: test/diagnosis/checks/index.test.ts.
import { type Check, type Finding, named, percent } from '../check.js';

/** A layer with more is said to be dead; with more than half it is worth a look. */
const DEAD = 0.9;
const MANY = 0.5;
/** Of a single step: nothing but a few neurons fires. */
const SILENT = 0.99;

const ADVICE =
  'lower neuron.theta, put a batch norm before the neurons, or start from larger weights; with neuron.tau nearer to 1 potentials add up over the steps';

/** Neurons that never fire: the layers behind them get nothing of the input, and hardly a gradient passes. */
export const dead: Check = {
  name: 'dead',
  title: 'dead neurons',
  usual: 'below 10 % of a layer over all examples and steps; at a single step below 40 %',
  findings({ layers, examples, settings: { steps } }) {
    if (layers.length === 0) return [];
    const found: Finding[] = [];
    const over = (least: number, below = Infinity) =>
      layers.filter((layer) => layer.dead >= least && layer.dead < below);
    for (const [severity, bad] of [
      ['fault', over(DEAD)],
      ['look', over(MANY, DEAD)],
    ] as const) {
      if (bad.length === 0) continue;
      const [first, ...others] = bad;
      found.push({
        severity,
        where: bad.map(({ layer }) => layer).join(', '),
        value: first.dead,
        text:
          `${percent(first.dead)} of ${first.layer} fires for none of ${examples} examples at any step` +
          (others.length > 0 ? `; as dead: ${named(others.map(({ layer }) => layer))}` : ''),
        advice: ADVICE,
      });
    }
    for (const { layer, deadAt, dead: whole } of layers) {
      const silent = deadAt.findIndex((share) => share < SILENT);
      if (whole >= MANY || silent < 1) continue;
      found.push({
        severity: 'look',
        where: layer,
        value: deadAt[0],
        text: `${layer} is silent in the first ${silent} of ${steps} steps: it adds nothing to the mean of the logits there`,
        advice: 'lower neuron.theta, or take more steps; steps without spikes cost time and say nothing',
      });
    }
    if (found.length > 0) return found;
    const most = layers.reduce((a, b) => (b.dead > a.dead ? b : a));
    return [
      {
        severity: 'usual',
        where: most.layer,
        value: most.dead,
        text: `at most ${percent(most.dead)} of a layer is dead (${most.layer})`,
      },
    ];
  },
};
