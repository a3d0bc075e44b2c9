// From what the last layer of a network gives at every step to the logits that a loss judges: outputs that vote, and which steps
// count. In plain loops for engines plain and event, on tensors for engine tfjs.
import type * as Tf from '@tensorflow/tfjs';
import type { Network } from '../network/layers.js';
import type { Logits } from './losses/loss.js';

/** Readout of a network. */
type Read = Pick<Network, 'classes' | 'readout'>;

/** Number of outputs of a network's last layer: of each class those that vote. */
export const outputsOf = ({ classes, readout }: Read): number => classes * (readout?.voting ?? 1);

/** Logits, and the way back from their gradient to that of the outputs. */
export interface ReadLogits {
  logits: Logits;
  back(gradient: Float64Array): Float64Array;
}

/**
 * Reads the logits: of every class the mean of its outputs; of all steps, or of the last one alone.
 *
 * @param outputs - `[T, B, classes·voting]`, as `classes` the number of outputs
 */
export function readLogits(outputs: Logits, { classes, readout }: Read): ReadLogits {
  if (!readout) return { logits: outputs, back: (gradient) => gradient };
  const { voting, time } = readout;
  const { batch, values } = outputs;
  const steps = time === 'last' ? 1 : outputs.steps;
  const before = (outputs.steps - steps) * batch * classes; // logits of steps that are not read
  const read = new Float64Array(steps * batch * classes);
  for (let i = 0; i < read.length; i++) {
    for (let k = 0; k < voting; k++) read[i] += values[(before + i) * voting + k];
    read[i] /= voting;
  }
  return {
    logits: { steps, batch, classes, values: read },
    back: (gradient) =>
      values.map((_, i) => {
        const logit = Math.floor(i / voting) - before;
        return logit < 0 ? 0 : gradient[logit] / voting;
      }),
  };
}

/**
 * The same on tensors.
 *
 * @param outputs - `[T, B, classes·voting]`
 * @returns `[T, B, classes]`, or `[1, B, classes]` where the last step alone is read
 */
export function readTensors(tf: typeof Tf, outputs: Tf.Tensor3D, { classes, readout }: Read): Tf.Tensor3D {
  if (!readout) return outputs;
  const { voting, time } = readout;
  const [steps, batch, count] = outputs.shape;
  const read = time === 'last' ? tf.slice(outputs, [steps - 1, 0, 0], [1, batch, count]) : outputs;
  if (voting === 1) return read;
  return read.reshape([-1, batch, classes, voting]).mean(3) as Tf.Tensor3D;
}
