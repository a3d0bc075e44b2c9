// Tests: test/network/layers.test.ts.
import { STEP_NORM_NAMES, type StepNormName, stepNorms } from '../../norms/index.js';
import { count, type Field, integer } from '../fields.js';
import type { LayerParameter, NormKind } from '../layer.js';

/** A batch norm whose map may differ from step to step (see `StepNorm`). */
export interface StepNormLayer {
  type: 'stepNorm';
  name: string;
  channels: number;
  /** Which one. */
  kind: StepNormName;
  /** Time steps T of the experiment. */
  steps: number;
}

/**
 * A batch norm whose map may differ from step to step.
 *
 * @param name - unique in the network
 * @param channels - of its input
 * @param kind - which one, such as `tebn` or `bntt`
 * @param steps - time steps T of the experiment
 * @returns the layer
 */
export const stepNorm = (
  name: string,
  channels: number,
  kind: StepNormName,
  steps: number,
): StepNormLayer => ({ type: 'stepNorm', name, channels, kind, steps });

const kind: Field = {
  expected: `one of ${STEP_NORM_NAMES.join(', ')}`,
  holds: (value) => STEP_NORM_NAMES.some((name) => name === value),
};

export const stepNormKind: NormKind<StepNormLayer> = {
  type: 'stepNorm',
  role: 'norm',
  fields: { channels: count, kind, steps: integer(1, 1000) },
  output(layer, input, fit) {
    fit.expect('channels', layer.channels, input[2]);
    return input;
  },
  differs: ({ kind }) => stepNorms[kind].differs,
  /** What it learns, then `runningMean` and `runningVariance`, `[C]` or `[T, C]`. */
  parameters({ kind, channels, steps }): LayerParameter[] {
    const norm = stepNorms[kind];
    const shape = norm.running === 'steps' ? [steps, channels] : [channels];
    return [
      ...norm.parameters({ channels, steps }),
      { suffix: 'runningMean', shape, role: 'runningMean' },
      { suffix: 'runningVariance', shape, role: 'runningVariance' },
    ];
  },
  words: ({ kind }) => stepNorms[kind].words,
  row: 'appended',
};
