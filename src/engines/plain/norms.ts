// Layers of batch norm, over all steps together or over time: in training by what the batch shows, in inference folded to a factor
// and an addend. Tests: test/engines/plain/model.test.ts, test/engines/step-norms.test.ts.
import { batchNormGain } from '../../learning/batch-norm.js';
import type { LayerOfType } from '../../network/layers.js';
import { stepNorms } from '../../norms/index.js';
import type { StepMap } from '../../norms/norm.js';
import { checkSteps, learnedSuffixes, runningMoves } from '../step-norm.js';
import { affine, batchNormGradient, folded, normalisedOverTime, stepSums } from './batch-norm.js';
import type { ForwardSettings, LayerRun, Pass } from './pass.js';

/** A norm, of any type. */
export type AnyNorm = LayerOfType<'batchNorm' | 'scaledNorm' | 'stepNorm'>;

type Given = Pick<Pass, 'parameter'> & { settings: Pick<ForwardSettings, 'batchNorm' | 'neuron'> };

/** What a norm has learned, and what it multiplies x̂ by and adds: `[C]`, over time `[T, C]`. */
function mapOf(layer: AnyNorm, { settings: { batchNorm, neuron }, parameter }: Given) {
  const suffixes = layer.type === 'stepNorm' ? learnedSuffixes(layer) : ['weight', 'bias'];
  const learned = Object.fromEntries(suffixes.map((name) => [name, parameter(`${layer.name}.${name}`)]));
  if (layer.type === 'stepNorm') return { learned, gain: 1, map: stepNorms[layer.kind].map(learned, layer) };
  const gain = layer.type === 'batchNorm' ? batchNormGain(batchNorm, neuron) : 1; // alpha·theta of tdBN
  const [scale, shift] = [learned.weight, learned.bias].map((values) => Float64Array.from(values));
  return { learned, gain, map: { scale: scale.map((gamma) => gain * gamma), shift } };
}

/** What a norm multiplies its input by and adds in inference, running statistics folded in: `[C]`, over time `[T, C]`. */
export function foldedMap(layer: AnyNorm, given: Given): StepMap {
  const [mean, variance] = ['Mean', 'Variance'].map((of) => given.parameter(`${layer.name}.running${of}`));
  return folded(mapOf(layer, given).map, { mean, variance }, given.settings.batchNorm.epsilon);
}

/** Without what it adds: of gradients. */
const still = ({ scale, shift }: StepMap): StepMap => ({ scale, shift: shift.map(() => 0) });

/** Runs a norm over `[T·B·H·W, C]`. */
export function runNorm(layer: AnyNorm, x: Float64Array, pass: Pass): LayerRun {
  const { channels } = layer;
  if (layer.type === 'stepNorm') checkSteps(layer, pass.settings.steps);
  if (!pass.training) {
    const map = foldedMap(layer, pass);
    return { y: affine(x, map, channels), back: (dy) => ({ x: affine(dy, still(map), channels) }) };
  }
  const norm = layer.type === 'stepNorm' ? stepNorms[layer.kind] : undefined;
  const { epsilon } = pass.settings.batchNorm;
  const { learned, gain, map } = mapOf(layer, pass);
  const { hat, moments, back } = normalisedOverTime(
    x,
    channels,
    epsilon,
    norm?.statistics === 'steps' ? pass.settings.steps : 1,
  );
  for (const moved of runningMoves(norm ?? { running: 'shared' }, moments, x.length / channels))
    pass.onStatistics?.(layer.name, moved);
  return {
    y: affine(hat, map, channels),
    back(dy) {
      if (norm) {
        const size = { steps: pass.settings.steps, channels };
        const ofMap = stepSums(dy, hat, size);
        return { x: back(affine(dy, still(map), channels)), learned: norm.gradients(learned, size, ofMap) };
      }
      const site = { gamma: learned.weight, beta: learned.bias, epsilon, gain };
      const { input, gamma, beta } = batchNormGradient(x, dy, site);
      return { x: input, learned: { weight: gamma, bias: beta } };
    },
  };
}
