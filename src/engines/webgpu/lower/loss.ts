// Lowers the loss: in training on the device; in inference the outputs are read back, and judged in float64.
// Tests: test/engines/webgpu/model.slow.ts.
import { outputsOf } from '../../../learning/readout.js';
import type { Region } from '../../plan/arena.js';
import { type DenseSignal, pixelsOf } from '../../plan/signal.js';
import { loss, resultFloats } from '../kernels/loss.js';
import type { GpuPlanner } from '../planner.js';

/** Lists it; gives the gradient of the outputs in training. */
export function lowerLoss(planner: GpuPlanner, outputs: DenseSignal): Region | undefined {
  planner.outputs = outputs;
  if (!planner.training) return undefined;
  const { network, settings, batch } = planner.options;
  const { voting = 1, time } = network.readout ?? {};
  const gradient = planner.allocDense(outputsOf(network), pixelsOf(outputs));
  const result = planner.alloc(resultFloats(settings.loss) * 4); // for the whole plan
  planner.result = result;
  planner.run(
    undefined,
    loss(
      {
        ...{ batch, voting, classes: network.classes, loss: settings.loss, lastOnly: time === 'last' },
        steps: outputs.isStatic ? 1 : settings.steps,
      },
      { outputs: outputs.region, labels: planner.labels, gradient, result },
    ),
  );
  return gradient;
}
