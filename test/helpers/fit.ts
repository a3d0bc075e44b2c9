import type { Fit } from '../../src/network/layer.js';

/** Shapes that must fit: throws plain errors. */
export const refused: Fit = {
  expect(what, wanted, got) {
    if (wanted !== got) throw new Error(`${what}: ${wanted}, ${got}`);
  },
  sized: (size) => size,
  refuse(needs) {
    throw new Error(needs);
  },
};
