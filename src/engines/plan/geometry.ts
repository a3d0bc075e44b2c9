// Sizes of a convolution, and the blocks of 32 channels in which every signal is kept.
/** Channels in one block: the bits of a spike word, and eight SIMD vectors of floats. */
export const LANES = 32;

/** Number of blocks of 32 that hold this many channels. */
export const blocksOf = (channels: number): number => Math.ceil(channels / LANES);
