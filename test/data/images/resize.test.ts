// Resizing against Pillow, byte for byte.
import test from 'ava';
import { bilinearResizer, greyAlphaResizer } from '../../../src/data/images/resize.js';
import { stream } from '../../../src/random.js';
import { resizeFixture, type ResizeCase } from '../../fixtures/resize.js';

const { planes, greyAlpha, bytes } = resizeFixture();
const sizes = ({
  from: [width, height],
  to: [toWidth, toHeight],
}: ResizeCase): Parameters<typeof bilinearResizer>[0] => ({
  width,
  height,
  toWidth,
  toHeight,
});
const title = ({ name, from, to }: ResizeCase): string => `${name}, ${from.join(' × ')} → ${to.join(' × ')}`;
const differing = (a: Uint8Array, b: Uint8Array): number =>
  a.length === b.length ? a.reduce((sum, value, i) => sum + Number(value !== b[i]), 0) : Infinity;

for (const one of planes)
  test(`bilinearResizer equals Pillow exactly: ${title(one)}`, (t) => {
    const { width, height, toWidth, toHeight } = sizes(one);
    const result = bilinearResizer(sizes(one))(bytes(one.source, width * height));
    t.is(differing(result, bytes(one.result, toWidth * toHeight)), 0);
  });

for (const one of greyAlpha)
  test(`greyAlphaResizer equals Pillow's LA exactly: ${title(one)}`, (t) => {
    const { width, height, toWidth, toHeight } = sizes(one);
    const [from, to] = [width * height, toWidth * toHeight];
    const [grey, alpha] = greyAlphaResizer(sizes(one))(
      bytes(one.source, from),
      bytes(one.source + from, from),
    );
    t.is(differing(grey, bytes(one.result, to)), 0, 'grey');
    t.is(differing(alpha, bytes(one.result + to, to)), 0, 'alpha');
  });

test('bilinearResizer can be used again and commutes exactly with mirroring, 128 → 48', (t) => {
  const random = stream(1, 'probe', 'resize');
  const plane = Uint8Array.from({ length: 128 * 128 }, () => random.integer(0, 255));
  const resize = bilinearResizer({ width: 128, height: 128, toWidth: 48, toHeight: 48 });
  const mirrored = (of: Uint8Array, width: number): Uint8Array =>
    of.map((_, i) => of[i - (i % width) + width - 1 - (i % width)]);
  const first = resize(plane);
  t.is(differing(resize(mirrored(plane, 128)), mirrored(first, 48)), 0);
  t.is(differing(resize(plane), first), 0);
});

test('greyAlphaResizer loses grey where alpha is 0, and copies an image that keeps its size', (t) => {
  const [grey, alpha] = [new Uint8Array(16).fill(200), new Uint8Array(16)];
  const shrink = greyAlphaResizer({ width: 4, height: 4, toWidth: 2, toHeight: 2 });
  t.deepEqual(shrink(grey, alpha), [new Uint8Array(4), new Uint8Array(4)]);
  const copy = greyAlphaResizer({ width: 4, height: 4, toWidth: 4, toHeight: 4 })(grey, alpha);
  t.deepEqual(copy, [grey, alpha]);
  t.not(copy[0], grey);
});
