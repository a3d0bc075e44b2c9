import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import { evaluate as evaluateNumber } from '../../../src/equations/evaluate.js';
import { FUNCTIONS } from '../../../src/equations/functions.js';
import { call, name, num } from '../../../src/equations/expression.js';
import { parse } from '../../../src/equations/parse.js';
import { createTfjsEngine } from '../../../src/engines/tfjs/engine.js';
import { tensorEvaluator, type Value } from '../../../src/engines/tfjs/evaluate.js';
import { normals, worstDifference } from '../../helpers/tensors.js';

const a = normals('a', 24);
const b = normals('b', 24);
/** Positive where the function asks for it. */
const TAKES_POSITIVE = new Set(['log', 'sqrt', 'power']);
const MEANT = new Set(['spike', 'detach', 'surrogate', 'sgs']);

for (const backend of ['cpu', 'wasm'] as const)
  test.serial(
    `${backend}: every function of the language on tensors, on numbers and on both is that of the interpreter within 2e-6`,
    async (t) => {
      await createTfjsEngine({ backend });
      for (const [fn, { arity }] of FUNCTIONS) {
        if (MEANT.has(fn)) continue;
        const condition = call('less', [name('a'), name('b')]);
        const operands = [name('a'), name('b')].slice(0, fn === 'where' ? 2 : arity);
        const made = call(fn, fn === 'where' ? [condition, ...operands] : operands);
        // A comparison is no number: it is looked at through where.
        const compares = FUNCTIONS.get(fn)!.operator?.level === 1;
        const expression = compares ? call('where', [made, num(1), num(-1)]) : made;
        const first = TAKES_POSITIVE.has(fn) ? a.map(Math.abs) : a;
        const wanted = (x: number, y: number): number => evaluateNumber(expression, { a: x, b: y });
        const got = (values: Record<string, Value>): number[] => {
          const value = tf.tidy(() => {
            const found = tensorEvaluator(new Map(Object.entries(values)))(expression);
            return typeof found === 'number' ? found : Array.from(found.dataSync());
          });
          return [value].flat();
        };
        const shape = [2, 3, 4];
        const whole = got({ a: tf.tensor(first, shape), b: tf.tensor(b, shape) });
        t.true(
          worstDifference(
            whole,
            first.map((x, i) => wanted(x, b[i])),
          ) < 2e-6,
          fn,
        );
        const byChannel = got({ a: tf.tensor(first, shape), b: tf.tensor1d(b.slice(0, 4)) });
        t.true(
          worstDifference(
            byChannel,
            first.map((x, i) => wanted(x, b[i % 4])),
          ) < 2e-6,
          `${fn}, broadcast`,
        );
        const half = got({ a: tf.tensor(first, shape), b: 0.5 });
        t.true(
          worstDifference(
            half,
            first.map((x) => wanted(x, 0.5)),
          ) < 2e-6,
          `${fn}, with a number`,
        );
        t.deepEqual(got({ a: 0.25, b: 0.5 }), [wanted(0.25, 0.5)], `${fn}, of numbers`);
      }
      t.is(tf.memory().numTensors < 1000, true);
    },
  );

test.serial(
  'numbers that change nothing make no tensor; the same part of an expression is computed once',
  (t) => {
    const values = new Map<string, Value>([
      ['x', tf.tensor1d([1, 2])],
      ['zero', 0],
      ['one', 1],
    ]);
    const evaluate = tensorEvaluator(values);
    const x = values.get('x')!;
    for (const text of ['x + zero', 'zero + x', 'x - zero', 'one * x', 'x * one', 'x / one', 'detach(x)'])
      t.is(evaluate(parse(text, 'test')), x, text);
    t.is(evaluate(parse('zero * x', 'test')), 0);
    const part = parse('exp(x)', 'test');
    t.is(evaluate(part), evaluate(part));
    t.throws(() => evaluate(name('y')), { message: 'y has no value' });
  },
);
