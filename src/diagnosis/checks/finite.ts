// Tests: test/diagnosis/checks/index.test.ts.
import { type Check, digits } from '../check.js';

/** Whether the loss and all weights are numbers. */
export const finite: Check = {
  name: 'finite',
  title: 'finite numbers',
  usual: 'every weight and the loss are finite',
  findings({ loss, parameters }) {
    const broken = parameters.find(({ rms }) => !Number.isFinite(rms));
    if (Number.isFinite(loss) && broken === undefined)
      return [{ severity: 'usual', where: null, value: loss, text: `the loss is ${digits(loss)}` }];
    return [
      {
        severity: 'fault',
        where: broken?.parameter ?? null,
        value: null,
        text: broken ? `${broken.parameter} holds values that are no numbers` : `the loss is ${loss}`,
        advice:
          'lower optimizer.learningRate, by ten to begin with; put a batch norm behind every convolution',
      },
    ];
  },
};
