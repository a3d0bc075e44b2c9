// Lipschitz regularisation: which weights are penalised (src/learning/regularisers). Tests: test/engines/event/model.test.ts.
import { isTrainable, type ParameterSpec, parameterSpecs } from '../../network/parameters.js';
import { regularisers } from '../../learning/regularisers/index.js';
import { blocksOf, LANES } from './geometry.js';
import type { PenalisedWeights } from './ops.js';
import type { Planner } from './planner.js';

/**
 * Emits `(beta/2)·Σ‖MᵀM − I‖²` over the output channels, and its gradient `2·beta·M·(MᵀM − I)`, added to that of the
 * loss. Where a kernel has fewer inputs than outputs, the smaller Gram matrix is the other one: its gradient is the
 * same and its penalty smaller by (beta/2)·(outputs − inputs).
 */
export function compileLipschitz(planner: Planner): void {
  const { lipschitz } = planner.settings;
  const specs = parameterSpecs(planner.options.network).filter(isTrainable);
  const chosen = regularisers.lipschitz.weights(specs, lipschitz);
  if (chosen.length > 0)
    planner.ops.penalty(
      chosen.map((spec) => penalisedOf(planner, spec)),
      lipschitz.beta,
    );
}

/** Weights as a penalty looks at them. */
export function penalisedOf(planner: Planner, { name }: Pick<ParameterSpec, 'name'>): PenalisedWeights {
  const { weights: shape, floats } = planner.options.parameters.byName.get(name)!;
  const { in: channels, out, kernelHeight, kernelWidth } = shape!;
  return {
    ...{ name, out, weights: planner.parameter(name), gradient: planner.gradient(name) },
    rows: floats / (blocksOf(out) * LANES),
    surplus: Math.max(0, out - channels * kernelHeight * kernelWidth),
  };
}
