// Lowers the counting of activity: by step and position on the device; what operations that makes the host works out.
// Tests: test/engines/webgpu/model.slow.ts.
import { reachOf } from '../../../network/geometry.js';
import type { LayerActivity } from '../../engine.js';
import type { ConvolutionSite } from '../../plan/ops.js';
import type { DenseSignal, SpikeSignal } from '../../plan/signal.js';
import { counts } from '../kernels/counts.js';
import type { Counts, GpuPlanner } from '../planner.js';

function count(
  planner: GpuPlanner,
  signal: DenseSignal | SpikeSignal,
  what: Pick<Counts, 'layer' | 'kind' | 'operations'>,
): void {
  const { channels, height, width, images, isStatic } = signal;
  const steps = isStatic ? 1 : planner.settings.steps;
  const batch = images / steps;
  const positions = height * width;
  const region = planner.alloc(steps * positions * 4); // for the whole plan
  planner.run(what.layer, counts({ channels, steps, batch, positions }, signal, region));
  planner.counts.push({ ...what, region, steps, positions, size: batch * positions * channels });
}

/** Lists the counting of the input of a convolution or linear layer. */
export const lowerCountSynapses = (planner: GpuPlanner, { layer, input, geometry }: ConvolutionSite): void =>
  count(planner, input, {
    ...{ layer: layer.name, kind: 'synapse' },
    operations: Float64Array.from(reachOf(geometry), (reach) => reach * layer.out),
  });

/** Lists the counting of what a layer of neurons gives. */
export const lowerCountSpikes = (
  planner: GpuPlanner,
  layer: string,
  output: DenseSignal | SpikeSignal,
): void => count(planner, output, { layer, kind: 'neuron' });

/** What was counted, in `steps` time steps. */
export function activityOf(counted: Counts, found: Uint32Array, steps: number): LayerActivity {
  const { layer, kind, size, positions, operations } = counted;
  const nonZero: number[] = [];
  const spent: number[] = [];
  for (let t = 0; t < steps; t++) {
    const of = found.subarray((t % counted.steps) * positions).subarray(0, positions);
    nonZero.push(of.reduce((sum, value) => sum + value, 0));
    spent.push(of.reduce((sum, value, p) => sum + value * (operations?.[p] ?? 0), 0));
  }
  return { layer, kind, nonZero, size, ...(operations && { operations: spent }) };
}
