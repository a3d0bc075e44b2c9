// Compiles the Parseval step (src/learning/regularisers/parseval.ts), which follows each update.
// Tests: test/engines/updates.test.ts.
import { parseval } from '../../learning/regularisers/index.js';
import { isTrainable, parameterSpecs } from '../../network/parameters.js';
import { penalisedOf } from './lipschitz.js';
import type { Planner } from './planner.js';

/** Emits what moves the weights, M by `−beta·M·(MᵀM − I)`. */
export function compileParseval(planner: Planner): void {
  const given = planner.settings.parseval;
  const chosen = parseval.weights(parameterSpecs(planner.options.network).filter(isTrainable), given);
  if (chosen.length > 0)
    planner.ops.parseval(
      chosen.map((spec) => penalisedOf(planner, spec)),
      given!.beta,
    );
}
