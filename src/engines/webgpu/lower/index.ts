// The operations of plans, by dispatches. Tests: test/engines/webgpu/model.slow.ts.
import { blocksOf, LANES } from '../../plan/geometry.js';
import type { Ops } from '../../plan/ops.js';
import { pixelsOf } from '../../plan/signal.js';
import { add } from '../kernels/currents.js';
import type { GpuPlanner } from '../planner.js';
import { lowerCountSpikes, lowerCountSynapses } from './activity.js';
import { lowerNorm, lowerNormalise, lowerNormGradient } from './batch-norm.js';
import { lowerBiasGradient, lowerConv, lowerConvInput, lowerConvWeights } from './convolution.js';
import { lowerLoss } from './loss.js';
import { lowerCurrents, lowerCurrentsGradient, lowerNeurons, lowerNeuronsGradient } from './neurons.js';
import { lowerParseval, lowerPenalty } from './penalties.js';
import { lowerAveragePool, lowerMaxPool, lowerMaxPoolGradient, lowerSpread, lowerValues } from './pool.js';

/** The operations, which list their dispatches with the planner. */
export const lower = (planner: GpuPlanner): Ops => ({
  conv: (site) => lowerConv(planner, site),
  convWeights: (site, dy) => lowerConvWeights(planner, site, dy),
  biasGradient: (site, dy) => lowerBiasGradient(planner, site, dy),
  convInput: (site, dy, dx, accumulate) => lowerConvInput(planner, site, dy, dx, accumulate),
  norm: (site) => lowerNorm(planner, site),
  normGradient: (site, norm, sums) => lowerNormGradient(planner, site, norm, sums),
  normalise: (site, norm, gradient, target) => lowerNormalise(planner, site, norm, gradient, target),
  neurons: (site) => lowerNeurons(planner, site),
  neuronsGradient: (site, spikes, gradient, dx) => lowerNeuronsGradient(planner, site, spikes, gradient, dx),
  currents: (site) => lowerCurrents(planner, site),
  currentsGradient: (site, gradient, dx) => lowerCurrentsGradient(planner, site, gradient, dx),
  averagePool: (site) => lowerAveragePool(planner, site),
  spread: (site, from, to) => lowerSpread(planner, site, from, to),
  maxPool: (site) => lowerMaxPool(planner, site),
  maxPoolGradient: (site, gradient, target) => lowerMaxPoolGradient(planner, site, gradient, target),
  values: (spikes) => lowerValues(planner, spikes),
  add: (size, target, source) =>
    planner.run(undefined, add(target, source, blocksOf(size.channels) * pixelsOf(size) * LANES)),
  loss: (outputs) => lowerLoss(planner, outputs),
  penalty: (weights, beta) => lowerPenalty(planner, weights, beta),
  parseval: (weights, beta) => lowerParseval(planner, weights, beta),
  countSynapses: (site) => lowerCountSynapses(planner, site),
  countSpikes: (layer, output) => lowerCountSpikes(planner, layer, output),
  show: (site) => void planner.shown.push({ before: planner.work.length, site }),
});
