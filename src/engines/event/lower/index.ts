// The operations of plans, by kernels and functions of the calling thread. Tests: test/engines/event/model.test.ts.
import type { Ops } from '../../plan/ops.js';
import { pixelsOf } from '../../plan/signal.js';
import type { Compiler } from '../compiler.js';
import { add, denseFloats } from '../ops/currents.js';
import { averageBackward } from '../ops/pool.js';
import { countSpikes, countSynapses } from './activity.js';
import { lowerNorm, lowerNormalise, lowerNormGradient } from './batch-norm.js';
import { lowerBiasGradient, lowerConv, lowerConvWeights } from './convolution.js';
import { denseInput } from './dense-convolution.js';
import { lowerLoss } from './loss.js';
import { lowerCurrents, lowerCurrentsGradient, lowerNeurons, lowerNeuronsGradient } from './neurons.js';
import { lowerParseval, lowerPenalty } from './penalties.js';
import { lowerAveragePool, lowerMaxPool, lowerMaxPoolGradient, lowerValues, shapeOf } from './pool.js';

/** The operations, which list their steps with the compiler. */
export const lower = (compiler: Compiler): Ops => ({
  conv: (site) => lowerConv(compiler, site),
  convWeights: (site, dy) => lowerConvWeights(compiler, site, dy),
  biasGradient: (site, dy) => lowerBiasGradient(compiler, site, dy),
  convInput: (site, dy, dx, accumulate) => denseInput(compiler, site, dy, dx, accumulate),
  norm: (site) => lowerNorm(compiler, site),
  normGradient: (site, norm, sums) => lowerNormGradient(compiler, site, norm, sums),
  normalise: (site, norm, gradient, target) => lowerNormalise(compiler, site, norm, gradient, target),
  neurons: (site) => lowerNeurons(compiler, site),
  // The potentials are computed again from the currents; the spikes are not needed.
  neuronsGradient: (site, _spikes, gradient, dx) => lowerNeuronsGradient(compiler, site, gradient, dx),
  currents: (site) => lowerCurrents(compiler, site),
  currentsGradient: (site, gradient, dx) => lowerCurrentsGradient(compiler, site, gradient, dx),
  averagePool: (site) => lowerAveragePool(compiler, site),
  spread: (site, from, to) => compiler.run(averageBackward(shapeOf(site), from.address, to.address)),
  maxPool: (site) => lowerMaxPool(compiler, site),
  maxPoolGradient: (site, gradient, target) => lowerMaxPoolGradient(compiler, site, gradient, target),
  values: (spikes) => lowerValues(compiler, spikes),
  add: (size, target, source) =>
    compiler.run(add(target.address, source.address, denseFloats(size.channels, pixelsOf(size)))),
  loss: (logits) => lowerLoss(compiler, logits),
  penalty: (weights, beta) => lowerPenalty(compiler, weights, beta),
  parseval: (weights, beta) => lowerParseval(compiler, weights, beta),
  countSynapses: (site) => countSynapses(compiler, site),
  countSpikes: (layer, output) => countSpikes(compiler, layer, output),
  show: (site) => compiler.host((host) => compiler.onNeurons?.(host, site)),
});
