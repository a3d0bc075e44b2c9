// One update of all parameters.
import {
  coupledDecay,
  keptShare,
  type OptimizerKind,
  optimizerFor,
  type OptimizerSettings,
  rateFor,
} from '../../../learning/optimizers/index.js';
import { kernelArguments } from '../kernel-arguments.js';
import type { Stretch } from '../../plan/parameters.js';
import type { Op } from '../op.js';

/** Floats that one unit updates. */
const SLICE = 1 << 14;

/** Regions of equal layout, addresses. */
export interface Update {
  parameters: number;
  gradients: number;
  /** Adam: m and v; SGD: momentum, or none. */
  slots: number[];
}

/** Arguments of every kernel. */
interface Common {
  parameters: number;
  gradients: number;
  floats: number;
  slice: number;
  /** Coupled weight decay. */
  decay: number;
  /** Factor of the parameters before the update. */
  keep: number;
}

/** The kernel of every optimizer, and its arguments. */
const kernels: {
  [Kind in OptimizerKind]: (
    common: Common,
    slots: readonly number[],
    settings: Extract<OptimizerSettings, { kind: Kind }>,
    learningRate: number,
    update: number,
  ) => Pick<Op, 'kernel' | 'args'>;
} = {
  sgd: (common, slots, { momentum }, learningRate) => ({
    kernel: 'sgd',
    args: kernelArguments('sgd', { ...common, slot: slots[0] ?? 0, momentum, rate: learningRate }),
  }),
  adam: (common, slots, { beta1, beta2, epsilon }, learningRate, update) => ({
    kernel: 'adam',
    args: kernelArguments('adam', {
      ...common,
      ...{ first: slots[0], second: slots[1] },
      ...{ beta1, rest1: 1 - beta1, beta2, rest2: 1 - beta2, epsilon },
      root: 1 / Math.sqrt(1 - beta2 ** update),
      rate: learningRate / (1 - beta1 ** update),
    }),
  }),
};

/**
 * Moves the parameters: one op for each stretch.
 *
 * @param stretches - all of a region, each a multiple of 4 floats
 * @param update - 1 for the first update ever
 */
export const updateParameters = (
  { parameters, gradients, slots }: Update,
  stretches: readonly Stretch[],
  settings: OptimizerSettings,
  learningRate: number,
  update: number,
): Op[] =>
  stretches.map(({ offset, floats, ofNeurons }) => {
    const moved = (address: number): number => address + offset * 4;
    const spec = { role: ofNeurons ? 'neuron' : 'weight' } as const;
    const [own, rate] = [optimizerFor(spec, settings), rateFor(spec, settings, learningRate)];
    return updateStretch(
      { parameters: moved(parameters), gradients: moved(gradients), slots: slots.map(moved), floats },
      ...([own, rate, update] as const),
    );
  });

function updateStretch<Settings extends OptimizerSettings>(
  { parameters, gradients, slots, floats }: Update & { floats: number },
  settings: Settings,
  learningRate: number,
  update: number,
): Op {
  const common = {
    parameters,
    gradients,
    floats,
    slice: SLICE,
    decay: coupledDecay(settings),
    keep: keptShare(settings, learningRate),
  };
  const kernelOf = kernels[settings.kind as OptimizerKind] as (
    ...given: [Common, readonly number[], Settings, number, number]
  ) => Pick<Op, 'kernel' | 'args'>;
  return {
    ...kernelOf(common, slots, settings, learningRate, update),
    units: Math.ceil(floats / SLICE),
    scratch: 0,
  };
}
