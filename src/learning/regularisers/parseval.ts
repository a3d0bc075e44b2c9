// Parseval tightness as a step: after each update weights are moved towards matrices whose rows, or columns, are orthonormal. Beside
// Lipschitz regularisation, which adds the same pull to the gradient, it is no part of the loss and does not pass the optimizer.
import type * as Tf from '@tensorflow/tfjs';
import type { ParameterSpec } from '../../network/parameters.js';
import { settings, share } from '../../settings.js';
import { gramPenaltyGradient, gramStepOfTensor, matrixOf, weightsOf } from './gram.js';
import { type ChosenLayers, chosenLayers, chosenWeights } from './weights.js';

/**
 * The retraction of Parseval networks, `W ← (1 + β)·W − β·W·Wᵀ·W` after each update, kernels viewed as `C_out × (C_in·k·k)`
 * (Cissé, Bojanowski, Grave, Dauphin, Usunier 2017, Algorithm 1; there of sampled rows, here of all).
 */
export interface ParsevalSettings {
  /** β in [0, 1]; 0 leaves the weights as they are. Default 3e-4. */
  beta: number;
  /** Layers whose weights are moved; `all` (default) = every weight of rank ≥ 2. */
  layers: ChosenLayers;
}

/** See the head of the file. */
export const parseval = {
  /** Its settings in an experiment; absent: no such step. */
  settings: settings({ beta: share.default(3e-4), layers: chosenLayers.default('all') }),
  /** The weights that are moved; none where it is absent or off. @throws SettingsError as {@link chosenWeights} */
  weights: (specs: readonly ParameterSpec[], given: ParsevalSettings | undefined): ParameterSpec[] =>
    given === undefined || given.beta === 0 ? [] : chosenWeights(specs, given.layers, 'parseval.layers'),
  /**
   * One step of one weight, float64. Of M = Wᵀ it is `M − β·M·(MᵀM − I)`, half the gradient of the Gram penalty.
   *
   * @param values - `[out, in, kernelHeight, kernelWidth]` or `[out, in]`
   */
  plain(values: Float64Array, out: number, beta: number): Float64Array {
    const matrix = matrixOf(values, out);
    const pull = weightsOf({ ...matrix, values: gramPenaltyGradient(matrix) });
    return values.map((value, i) => value - (beta / 2) * pull[i]);
  },
  /**
   * The same on tensors, for engine `tfjs`; what is given is not disposed.
   *
   * @param weight - `[kernelHeight, kernelWidth, in, out]` or `[in, out]`
   */
  tensor: (tf: typeof Tf, weight: Tf.Tensor, beta: number): Tf.Tensor => gramStepOfTensor(tf, weight, beta),
};
