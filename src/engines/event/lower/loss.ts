// Lowers the loss: the calling thread reads the logits, and takes loss and gradient in double precision.
// Tests: test/engines/event/model.test.ts.
import { classificationLoss, objective } from '../../../learning/losses/objective.js';
import { outputsOf, readLogits } from '../../../learning/readout.js';
import type { Region } from '../../plan/arena.js';
import { blocksOf, LANES } from '../../plan/geometry.js';
import { denseIndex, toDense } from '../../plan/layout.js';
import { type DenseSignal, pixelsOf } from '../../plan/signal.js';
import type { Compiler } from '../compiler.js';

/** Emits it; gives the gradient of the logits in training. */
export function lowerLoss(compiler: Compiler, output: DenseSignal): Region | undefined {
  const { network, settings, batch, training } = compiler.options;
  const gradient = training ? compiler.allocDense(output.channels, pixelsOf(output)) : undefined;
  compiler.host((host) => {
    const floats = blocksOf(output.channels) * pixelsOf(output) * LANES;
    const logits = host.floats(output.region.address, floats);
    const steps = output.isStatic ? 1 : settings.steps;
    const outputs = outputsOf(network);
    const values = new Float64Array(steps * batch * outputs);
    for (let pixel = 0; pixel < steps * batch; pixel++)
      for (let c = 0; c < outputs; c++)
        values[pixel * outputs + c] = logits[denseIndex(pixel, c, steps * batch)];
    const { logits: given, back } = readLogits({ steps, batch, classes: outputs, values }, network);
    const found = classificationLoss(given, compiler.labels, settings.loss);
    const moments = compiler.moments.splice(0);
    const more = training ? objective(settings.loss, found.terms, moments) : { neurons: 0 };
    compiler.result = {
      logits: given,
      loss: found.loss,
      correct: found.correct,
      mean: found.mean,
      ...more,
    };
    if (gradient) toDense(back(found.gradient), outputs, host.floats(gradient.address, floats));
  });
  return gradient;
}
