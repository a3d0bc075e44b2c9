// Strides of the convolutions in residual blocks, and whether they are those that the paper's appendix gives.
// Tests: test/studies/views.test.ts.
import type { Network } from '../../network/layers.js';

/** A residual block with the strides of its body's convolutions, in order. */
export interface BlockStrides {
  block: string;
  strides: number[];
}

/** Blocks whose first convolution has stride 2; all other strides are 1 (appendix 1.1). */
const HALVING: readonly string[] = ['block4', 'block7'];

/** The residual blocks of a network, in execution order. */
export const blockStrides = ({ layers }: Network): BlockStrides[] =>
  layers.flatMap((layer) =>
    layer.type === 'residual'
      ? [
          {
            block: layer.name,
            strides: layer.body.flatMap((part) => (part.type === 'conv2d' ? [part.stride] : [])),
          },
        ]
      : [],
  );

/** Number of blocks with the appendix's strides. */
export const agreeingBlocks = (blocks: readonly BlockStrides[]): number =>
  blocks.filter(({ block, strides }) => strides.join() === (HALVING.includes(block) ? '2,1' : '1,1')).length;
