// Compiles Lipschitz regularisation: Gram matrices of the weights, the penalty and its gradient (src/learning/regularisers).
// Tests: test/engines/event/model.test.ts.
import { isTrainable, parameterSpecs } from '../../../network/parameters.js';
import { regularisers } from '../../../learning/regularisers/index.js';
import { blocksOf, LANES } from '../geometry.js';
import { gram, gramBytes, gramGradient } from '../ops/gram.js';
import type { Compiler } from './compiler.js';

/** The penalty of the last run. */
export interface LipschitzValue {
  value(): number;
}

/**
 * Emits `(beta/2)·Σ‖MᵀM − I‖²` over the output channels, and its gradient `2·beta·M·(MᵀM − I)`, added to that of the
 * loss. Where a kernel has fewer inputs than outputs, the smaller Gram matrix is the other one: its gradient is the
 * same and its penalty smaller by (beta/2)·(outputs − inputs).
 */
export function compileLipschitz(compiler: Compiler): LipschitzValue {
  const { network, parameters } = compiler.options;
  const { beta } = compiler.settings.lipschitz;
  const included = regularisers.lipschitz.weights(
    parameterSpecs(network).filter(isTrainable),
    compiler.settings.lipschitz,
  );
  const values = new Float64Array(included.length);
  for (const [i, { name }] of included.entries()) {
    const { weights: shape, floats } = parameters.byName.get(name)!;
    const { in: channels, out, kernelHeight, kernelWidth } = shape!;
    const matrix = compiler.alloc(gramBytes(out));
    const rows = floats / (blocksOf(out) * LANES);
    const operands = { weights: compiler.parameter(name), rows, out, matrix: matrix.address };
    compiler.run(gram(operands), gramGradient(operands, compiler.gradient(name), 2 * beta));
    const surplus = Math.max(0, out - channels * kernelHeight * kernelWidth);
    compiler.host((host) => {
      let squares = 0;
      for (const entry of host.floats(matrix.address, gramBytes(out) / 4)) squares += entry * entry;
      values[i] = (beta / 2) * (squares - surplus);
    });
    compiler.drop(matrix);
  }
  return { value: () => values.reduce((a, b) => a + b, 0) };
}
