// Compiles the Parseval step (src/learning/regularisers/parseval.ts), which follows each update.
// Tests: test/engines/updates.test.ts.
import { parseval } from '../../../learning/regularisers/index.js';
import { isTrainable, parameterSpecs } from '../../../network/parameters.js';
import { blocksOf, LANES } from '../geometry.js';
import type { Op } from '../op.js';
import { add } from '../ops/currents.js';
import { zero } from '../ops/fill.js';
import { gram, gramBytes, gramGradient } from '../ops/gram.js';
import type { Compiler } from './compiler.js';

/** The ops that move the weights, M by `−beta·M·(MᵀM − I)`; the gradients, which the update has used, hold what is added. */
export function compileParseval(compiler: Compiler): Op[] {
  const { network, parameters } = compiler.options;
  const given = compiler.settings.parseval;
  const chosen = parseval.weights(parameterSpecs(network).filter(isTrainable), given);
  return chosen.flatMap(({ name, shape: [out] }): Op[] => {
    const { floats } = parameters.byName.get(name)!;
    const matrix = compiler.alloc(gramBytes(out));
    const [weights, step] = [compiler.parameter(name), compiler.gradient(name)];
    const operands = { weights, rows: floats / (blocksOf(out) * LANES), out, matrix: matrix.address };
    compiler.drop(matrix); // one weight after the other
    return [
      zero(step, floats * 4),
      gram(operands),
      gramGradient(operands, step, -given!.beta),
      add(weights, step, floats),
    ];
  });
}
