import test from 'ava';
import { blocksOf } from '../../../src/engines/event/geometry.js';
import { convolutionGeometry, tapsOf } from '../../../src/network/geometry.js';

test('blocksOf: whole blocks of 32', (t) => {
  t.deepEqual([1, 31, 32, 33, 64, 65].map(blocksOf), [1, 1, 1, 2, 2, 3]);
});

test('an output is where a kernel fits into the padded input: counted for all small sizes', (t) => {
  for (let size = 1; size <= 9; size++)
    for (let kernel = 1; kernel <= 5; kernel++)
      for (let stride = 1; stride <= 3; stride++)
        for (let padding = 0; padding <= 2; padding++) {
          if (kernel > size + 2 * padding) continue;
          let fits = 0;
          for (let at = -padding; at + kernel <= size + padding; at += stride) fits++;
          const wide = { kernelHeight: 1, kernelWidth: kernel, stride, padding };
          const { outHeight, outWidth } = convolutionGeometry([3, size], wide);
          t.is(outWidth, fits, JSON.stringify({ size, ...wide }));
          t.is(outHeight, Math.ceil((3 + 2 * padding) / stride));
          const high = { kernelHeight: kernel, kernelWidth: 1, stride, padding };
          t.is(convolutionGeometry([size, 3], high).outHeight, fits, JSON.stringify({ size, ...high }));
        }
});

test('tapsOf counts the positions of a kernel', (t) => {
  t.is(tapsOf(convolutionGeometry([8, 8], { kernelHeight: 3, kernelWidth: 2, stride: 1, padding: 0 })), 6);
});
