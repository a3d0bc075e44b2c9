// Words beside points: none covers another or a point, the first ones have the choice.
import test from 'ava';
import { labelPlaces } from '../../src/figures/label-places.js';

const within = { width: 400, height: 200 };
const sizes = { font: 10, marker: 4 };

test('a word stands right of its point where there is room, left at the right edge', (t) => {
  t.deepEqual(
    labelPlaces(
      [
        { x: 100, y: 100, text: 'sgs' },
        { x: 390, y: 50, text: 'sgsLr' },
      ],
      within,
      sizes,
    ),
    ['middle right', 'middle left'],
  );
});

test('beside a neighbour it goes to another side; in a crowd the first ones are named and the rest is not', (t) => {
  // The second point lies where the word of the first would: it goes to the left, that of the second to the right.
  t.deepEqual(
    labelPlaces(
      [
        { x: 200, y: 100, text: 'baseline' },
        { x: 215, y: 100, text: 'tet' },
      ],
      within,
      sizes,
    ),
    ['middle left', 'middle right'],
  );
  const crowd = Array.from({ length: 8 }, (_, i) => ({ x: 200 + 2 * i, y: 100, text: `method${i}` }));
  // Left of the first there is room, and right of the last; above and below, words would meet these.
  t.deepEqual(labelPlaces(crowd, within, sizes), [
    'middle left',
    ...Array.from({ length: 6 }, () => null),
    'middle right',
  ]);
});

test('an empty word has no place and takes none', (t) => {
  const beside = [
    { x: 200, y: 100, text: '' },
    { x: 210, y: 100, text: 'tet' },
  ];
  t.deepEqual(labelPlaces(beside, within, sizes), [null, 'middle right']);
});

test('no word leaves the plot: none where it is wider than that', (t) => {
  t.deepEqual(labelPlaces([{ x: 200, y: 100, text: 'w'.repeat(100) }], within, sizes), [null]);
});
