// Width of vectors in a page: 128 bits, as browsers do not say whether they join them. Tests: test/engines/event/vectors.test.ts.
import { UnsupportedError } from '../../../errors.js';
import type * as node from '../vectors.js';

export const chooseVectors: typeof node.chooseVectors = (_fused, option = 128) => {
  if (option === 128) return option;
  throw new UnsupportedError(
    `engine event: vectors of ${option} bits cannot be asked for in a page; use 128`,
  );
};

export const describeVectors: typeof node.describeVectors = (bits) => `vectors of ${bits} bits`;
