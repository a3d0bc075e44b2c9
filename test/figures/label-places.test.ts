// Words beside points: none covers another or a point, the first ones have the choice.
import test from 'ava';
import { labelPlaces } from '../../src/figures/label-places.js';

/** Places in a plot of 400 × 200 pixels, markers of 8 and a font of 10. */
const placesOf = (...points: readonly [x: number, y: number, text: string][]) =>
  labelPlaces(
    points.map(([x, y, text]) => ({ x, y, text })),
    { width: 400, height: 200 },
    { font: 10, marker: 4 },
  );

test('a word stands right of its point where there is room, left at the right edge', (t) => {
  t.deepEqual(placesOf([100, 100, 'sgs'], [390, 50, 'sgsLr']), ['middle right', 'middle left']);
});

test('beside a neighbour it goes to another side; in a crowd the first ones are named and the rest is not', (t) => {
  // The second point lies where the word of the first would: it goes to the left, that of the second to the right.
  t.deepEqual(placesOf([200, 100, 'baseline'], [215, 100, 'tet']), ['middle left', 'middle right']);
  // Left of the first there is room, and right of the last; above and below, words would meet these.
  t.deepEqual(
    placesOf(
      ...Array.from({ length: 8 }, (_, i): [number, number, string] => [200 + 2 * i, 100, `method${i}`]),
    ),
    ['middle left', null, null, null, null, null, null, 'middle right'],
  );
});

test('an empty word has no place and takes none', (t) => {
  t.deepEqual(placesOf([200, 100, ''], [210, 100, 'tet']), [null, 'middle right']);
});

test('no word leaves the plot: none where it is wider than that', (t) => {
  t.deepEqual(placesOf([200, 100, 'w'.repeat(100)]), [null]);
});
