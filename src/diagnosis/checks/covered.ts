// Tests: test/diagnosis/checks/index.test.ts.
import { type Check, named, percent } from '../check.js';

/** Below these shares a network hardly learns, or not as a whole. */
const LITTLE = 0.5;
const PART = 0.9;

/** χ: the share of parameters that the batch moves. */
export const covered: Check = {
  name: 'coverage',
  title: 'parameters with a gradient (χ)',
  usual: 'above 95 % of all parameters for a batch of 100 examples',
  findings({ coverage, parameters }) {
    const text = `${percent(coverage)} of all parameters have a gradient other than zero`;
    if (coverage >= PART) return [{ severity: 'usual', where: null, value: coverage, text }];
    const bare = parameters.filter(({ share }) => share < PART).sort((a, b) => a.share - b.share);
    return [
      {
        severity: coverage < LITTLE ? 'fault' : 'look',
        where: bare.map(({ parameter }) => parameter).join(', '),
        value: coverage,
        text: `${text}; least of ${named(bare.map(({ parameter }) => parameter))}`,
        advice:
          'what never fires and what lies outside of the window of the surrogate has none: see dead neurons and the window above; a wider surrogate raises it',
      },
    ];
  },
};
