import test from 'ava';
import { fingerprint, type DatasetParts } from '../../src/data/fingerprint.js';

const parts = (): DatasetParts => ({
  name: 'shapes10',
  kind: 'images',
  shape: [1, 2, 1],
  classes: ['a', 'b'],
  train: { data: Uint8Array.of(1, 2, 3, 4), labels: Uint8Array.of(0, 1), count: 2 },
  test: { data: Uint8Array.of(5, 6), labels: Uint8Array.of(1), count: 1 },
});

test('fingerprint is a fixed function: 64 hex digits, equal for equal data', (t) => {
  t.is(fingerprint(parts(), undefined), fingerprint(parts(), undefined));
  t.is(fingerprint(parts(), undefined), '9bb21a1560a7109b44da5d862bf278b0ddb032a1c7cce491455b41f3766279f8');
});

test('fingerprint changes with a pixel, a label, the shape, the name, the frames and the split into parts', (t) => {
  const changes: ((d: DatasetParts) => void)[] = [
    (d) => (d.train.data[3] = 0),
    (d) => (d.test.data[0] = 0),
    (d) => (d.train.labels[0] = 1),
    (d) => (d.test.labels[0] = 0),
    (d) => (d.shape = [2, 1, 1]),
    (d) => (d.name = 'cifar10'),
    (d) => (d.frames = 2),
    (d) => d.classes.push('c'),
    (d) => {
      d.train = { data: Uint8Array.of(1, 2), labels: Uint8Array.of(0), count: 1 };
      d.test = { data: Uint8Array.of(3, 4, 5, 6), labels: Uint8Array.of(1, 1), count: 2 };
    },
  ];
  const seen = changes.map((change) => {
    const changed = parts();
    change(changed);
    return fingerprint(changed, undefined);
  });
  t.is(new Set([...seen, fingerprint(parts(), undefined)]).size, changes.length + 1);
});

test('fingerprint does not depend on what classes are called', (t) => {
  t.is(fingerprint({ ...parts(), classes: ['x', 'y'] }, undefined), fingerprint(parts(), undefined));
});
