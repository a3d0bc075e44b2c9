import test from 'ava';
import {
  distinctValues,
  levelsOf,
  settingName,
  valueText,
} from '../../../src/studies/sweep-analysis/levels.js';

test('levelsOf: few values one by one in order, of any kind', (t) => {
  const { labels, of, binned } = levelsOf([0.1, 0, 1e-4, 0, null]);
  t.deepEqual(labels, ['none', '0', '1e-4', '0.1']);
  t.deepEqual([null, 0, 1e-4, 0.1].map(of), [0, 1, 2, 3]);
  t.false(binned);
});

test('levelsOf: more than twelve numbers become five bins that hold every value once', (t) => {
  const values = Array.from({ length: 23 }, (_, i) => (i + 1) / 100);
  const { labels, of, binned } = levelsOf([...values, 0.01]);
  t.true(binned);
  t.deepEqual(labels, ['0.01 – 0.05', '0.06 – 0.1', '0.11 – 0.14', '0.15 – 0.19', '0.2 – 0.23']);
  t.deepEqual(
    [0, 1, 2, 3, 4].map((bin) => values.filter((value) => of(value) === bin).length),
    [5, 5, 4, 5, 4],
  );
  t.is(levelsOf(Array.from({ length: 20 }, (_, i) => `name ${i}`)).labels.length, 20);
});

test('valueText and settingName: as an axis shows them; nothing inherited is a name', (t) => {
  t.deepEqual(
    [0, 1e-4, 2.5e-6, 0.001, 0.12345, 'atan', null, true].map((value) => valueText(value)),
    ['0', '1e-4', '2.5e-6', '0.001', '0.123', 'atan', 'none', 'true'],
  );
  t.is(settingName('neuron.delta'), 'SGS strength δ');
  t.is(settingName('constructor'), 'constructor');
  t.deepEqual(distinctValues([2, { a: 1 }, 1, { a: 1 }, 2]), [1, 2, { a: 1 }]);
});
