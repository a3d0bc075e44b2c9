// Tests: test/diagnosis/checks/index.test.ts.
import { type Check, digits } from '../check.js';

/** Whether the gradient of the surrogate points where finite steps lower the loss. */
export const aligned: Check = {
  name: 'alignment',
  title: 'surrogate against finite differences',
  usual:
    'a cosine of 0.2 to 0.8 with steps of 0.1 in the first layer of a network with batch norms; of random directions 0 ± 1/√n',
  findings({ alignment }) {
    if (alignment === undefined) return [];
    const { cosine, parameter, probes, epsilon } = alignment;
    const how = `over ${probes} values of ${parameter}, moved by ±${epsilon}`;
    if (cosine === null)
      return [
        {
          severity: 'fault',
          where: parameter,
          value: null,
          text: `there is no cosine: one of the gradients is zero ${how}`,
          advice:
            'the loss does not depend on these weights, or the surrogate lets nothing through: see above',
        },
      ];
    const chance = 2 / Math.sqrt(probes);
    const text = `the cosine is ${digits(cosine)} ${how}`;
    const finding = { where: parameter, value: cosine, text };
    if (cosine >= chance) return [{ severity: 'usual', ...finding }];
    return [
      {
        severity: cosine < -chance ? 'fault' : 'look',
        ...finding,
        text: `${text}: ${cosine < -chance ? 'the surrogate points uphill' : `that is within chance (±${digits(chance)})`}`,
        advice:
          'more values or examples (--probes, --limit) tell chance from direction; else another width of the surrogate, or neuron.delta nearer to 0',
      },
    ];
  },
};
