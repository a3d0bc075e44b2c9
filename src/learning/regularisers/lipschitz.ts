// Lipschitz regularisation: its settings, which weights it is applied to, and the penalty.
import { z } from 'zod';
import { SettingsError } from '../../errors.js';
import type { ParameterSpec } from '../../network/parameters.js';
import { atLeastZero, label, settings } from '../../settings.js';
import { gramPenalty, gramPenaltyGradient, gramPenaltyOfTensor, matrixOf, weightsOf } from './gram.js';
import type { Regulariser } from './regulariser.js';

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
  layers: 'all' | string[];
}

export const defaultLipschitz: LipschitzSettings = { beta: 1e-4, layers: 'all' };

const schema = settings({
  beta: atLeastZero.default(defaultLipschitz.beta),
  layers: z.union([z.literal('all'), z.array(label).max(10_000)]).default(defaultLipschitz.layers),
});

/**
 * The weights that the penalty includes; none when it is off.
 *
 * @throws SettingsError when layers are named and one of them is no layer with weights, or none is named
 */
function penalisedWeights(specs: ParameterSpec[], { beta, layers }: LipschitzSettings): ParameterSpec[] {
  if (beta === 0) return [];
  const weights = specs.filter(({ role }) => role === 'weight');
  const layerOf = ({ name }: ParameterSpec): string => name.replace(/\.weight$/, '');
  if (layers === 'all') return weights;
  const there = weights.map(layerOf);
  const unknown = layers.filter((layer) => !there.includes(layer));
  if (unknown.length > 0 || layers.length === 0)
    throw new SettingsError(
      `lipschitz.layers: ${layers.length === 0 ? 'names no layer' : `no layer with weights is named ${unknown.join(', ')}`}; the network has ${there.join(', ')}`,
    );
  return weights.filter((spec) => layers.includes(layerOf(spec)));
}

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
