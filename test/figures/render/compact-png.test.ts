import { PNG } from 'pngjs';
import test from 'ava';
import { compactPng } from '../../../src/figures/render/compact-png.js';

/** An opaque picture; `colour` gives the red, green and blue of each pixel. */
function picture(width: number, height: number, colour: (i: number) => [number, number, number]): Buffer {
  const png = new PNG({ width, height });
  for (let i = 0; i < width * height; i++) png.data.set([...colour(i), 255], 4 * i);
  return PNG.sync.write(png);
}
const pixelsOf = (png: Uint8Array): Buffer => PNG.sync.read(Buffer.from(png)).data;

test('compactPng: few colours stay to the bit, in fewer bytes', (t) => {
  const drawing = picture(200, 100, (i) => [i % 200, Math.floor(i / 200) > 50 ? 255 : 0, 7]);
  const fewer = picture(200, 100, (i) => [(i % 16) * 16, Math.floor(i / 200) > 50 ? 255 : 0, 7]);
  t.true(compactPng(fewer).length < fewer.length);
  t.deepEqual(pixelsOf(compactPng(fewer)), pixelsOf(fewer));
  t.is(pixelsOf(compactPng(drawing)).length, pixelsOf(drawing).length);
});

test('compactPng: the rarest of too many colours become the nearest of the others', (t) => {
  // 256 colours twice each, and one rare one beside white.
  const png = picture(171, 3, (i) =>
    i === 512 ? [254, 254, 255] : i < 2 ? [255, 255, 255] : [i >> 1, 0, 0],
  );
  const pixels = pixelsOf(compactPng(png));
  t.deepEqual([...pixels.subarray(4 * 512, 4 * 513)], [255, 255, 255, 255]);
  t.deepEqual([...pixels.subarray(4 * 20, 4 * 21)], [10, 0, 0, 255]);
});

test('compactPng: a photograph stays as it is', (t) => {
  const photograph = picture(100, 100, (i) => [i & 255, i >> 8, (i * 7) & 255]);
  t.is(compactPng(photograph), photograph);
});
