// Lowers penalties on weights and the Parseval step, all layers at once. Tests: test/engines/webgpu/model.slow.ts.
import type { PenalisedWeights } from '../../plan/ops.js';
import {
  gram,
  gramGradient,
  gramMove,
  gramPenalty,
  type GramRegions,
  type GramTable,
  gramTable,
  matricesBytes,
} from '../kernels/gram.js';
import { wholeRegion } from '../model-layout.js';
import type { GpuPlanner } from '../planner.js';

function laid(
  planner: GpuPlanner,
  all: readonly PenalisedWeights[],
): { table: GramTable; regions: GramRegions } {
  const { layout, parametersAt, gradientsAt } = planner.options;
  const table = gramTable(all, parametersAt);
  const regions = {
    table: planner.table(table.values),
    parameters: wholeRegion(layout, parametersAt),
    gradients: wholeRegion(layout, gradientsAt),
    matrices: planner.alloc(matricesBytes(table)),
  };
  return { table, regions };
}

/** Lists penalties and their gradients. */
export function lowerPenalty(planner: GpuPlanner, all: readonly PenalisedWeights[], beta: number): void {
  const { table, regions } = laid(planner, all);
  const region = planner.alloc(all.length * 4); // for the whole plan
  planner.penalties = { region, count: all.length };
  planner.run(
    undefined,
    gram(table, regions),
    gramPenalty(table, { ...regions, penalties: region }, beta / 2),
    gramGradient(table, regions, { factor: 2 * beta, accumulate: true }),
  );
  planner.drop(regions.matrices);
}

/** Lists the Parseval step; the gradients, which the update has used, hold what is added. */
export function lowerParseval(planner: GpuPlanner, all: readonly PenalisedWeights[], beta: number): void {
  const { table, regions } = laid(planner, all);
  planner.after.push(
    gram(table, regions),
    gramGradient(table, regions, { factor: -beta, accumulate: false }),
    gramMove(table, regions),
  );
  planner.drop(regions.matrices);
}
