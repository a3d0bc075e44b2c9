// Lipschitz regularisation: its settings, which weights it is applied to, and the penalty.
import type { ParameterSpec } from '../../network/parameters.js';
import { atLeastZero, settings } from '../../settings.js';
import { gramPenalty, gramPenaltyGradient, gramPenaltyOfTensor, matrixOf, weightsOf } from './gram.js';
import type { Regulariser } from './regulariser.js';
import { type ChosenLayers, chosenLayers, chosenWeights } from './weights.js';

/**
 * Lipschitz regularisation, `(beta/2)·Σ_l ‖W_lᵀ W_l − I‖²_F` with kernels viewed as `C_out × (C_in·k·k)`
 * (Lin, Gan, Han 2019, as the paper uses it).
 *
 * Computed over the smaller Gram matrix, which changes the value by the constant `(beta/2)·Σ (n − m)` and not
 * the gradient; results report that constant as `lipschitzOffset`.
 */
export interface LipschitzSettings {
  /** Weight β ≥ 0 of the penalty; 0 switches it off. Default 1e-4 (the authors' code). */
  beta: number;
  /** Layers whose weights are included; `all` = every weight of rank ≥ 2 (default; the paper does not say). */
  layers: ChosenLayers;
}

export const defaultLipschitz: LipschitzSettings = { beta: 1e-4, layers: 'all' };

const schema = settings({
  beta: atLeastZero.default(defaultLipschitz.beta),
  layers: chosenLayers.default(defaultLipschitz.layers),
});

/** The weights that the penalty includes; none when it is off. @throws SettingsError as {@link chosenWeights} */
const penalisedWeights = (specs: ParameterSpec[], { beta, layers }: LipschitzSettings): ParameterSpec[] =>
  beta === 0 ? [] : chosenWeights(specs, layers, 'lipschitz.layers');

/** The paper's regulariser. */
export const lipschitz = {
  settings: schema.prefault({}),
  defaults: defaultLipschitz,
  weights: penalisedWeights,
  plain(values, out) {
    const matrix = matrixOf(values, out);
    return {
      penalty: gramPenalty(matrix),
      gradient: weightsOf({ ...matrix, values: gramPenaltyGradient(matrix) }),
    };
  },
  tensor: gramPenaltyOfTensor,
} satisfies Regulariser<LipschitzSettings>;
