// Tests: test/diagnosis/checks/index.test.ts.
import { type Check, digits } from '../check.js';

/** So many times the batch, and a step is mostly noise. */
const MUCH = 1000;
/** A network that is nearly done has little gradient left: noise is all that there can be. */
const DONE = 0.9;

/** Share of signal in a step: the noise scale of McCandlish et al. 2018 against the batch. */
export const noise: Check = {
  name: 'noise',
  title: 'learning rate against gradient noise',
  usual:
    'the noise scale is 1 to 100 times the batch early in training and rises as the loss falls; at that many examples noise and signal of a step are equal',
  findings({ noise: found, batchSize, accuracy, settings }) {
    if (found === undefined) return [];
    const { scale } = found;
    const advice = `a larger batchSize, or optimizer.learningRate below ${settings.optimizer.learningRate}: what is mostly noise must be averaged over many updates`;
    if (scale === null)
      return [
        {
          severity: accuracy < DONE ? 'look' : 'usual',
          where: null,
          value: null,
          text: 'the parts of this batch have no gradient in common: all of it is noise',
          ...(accuracy < DONE && { advice }),
        },
      ];
    const ratio = batchSize === undefined ? undefined : scale / batchSize;
    const text =
      `the noise scale is ${digits(scale)} examples` +
      (ratio === undefined ? '' : `, ${digits(ratio)} times the batch of ${batchSize}`);
    const strange = ratio !== undefined && ratio > MUCH && accuracy < DONE;
    return [
      { severity: strange ? 'look' : 'usual', where: null, value: scale, text, ...(strange && { advice }) },
    ];
  },
};
