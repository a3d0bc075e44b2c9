import test from 'ava';
import {
  atLeastZero,
  belowOne,
  count,
  epsilon,
  label,
  number,
  positive,
  settings,
  share,
} from '../src/settings.js';

test('kinds of settings: their bounds belong to them, what is beyond does not', (t) => {
  const bounds = [
    { kind: number, inside: [-1e6, 0, 1e6], outside: [-1.1e6, 1.1e6, NaN, Infinity, '1'] },
    { kind: atLeastZero, inside: [0, 1e6], outside: [-1e-9, 1.1e6] },
    { kind: positive, inside: [1e-9, 1e6], outside: [0, -1, 1.1e6] },
    { kind: epsilon, inside: [1e-30, 1], outside: [0, 1e-31, 1.1] },
    { kind: share, inside: [0, 1], outside: [-0.1, 1.1] },
    { kind: belowOne, inside: [0, 0.99], outside: [-0.1, 1] },
    { kind: count, inside: [1, 1e9], outside: [0, 1.5, 1e9 + 1] },
    { kind: label, inside: ['a', 'a'.repeat(200)], outside: ['', 'a'.repeat(201), 1] },
  ];
  for (const [i, { kind, inside, outside }] of bounds.entries()) {
    for (const value of inside) t.true(kind.safeParse(value).success, `${i}: ${value}`);
    for (const value of outside) t.false(kind.safeParse(value).success, `${i}: ${value}`);
  }
});

test('settings: an unknown one is answered with the known one that was probably meant', (t) => {
  const schema = settings({ momentum: share, epsilon: epsilon.optional() });
  t.deepEqual(schema.parse({ momentum: 0.1 }), { momentum: 0.1 });
  const said = (given: object): string => schema.safeParse(given).error!.issues[0].message;
  t.regex(said({ momentum: 0.1, momentun: 1 }), /^Unrecognized key: "momentun".*momentum/);
  t.regex(said({ momentum: 0.1, aaaa: 1, zzzz: 2 }), /^Unrecognized keys: "aaaa", "zzzz"/);
});
