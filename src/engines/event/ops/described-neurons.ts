// A layer of neurons of equations, forward and backward through time.
import { blocksOf } from '../../plan/geometry.js';
import type { NeuronCode } from '../generate/neuron-code.js';
import { kernelArguments } from '../kernel-arguments.js';
import type { Op } from '../op.js';
import {
  CHUNK,
  hatArguments,
  type Neurons,
  type NeuronsBackward,
  neuronUnits,
  ROW,
  termArguments,
} from './neurons.js';

/** Scratch that a tile of the backward pass may take, so that it stays in the first cache, bytes. */
const TILE_BYTES = 20 << 10;
/** Constants of functions, as in assembly/functions.ts. */
const CONSTANTS = 320;
/** The largest tile, pixels; all divide the stretch of assembly/sums.ts. */
const LARGEST_TILE = 16;

/** A layer of such neurons in memory. */
export interface DescribedNeurons extends Omit<Neurons, 'settings'> {
  code: NeuronCode;
  /** Name of its module: what its kernels' names begin with. */
  module: string;
  /** Pixels of an image, H·W. */
  pixels: number;
  /** `[block][1 + entries][32]` floats; see ../generate/table.ts. */
  table: number;
  /** Addresses of the neurons' own parameters, each `[block][H·W][32]`, in the code's order. */
  own: readonly number[];
}

const SUFFIX = { none: '', affine: 'Affine', spikes: 'Spikes' };

const kernelOf = (n: DescribedNeurons, pass: 'Forward' | 'Backward'): string =>
  `${n.module}/described${pass}${SUFFIX[n.terms[1]?.kind ?? 'none']}`;

const common = ({ steps, positions, pixels, terms, table, code }: DescribedNeurons) => ({
  ...{ steps, positions, pixels, chunk: CHUNK, table, tableBlock: (1 + code.table.length) * ROW },
  ...termArguments(terms, positions),
});

/** Doubles a unit that the moments of judged neurons take. */
export const MOMENTS = 2;

/**
 * What the neurons hand on: spikes `[block][T·B·P]`, words, and at `counts` how many fired, one u32 a unit; or something
 * analog, dense `[block][T·B·P][32]`. Of neurons that are judged at `moments` Σ a and Σ a² of what stands in `spike(…)`,
 * {@link MOMENTS} doubles a unit; `counts` then has the spikes also where the output is analog.
 */
export function describedForward(n: DescribedNeurons, output: number, counts: number, moments = 0): Op {
  const outputBlock = n.steps * n.positions * (n.code.analog ? ROW : 4);
  return {
    kernel: kernelOf(n, 'Forward'),
    args: [
      ...kernelArguments('describedNeurons', { ...common(n), output, outputBlock, counts, moments }),
      ...n.own,
    ],
    units: neuronUnits(n),
    scratch: CONSTANTS + n.code.states * ROW,
  };
}

/** Where the backward pass reads and writes, besides what {@link NeuronsBackward} says. */
export interface DescribedBackward extends NeuronsBackward {
  /** Σ of the gradients of the layer's and channels' parameters: for each unit, parameter by parameter, 32 doubles. */
  sums: number;
  /** The gradients of the neurons' own parameters, over time: `[parameter][block][B·P][32]` floats. */
  owned: number;
}

/** Pixels whose steps are worked out together: fewer of a neuron that keeps much. */
export function tileOf({ code, steps }: Pick<DescribedNeurons, 'code' | 'steps'>): number {
  const rows = code.states + 1 + code.own.length + steps * code.kept;
  let tile = LARGEST_TILE;
  while (tile > 1 && tile * rows * ROW > TILE_BYTES) tile /= 2;
  return tile;
}

/** Backpropagation through time by the derived equations. */
export function describedBackward(n: DescribedNeurons, b: DescribedBackward): Op {
  const pooled = Math.floor(b.height / b.poolHeight) * Math.floor(b.width / b.poolWidth);
  const pooledPositions = (n.positions / (b.height * b.width)) * pooled;
  const { code, steps } = n;
  const tile = tileOf(n);
  const args = kernelArguments('describedBackward', {
    ...common(n),
    ...hatArguments(n.terms),
    ...b,
    ...{ tile, share: 1 / (b.poolHeight * b.poolWidth) },
    ...{ gradientBlock: steps * pooledPositions * ROW, gradientStep: pooledPositions * ROW },
    dxBlock: (b.isStatic ? 1 : steps) * n.positions * ROW,
    dxStep: b.isStatic ? 0 : n.positions * ROW,
    ownedParameter: blocksOf(n.channels) * n.positions * ROW,
  });
  return {
    kernel: kernelOf(n, 'Backward'),
    args: [...args, ...n.own],
    units: neuronUnits(n),
    scratch:
      512 +
      CONSTANTS +
      code.sums.length * ROW +
      tile * (code.states + 1 + code.own.length + steps * code.kept) * ROW,
  };
}
