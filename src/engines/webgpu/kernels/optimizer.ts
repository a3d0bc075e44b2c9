// One update of all parameters (src/learning/optimizers), four at a time. Numbers that change from step to step lie in memory.
import {
  coupledDecay,
  keptShare,
  type OptimizerKind,
  type OptimizerSettings,
} from '../../../learning/optimizers/index.js';
import type { Region } from '../../plan/arena.js';
import { type Dispatch, dispatch, f32, type KernelNumber } from '../dispatch.js';
import { each, grid } from './grid.js';

/** Regions of equal layout, and the numbers of this step. */
export interface UpdateRegions {
  parameters: Region;
  gradients: Region;
  slots: Region[];
  /** {@link stepNumbers}. */
  step: Region;
}

/** What changes from step to step: the rate, with Adam's correction, that of the root, and what parameters are multiplied by first. */
export function stepNumbers(
  settings: OptimizerSettings,
  learningRate: number,
  update: number,
): Float32Array<ArrayBuffer> {
  const keep = keptShare(settings, learningRate);
  if (settings.kind === 'sgd') return Float32Array.of(learningRate, 1, keep, 0);
  const { beta1, beta2 } = settings;
  return Float32Array.of(learningRate / (1 - beta1 ** update), 1 / Math.sqrt(1 - beta2 ** update), keep, 0);
}

/** The statements of an optimizer, its slots and its numbers; `g` is the gradient, coupled decay included. */
interface Kernel<Settings> {
  body(settings: Settings): string;
  numbers(settings: Settings): Record<string, KernelNumber>;
}

const kernels: { [Kind in OptimizerKind]: Kernel<Extract<OptimizerSettings, { kind: Kind }>> } = {
  adam: {
    body: () => `
  let first = BETA1 * slot0[e] + REST1 * g;
  let second = BETA2 * slot1[e] + REST2 * g * g;
  slot0[e] = first;
  slot1[e] = second;
  w[e] = w[e] * step[2] - step[0] * first / (sqrt(second) * step[1] + EPSILON);`,
    numbers: ({ beta1, beta2, epsilon }) => ({
      ...{ BETA1: f32(beta1), REST1: f32(1 - beta1), BETA2: f32(beta2), REST2: f32(1 - beta2) },
      EPSILON: f32(epsilon),
    }),
  },
  sgd: {
    body: ({ momentum }) =>
      momentum > 0
        ? `
  let moved = MOMENTUM * slot0[e] + g;
  slot0[e] = moved;
  w[e] = w[e] * step[2] - step[0] * moved;`
        : 'w[e] = w[e] * step[2] - step[0] * g;',
    numbers: ({ momentum }): Record<string, KernelNumber> =>
      momentum > 0 ? { MOMENTUM: f32(momentum) } : {},
  },
};

/** Moves `floats` parameters, a multiple of 4. */
export function updateParameters(
  { parameters, gradients, slots, step }: UpdateRegions,
  settings: OptimizerSettings,
  floats: number,
): Dispatch {
  const kernel = kernels[settings.kind] as Kernel<OptimizerSettings>;
  const { groups, numbers } = grid(floats / 4);
  return dispatch(
    settings.kind,
    groups,
    [
      { name: 'w', type: 'vec4f', region: parameters },
      { name: 'gradient', type: 'vec4f', region: gradients },
      ...slots.map((region, i) => ({ name: `slot${i}`, type: 'vec4f', region }) as const),
      { name: 'step', type: 'f32', region: step },
    ],
    { ...numbers, DECAY: f32(coupledDecay(settings)), ...kernel.numbers(settings) },
    each(`
  let g = gradient[e] + DECAY * w[e];
  ${kernel.body(settings)}`),
  );
}
