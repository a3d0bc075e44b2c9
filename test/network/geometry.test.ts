import test from 'ava';
import {
  convolutionGeometry,
  geometryOf,
  ONE_PIXEL,
  outputSize,
  reachOf,
  sideReach,
  tapsOf,
} from '../../src/network/geometry.js';
import { conv2d } from '../../src/network/layers.js';

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

test('geometryOf: that of a square kernel over the input of a layer', (t) => {
  const layer = conv2d('c', 3, 8, { stride: 2 });
  t.deepEqual(geometryOf(layer, [9, 6, 3]), {
    ...{ inHeight: 9, inWidth: 6, outHeight: outputSize(9, layer), outWidth: outputSize(6, layer) },
    ...{ kernelHeight: 3, kernelWidth: 3, stride: 2, padding: 1 },
  });
  t.deepEqual([outputSize(9, layer), outputSize(6, layer)], [5, 3]);
});

test('reachOf: outputs that each position of the input reaches, by visiting every output; a side times the other', (t) => {
  for (const [kernel, stride, padding] of [
    [3, 1, 1],
    [3, 2, 1],
    [5, 2, 0],
    [2, 3, 0],
  ]) {
    const geometry = geometryOf({ kernel, stride, padding }, [7, 6, 1]);
    const visited = new Float32Array(42);
    for (let y = 0; y < geometry.outHeight; y++)
      for (let x = 0; x < geometry.outWidth; x++)
        for (let i = 0; i < kernel; i++)
          for (let j = 0; j < kernel; j++) {
            const [row, column] = [y * stride + i - padding, x * stride + j - padding];
            if (row >= 0 && row < 7 && column >= 0 && column < 6) visited[row * 6 + column]++;
          }
    t.deepEqual(reachOf(geometry), visited);
    const [rows, columns] = sideReach(geometry);
    t.deepEqual([rows.length, columns.length], [7, 6]);
  }
  t.deepEqual(reachOf(ONE_PIXEL), Float32Array.of(1));
});
