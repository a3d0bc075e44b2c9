// Tests: test/diagnosis/checks/index.test.ts.
import { type Check, digits, percent } from '../check.js';
import type { Facts, ParameterFacts } from '../facts.js';

/** Share of a weight's size that one update moves it by: above this it is a fault, or looked at. */
const FAULT = 1;
const LOOK = 0.3;
const LITTLE = 1e-5;

/**
 * Largest move of a weight by an update against its size. Adam moves a value by about the learning rate, whatever the gradient;
 * SGD by learning rate times gradient.
 */
function moved({ settings: { optimizer } }: Facts, { gradientNorm, rms, size }: ParameterFacts): number {
  const { kind, learningRate } = optimizer;
  return (kind === 'adam' ? learningRate : (learningRate * gradientNorm) / Math.sqrt(size)) / rms;
}

/** Whether the learning rate suits the size of the weights. */
export const updates: Check = {
  name: 'updates',
  title: 'learning rate against weights',
  usual: 'an update moves weights by 0.1 to 10 % of their size at the full learning rate',
  findings(facts) {
    const { optimizer } = facts.settings;
    const weights = facts.parameters.filter(
      ({ parameter, rms }) => parameter.endsWith('.weight') && rms > 0 && Number.isFinite(rms),
    );
    if (weights.length === 0) return [];
    const most = weights.reduce((a, b) => (moved(facts, b) > moved(facts, a) ? b : a));
    const share = moved(facts, most);
    const text = `at learning rate ${optimizer.learningRate} an update moves ${most.parameter} by up to ${percent(share)} of its size`;
    const finding = { where: most.parameter, value: share, text };
    if (share > LOOK)
      return [
        {
          severity: share > FAULT ? 'fault' : 'look',
          ...finding,
          advice: `a learning rate of about ${digits((0.05 / share) * optimizer.learningRate)} would move it by 5 %`,
        },
      ];
    if (share < LITTLE)
      return [{ severity: 'look', ...finding, advice: 'raise optimizer.learningRate, by ten to begin with' }];
    return [{ severity: 'usual', ...finding }];
  },
};
