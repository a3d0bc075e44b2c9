import test from 'ava';
import { evaluate } from '../../../src/equations/evaluate.js';
import { call } from '../../../src/equations/expression.js';
import { parse } from '../../../src/equations/parse.js';
import { print } from '../../../src/equations/print.js';
import { Graph } from '../../../src/engines/generate/graph.js';
import { DELTA, FLOOR, Lowering } from '../../../src/engines/generate/lower.js';
import { sgsScale } from '../../../src/surrogates/sgs.js';
import { valueOf } from '../../helpers/graph.js';

const KNOWN = { theta: 0.7, b: 3, [DELTA]: 0.25, [FLOOR]: -Infinity };

function lowering() {
  const graph = new Graph();
  const made = new Lowering(graph, new Set(Object.keys(KNOWN)), (_, argument) => graph.of('abs', argument));
  for (const name of ['x', 'u', 'v', 'o', 'g']) made.set(name, graph.input(name));
  return made;
}

/** An equation's value by its graph. */
function byGraph(
  its: Lowering,
  text: string | ReturnType<typeof parse>,
  values: Record<string, number>,
): number {
  const node = its.lower(typeof text === 'string' ? parse(text, 'test') : text);
  return valueOf(node, ({ op, key }) =>
    op === 'table' ? evaluate(its.table[Number(key)], KNOWN) : values[key],
  );
}

test('every function of the language means what it means to the interpreter, within 1e-14 of itself', (t) => {
  const texts = [
    ...['x + u * 2 - -x', 'x / u', 'x / theta', 'u / 3', 'x ^ 2', 'x ^ 3', 'x ^ -2', 'x ^ 0', 'abs(x) ^ 0.5'],
    ...[
      'abs(x) ^ 1.7',
      'abs(x) ^ theta',
      'x ^ 9',
      'min(x, u)',
      'max(theta, x)',
      'min(2, x)',
      'abs(x) + sign(u)',
    ],
    ...[
      'exp(x)',
      'log(abs(x))',
      'sqrt(abs(u))',
      'tanh(x)',
      'sigmoid(x)',
      'sigmoid(-x)',
      'sigmoid(x) * sigmoid(-x)',
    ],
    ...[
      'where(x < u, x, 2)',
      'where(x >= theta, 0, u)',
      'where(x == u, 1, 0)',
      'where(x != 1, x, x)',
      'where(x > u, u, 0)',
    ],
    ...[
      'detach(x) * pi',
      'b * (1 - tanh(b*x)^2) / (2*tanh(b/2))',
      'where(theta <= b, x, u)',
      'sigmoid(theta - x)',
    ],
  ];
  for (const text of texts)
    for (const [x, u] of [
      [0.3, -1.5],
      [-2, 0.4],
      [1, 1],
      [-0.6, -3],
    ]) {
      const values = { x, u };
      const wanted = evaluate(parse(text, 'test'), { ...KNOWN, ...values });
      const got = byGraph(lowering(), text, values);
      t.true(Math.abs(got - wanted) <= 1e-14 * Math.abs(wanted), `${text} at ${x}, ${u}: ${got}, ${wanted}`);
    }
});

test('the spike is strict, a difference is compared without being made, and Eq. (5) scales as it does by hand', (t) => {
  const its = lowering();
  const spike = its.lower(parse('spike(x - u)', 'test'));
  t.deepEqual(
    [spike.op, spike.args[0].op, spike.args[0].args.map(({ key }) => key)],
    ['one', 'gt', ['x', 'u']],
  );
  const fires = (x: number): number => byGraph(lowering(), 'spike(x - theta)', { x });
  t.deepEqual([0.7, 0.71, 0.69].map(fires), [0, 1, 0]);
  const scale = call(
    'sgs',
    ['g', 'v', 'o'].map((name) => parse(name, 'test')),
  );
  for (const g of [2, -3])
    for (const [v, o] of [
      [1.2, 1],
      [-4, 0],
    ]) {
      const wanted = sgsScale(g, v, o, { delta: 0.25, scaleFloor: null });
      t.is(byGraph(lowering(), scale, { g, v, o }), wanted);
    }
  const surrogate = call('surrogate', [parse('x - theta', 'test')]);
  t.is(byGraph(lowering(), surrogate, { x: 0.2 }), 0.7 - 0.2);
});

test('what depends on known names alone is one entry of the table, in one spelling; numbers are none', (t) => {
  const its = lowering();
  its.lower(parse('x * (b * (1 + tanh(theta))) + (b*(1+tanh(theta)))', 'test'));
  its.lower(parse('x / (theta * 2)', 'test'));
  its.lower(parse('x * (2 * pi)', 'test'));
  t.deepEqual(its.table.map(print), ['b * (1 + tanh(theta))', '1 / (theta * 2)']);
});

test('a constant has one entry, and the two zeros are two', (t) => {
  const its = lowering();
  t.deepEqual(
    [1, -0, 0, 1, -0].map((value) => its.constant(value)),
    [0, 1, 2, 0, 1],
  );
  t.deepEqual(
    its.table.map((entry) => evaluate(entry, {})),
    [1, -0, 0],
  );
});

test('σ(z) and σ(−z) share an exponential', (t) => {
  const its = lowering();
  its.lower(parse('sigmoid(x) * sigmoid(-x) + sigmoid(x)', 'test'));
  t.is(its.graph.nodes.filter(({ op }) => op === 'expOfNegative').length, 1);
  t.is(its.graph.nodes.filter(({ op }) => op === 'divide').length, 1);
});
