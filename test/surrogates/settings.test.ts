// What an experiment may say of surrogates and δ: read, refused by text, and without a trace where nothing is said.
import test from 'ava';
import { print } from '../../src/equations/print.js';
import { experiment, experimentProblems } from '../../src/experiment/experiment.js';
import { deltaOf, deltaText, fixedDelta } from '../../src/surrogates/delta.js';
import { scheduledAt } from '../../src/surrogates/schedules.js';
import { derivativeOf, surrogateParameter } from '../../src/surrogates/settings.js';
import { tableExpression } from '../../src/surrogates/table.js';
import { tiedNumbers } from '../../src/surrogates/tied.js';

const neuron = (given: object) => experiment({ neuron: given as never }).neuron;
const problems = (given: object) =>
  experimentProblems({ neuron: given }).map(({ path, message }) => `${path}: ${message}`);

test('nothing new stands in an experiment that asks for nothing new: ids stay', (t) => {
  t.deepEqual(Object.keys(neuron({})), [
    'tau',
    'theta',
    'reset',
    'detachReset',
    'surrogate',
    'delta',
    'scaleFloor',
  ]);
  const plain = neuron({ comparison: '>', surrogate: { name: 'atan', argument: 'difference' } });
  t.deepEqual(Object.keys(plain), Object.keys(neuron({})));
  t.deepEqual(plain.surrogate, { name: 'atan' });
});

test('what is asked for is read back as it was, defaults of rules filled in', (t) => {
  const again = (given: object) => {
    const read = neuron(given);
    t.deepEqual(neuron(read), read);
    return read;
  };
  t.deepEqual(
    again({ surrogate: { name: 'sigmoid', parameter: { from: 2, to: 20, schedule: 'log' }, height: 0.3 } })
      .surrogate,
    {
      ...{ name: 'sigmoid', parameter: { from: 2, to: 20, schedule: 'log' }, height: 0.3 },
    },
  );
  t.deepEqual(again({ surrogate: { name: 'dspike', parameter: { rule: 'cosine', from: 3 } } }).surrogate, {
    name: 'dspike',
    parameter: { rule: 'cosine', from: 3, step: 0.2, probes: 32, epsilon: 0.01 },
  });
  t.deepEqual(again({ delta: { rule: 'curvature' } }).delta, {
    ...{ rule: 'curvature', from: 0, every: 1, batches: 3, examples: 4, epsilon: 0.01 },
  });
  again({ model: 'plif', comparison: '>=', delta: { layers: { a: 1 }, otherwise: 0.1 } });
  again({ surrogate: { name: 'table', knots: [-1, 1], values: [0, 1] } });
  again({ surrogate: { name: 'own', derivative: 'exp(-abs(u))', height: 2, argument: 'ratio' } });
});

test('what cannot be is refused, with the place and what was expected', (t) => {
  const refused = (given: object, message: RegExp) => t.regex(problems(given).join('\n'), message);
  refused({ surrogate: { name: 'dspike', parameter: 0 } }, /neuron\.surrogate\.parameter: Too small/);
  refused({ surrogate: { name: 'identity', parameter: 2 } }, /identity has no parameter; leave it out/);
  refused(
    { surrogate: { name: 'nosuch' } },
    /expected one of "rectangle"\|.*"stdb"\|"table", or an equation/,
  );
  refused(
    { surrogate: { name: 'atan', parameter: { rule: 'norm' } } },
    /rule norm is the rectangle's, got atan/,
  );
  refused(
    { surrogate: { name: 'atan', parameter: { from: 1, to: 2 } } },
    /neuron\.surrogate\.parameter\.schedule/,
  );
  refused({ surrogate: { name: 'atan', parameter: { rule: 'nosuch' } } }, /parameter\.rule: Invalid option/);
  refused({ surrogate: { name: 'atan', height: 0 } }, /neuron\.surrogate\.height: Too small/);
  refused({ surrogate: { name: 'atan', argument: 'quotient' } }, /neuron\.surrogate\.argument/);
  refused({ surrogate: { name: 'table', knots: [0, 1], values: [1] } }, /values: Too small/);
  refused(
    { surrogate: { name: 'table', knots: [0, 1, 2], values: [1, 2] } },
    /2 values for 3 knots; give one value/,
  );
  refused(
    { surrogate: { name: 'table', knots: [0, 2, 1], values: [1, 1, 1] } },
    /knot 3 is 1, the one before it 2/,
  );
  refused({ surrogate: { name: 'table', knots: [0, 1], values: [0, 0] } }, /every value is 0/);
  refused({ surrogate: { name: 'table', derivative: '1' } }, /"table" is the name of a built-in surrogate/);
  refused({ surrogate: { name: 'own', derivative: 'exp(-k)' } }, /unknown name "k"/);
  refused({ delta: -1 }, /neuron\.delta: Too small/);
  refused({ delta: { from: 0, to: -1, schedule: 'linear' } }, /neuron\.delta\.to: Too small/);
  refused({ delta: { layers: { a: -1 } } }, /neuron\.delta\.layers/);
  refused({ comparison: '≥' }, /neuron\.comparison/);
});

test('schedules: from the first value, to the last after the last epoch; log is IM-Loss’s K(i); from = to is constant to the bit', (t) => {
  const way = { from: 1, to: 10, schedule: 'log' } as const;
  for (const i of [0, 3, 9]) {
    const power = 10 ** (i / 10);
    t.true(Math.abs(scheduledAt(way, i, 10) - ((power - 1) * 10 + (10 - power) * 1) / 9) < 1e-12);
  }
  t.is(scheduledAt({ from: 2, to: 4, schedule: 'linear' }, 5, 10), 3);
  for (const schedule of ['linear', 'log'] as const) {
    t.is(scheduledAt({ from: 0.3, to: 0.7, schedule }, 0, 7), 0.3);
    for (let i = 0; i < 7; i++) t.is(scheduledAt({ from: 0.1, to: 0.1, schedule }, i, 7), 0.1);
  }
});

test('h in force: parameter, height, table and its ends; of a rule the number where the training ends or begins', (t) => {
  const table = { name: 'table', knots: [-1e-7, 0.5, 2], values: [1, 3, 1] } as const;
  const h = derivativeOf({ ...table, knots: [...table.knots], values: [...table.values], height: 2 });
  t.deepEqual([-1, 3].map(h), [0, 0]);
  t.true(
    [
      [0.5, 6],
      [2, 2],
      [1.25, 4],
    ].every(([u, value]) => Math.abs(h(u) - value) < 1e-12),
  );
  t.is(derivativeOf({ name: 'triangle', height: 0.3 })(0), 0.3);
  t.is(surrogateParameter({ name: 'atan', parameter: { from: 1, to: 5, schedule: 'linear' } }), 5);
  t.is(
    surrogateParameter({
      name: 'dspike',
      parameter: { rule: 'cosine', from: 4, step: 1, probes: 1, epsilon: 1 },
    }),
    4,
  );
  t.throws(() => derivativeOf({ name: 'stdb' }), {
    message: /depends on more than the argument of the spike/,
  });
  const knots = Array.from({ length: 64 }, (_, i) => i / 10);
  const values = knots.map((knot) => Math.sin(knot) ** 2);
  const many = derivativeOf({ name: 'table', knots, values });
  knots.forEach((knot, i) => t.true(Math.abs(many(knot) - values[i]) < 1e-9));
  t.is(
    print(tableExpression({ name: 'table', knots: [0, 1], values: [1, 3] })),
    'where(u < 0, 0, where(u > 1, 0, 1 + 2 * u))',
  );
});

test('δ: of a layer, in a table, and as the number that an experiment fixes', (t) => {
  t.deepEqual(
    [
      0.2,
      { from: 0, to: 1, schedule: 'linear' } as const,
      { layers: { a: 3 } },
      { layers: { a: 3 }, otherwise: 2 },
    ].map((delta) => [
      ...['a', 'b'].map((layer) => deltaOf(delta, layer)),
      deltaText(delta),
      fixedDelta(delta),
    ]),
    [
      [0.2, 0.2, 0.2, 0.2],
      [1, 1, '0 to 1', NaN],
      [3, 0, 'by layer', NaN],
      [3, 2, 'by layer', NaN],
    ],
  );
});

test('widths tied to a norm: factors of γ̄, never 0', (t) => {
  t.deepEqual(Object.values(tiedNumbers([1, 3], [1, 1.25])), [2, 2.5]);
  t.deepEqual(Object.values(tiedNumbers([-1], [2, 2])), [1e-6, 1e-6]);
});
