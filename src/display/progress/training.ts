// Turns the progress of a training into that of a bar. Tests: test/session/train.test.ts.
import type { TrainProgress } from '../../training/options.js';
import type { ProgressEvent } from './progress.js';

/** Progress of a training, for a bar with epoch, loss and accuracy. */
export const trainingEvent = ({
  done,
  total,
  epoch,
  epochs,
  loss,
  accuracy,
}: TrainProgress): ProgressEvent => ({
  done,
  total,
  label: 'training',
  fields: {
    epoch: `${epoch}/${epochs}`,
    loss: loss.toFixed(3),
    accuracy: `${(100 * accuracy).toFixed(2)} %`,
  },
});
