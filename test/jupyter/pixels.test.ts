import test from 'ava';
import { changedShare, inkShare, pictureProblem, type Pixels } from './pixels.js';

type Rectangle = readonly [x: number, y: number, width: number, height: number, grey: number];

/** A white picture of 800 × 480 with rectangles. */
function picture(...rectangles: Rectangle[]): Pixels {
  const [width, height] = [800, 480];
  const data = new Uint8Array(4 * width * height).fill(255);
  for (const [x, y, w, h, grey] of rectangles)
    for (let row = y; row < y + h; row++) data.fill(grey, 4 * (row * width + x), 4 * (row * width + x + w));
  return { width, height, data };
}

const axes: Rectangle[] = [
  [80, 400, 680, 2, 60],
  [80, 60, 2, 340, 60],
  [80, 20, 200, 14, 40], // the title
];
const points = Array.from({ length: 12 }, (_, i): Rectangle => [120 + 50 * i, 100 + 20 * i, 6, 6, 90]);

test('a blank picture is called blank', (t) => {
  t.is(inkShare(picture()), 0);
  t.regex(pictureProblem(picture(), picture()) ?? '', /^is blank: 0\.000 %/);
});

test('a picture that is all one colour but white is blank too', (t) => {
  const grey = picture([0, 0, 800, 480, 30]);
  t.regex(pictureProblem(grey, grey) ?? '', /^is blank/);
});

test('a picture of axes and title alone shows no data', (t) => {
  t.regex(pictureProblem(picture(...axes), picture(...axes)) ?? '', /^shows no data: 0\.000 %/);
});

test('axes with a dozen small points pass', (t) => {
  t.is(pictureProblem(picture(...axes, ...points), picture(...axes)), undefined);
});

test('two points are too few to be a figure', (t) => {
  t.regex(pictureProblem(picture(...axes, ...points.slice(0, 2)), picture(...axes)) ?? '', /^shows no data/);
});

test('changedShare: counts pixels that differ visibly, and refuses other sizes', (t) => {
  t.is(changedShare(picture(), picture([0, 0, 800, 120, 0])), 0.25);
  t.is(changedShare(picture(), picture([0, 0, 800, 120, 240])), 0);
  t.throws(() => changedShare(picture(), { width: 1, height: 1, data: new Uint8Array(4) }), {
    message: 'pictures of different size: 800 × 480, 1 × 1',
  });
});
