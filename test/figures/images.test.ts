// Image grids: pixels, places, captions.
import test from 'ava';
import { PNG } from 'pngjs';
import { SettingsError } from '../../src/errors.js';
import { imageGrid, type Picture } from '../../src/figures/images.js';
import { isAsKept } from '../helpers/whole-figure.js';

const red: Picture = { width: 2, height: 2, channels: 3, pixels: [255, 0, 0, 0, 255, 0, 0, 0, 255, 9, 9, 9] };

test('imageGrid: each pixel becomes a block of its colour', (t) => {
  const { layout } = imageGrid([red], { cell: 4 });
  const [{ source }] = layout.images as { source: string }[];
  const png = PNG.sync.read(Buffer.from(source.split(',')[1], 'base64'));
  t.is(png.width, 8);
  const at = (x: number, y: number): number[] => [...png.data.subarray((y * 8 + x) * 4, (y * 8 + x) * 4 + 4)];
  t.deepEqual(
    [at(0, 0), at(7, 0), at(0, 7), at(7, 7)],
    [
      [255, 0, 0, 255],
      [0, 255, 0, 255],
      [0, 0, 255, 255],
      [9, 9, 9, 255],
    ],
  );
});

test('imageGrid: grey pictures, captions as text, frames, and rows of the asked length', (t) => {
  const grey: Picture = { width: 1, height: 1, channels: 1, pixels: [7], caption: '<img>', frame: 1 };
  const { layout } = imageGrid([grey, grey, grey], { columns: 2, title: 'a' });
  const images = layout.images as { x: number; y: number }[];
  t.true(images[1].x > images[0].x && images[1].y === images[0].y);
  t.true(images[2].x === images[0].x && images[2].y > images[0].y);
  t.is((layout.annotations as { text: string }[])[0].text, '&lt;img&gt;');
  t.is((layout.shapes as unknown[]).length, 3);
});

test('imageGrid: no pictures and pixels that do not fit are refused', (t) => {
  t.throws(() => imageGrid([]), { instanceOf: SettingsError, message: /no pictures/ });
  t.throws(() => imageGrid([{ ...red, pixels: [1, 2] }]), {
    instanceOf: SettingsError,
    message: /12 bytes, got 2/,
  });
});

test('imageGrid: places in pixels from the upper left, captions below their middle, frames in their colour', (t) => {
  const grey: Picture = { width: 1, height: 1, channels: 1, pixels: [7], caption: 'c', frame: 1 };
  const figure = imageGrid([grey, { ...grey, frame: undefined }, { ...grey, frame: 2 }], {
    ...{ columns: 2, cell: 40, title: 'a' },
  });
  isAsKept(t, 'images', figure);
  const { layout } = figure;
  // Cells of 40 with gaps of 10, and 22 for a caption below each.
  const places = layout.images as { x: number; y: number; sizex: number; sizey: number }[];
  t.deepEqual(
    places.map(({ x, y, sizex, sizey }) => [x, y, sizex, sizey]),
    [
      [0, 0, 40, 40],
      [50, 0, 40, 40],
      [0, 72, 40, 40],
    ],
  );
  t.deepEqual(
    (layout.annotations as { x: number; y: number }[]).map(({ x, y }) => [x, y]),
    [
      [20, 42],
      [70, 42],
      [20, 114],
    ],
  );
  t.deepEqual(
    (layout.shapes as { x0: number; y1: number; line: { color: string } }[]).map(({ x0, y1, line }) => [
      x0,
      y1,
      line.color,
    ]),
    [
      [0, 40, '#D55E00'],
      [0, 112, '#009E73'],
    ],
  );
  t.deepEqual(
    [
      layout.width,
      layout.height,
      (layout.xaxis as { range: number[] }).range,
      (layout.yaxis as { range: number[] }).range,
    ],
    [90 + 32, 134 + 52 + 16, [0, 90], [134, 0]],
  );
  t.is((layout.margin as { t: number }).t, 52);
  t.is((imageGrid([grey]).layout.margin as { t: number }).t, 16);
});
