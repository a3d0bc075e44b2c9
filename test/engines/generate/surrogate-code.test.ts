import test from 'ava';
import { readSurrogate } from '../../../src/equations/index.js';
import { evaluate } from '../../../src/equations/evaluate.js';
import { Graph } from '../../../src/engines/generate/graph.js';
import { Lowering } from '../../../src/engines/generate/lower.js';
import {
  builtInSurrogate,
  describedSurrogate,
  type SurrogateCode,
} from '../../../src/engines/generate/surrogate-code.js';
import { valueOf } from '../../helpers/graph.js';

function lowered(code: SurrogateCode) {
  const graph = new Graph();
  const its = new Lowering(graph, new Set(code.names), (one, argument) => code.lower(one, argument));
  return { its, node: code.lower(its, graph.input('v')) };
}

test('a built-in surrogate is called with its constants, under names that no description can hold', (t) => {
  const code = builtInSurrogate({ name: 'atan', parameter: 3 });
  const { its, node } = lowered(code);
  t.deepEqual(
    node.args.map(({ op }) => op),
    ['input', 'table', 'table'],
  );
  t.deepEqual(
    its.table.map((entry) => evaluate(entry, code.values)),
    [1.5, (Math.PI * 3) / 2],
  );
  t.true(code.names.every((name) => !/^\w+$/.test(name)));
  t.regex(code.source, /function derivative\(u: v128, a: v128, b: v128\)/);
});

test("one's own is its equation of the argument, with a parameter named as a state may be too; within 1e-15", (t) => {
  const own = readSurrogate({ name: 'own', parameters: { v: 3 }, derivative: 'v * exp(-abs(v * u)) / 2' });
  const code = describedSurrogate(own);
  const { its, node } = lowered(code);
  for (const u of [-1, 0, 0.25, 2]) {
    const got = valueOf(node, ({ op, key }) =>
      op === 'table' ? evaluate(its.table[Number(key)], code.values) : u,
    );
    t.true(Math.abs(got - own.derivative(u)) <= 1e-15);
  }
  t.deepEqual(code.values, { 'h.v': 3 });
  t.is(code.source, '');
});
