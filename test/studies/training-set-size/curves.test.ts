// Learning curves against images seen.
import test from 'ava';
import { curveRows, curvesFigure } from '../../../src/studies/training-set-size/curves.js';
import { axisTitles, drawn, notes, rounded } from '../../helpers/drawn.js';
import { madeSizes } from '../../helpers/training-sizes.js';
import { isAsKept } from '../../helpers/whole-figure.js';

const sizes = madeSizes();

test('curveRows: of both methods together, mean and spread over seeds at each epoch', (t) => {
  const rows = curveRows(sizes);
  t.deepEqual(
    rows.map(({ images, epoch, seen, n }) => [images, epoch, seen, n]),
    [
      [9000, 1, 9000, 3],
      [9000, 2, 18_000, 3],
      [9000, 3, 27_000, 3],
      [45_000, 1, 45_000, 3],
      [45_000, 2, 90_000, 3],
      [45_000, 3, 135_000, 3],
    ],
  );
  // The last epochs are 56, 58, 63 and 72, 74, 76.
  t.deepEqual(rounded([rows[2].test, rows[2].testSd]), rounded([59, Math.sqrt(13)]));
  t.deepEqual(rounded([rows[5].test, rows[5].testSd]), [74, 2]);
  t.deepEqual(curveRows([{ ...sizes[0], cells: [] }]), []);
});

test('curvesFigure: test with its band, then training, each size in its colour', (t) => {
  const figure = curvesFigure(sizes);
  isAsKept(t, 'training-set-size/curves', figure);
  t.deepEqual(
    drawn(figure).map(({ name, band, colour }) => [name ?? null, band ?? false, colour]),
    [
      [null, true, 0],
      ['9,000 images, test', false, 0],
      ['9,000 images, training', false, 0],
      [null, true, 1],
      ['45,000 images, test', false, 1],
      ['45,000 images, training', false, 1],
    ],
  );
  t.deepEqual(drawn(figure)[4].x, [45_000, 90_000, 135_000]);
  t.deepEqual(axisTitles(figure), {
    xaxis: 'training images seen, repeated ones counted',
    yaxis: 'accuracy (%)',
  });
  t.deepEqual(notes(figure), ['convNet, 9,000 and 45,000 shapes10 training images']);
});
