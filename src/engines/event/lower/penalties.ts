// Lowers penalties on weights: Gram matrices, the penalty and its gradient, and the Parseval step.
// Tests: test/engines/event/model.test.ts, test/engines/updates.test.ts.
import type { PenalisedWeights } from '../../plan/ops.js';
import type { Compiler } from '../compiler.js';
import { add } from '../ops/currents.js';
import { zero } from '../ops/fill.js';
import { gram, gramBytes, gramGradient } from '../ops/gram.js';

/** Emits penalties and their gradients, weight by weight; the calling thread sums the squares. */
export function lowerPenalty(compiler: Compiler, all: readonly PenalisedWeights[], beta: number): void {
  const values = new Float64Array(all.length);
  compiler.penalties = values;
  for (const [i, { weights, gradient, rows, out, surplus }] of all.entries()) {
    const matrix = compiler.alloc(gramBytes(out));
    const operands = { weights: weights.address, rows, out, matrix: matrix.address };
    compiler.run(gram(operands), gramGradient(operands, gradient.address, 2 * beta));
    compiler.host((host) => {
      let squares = 0;
      for (const entry of host.floats(matrix.address, gramBytes(out) / 4)) squares += entry * entry;
      values[i] = (beta / 2) * (squares - surplus);
    });
    compiler.drop(matrix);
  }
}

/** Emits the Parseval step; the gradients, which the update has used, hold what is added. */
export function lowerParseval(compiler: Compiler, all: readonly PenalisedWeights[], beta: number): void {
  for (const { weights, gradient, rows, out } of all) {
    const matrix = compiler.alloc(gramBytes(out));
    const operands = { weights: weights.address, rows, out, matrix: matrix.address };
    compiler.drop(matrix); // one weight after the other
    compiler.after.push(
      zero(gradient.address, gradient.bytes),
      gram(operands),
      gramGradient(operands, gradient.address, -beta),
      add(weights.address, gradient.address, weights.bytes / 4),
    );
  }
}
