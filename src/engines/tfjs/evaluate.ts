// Expressions of the equation language on tensors: each node is an operation of TensorFlow.js. What are numbers stays numbers.
import * as tf from '@tensorflow/tfjs';
import type { CallNode, Expression } from '../../equations/expression.js';
import { CONSTANTS, definitionOf } from '../../equations/functions.js';

/** A number, or a tensor that broadcasts against the others. */
export type Value = number | tf.Tensor;

/** Meanings that the caller gives. */
export interface TensorMeanings {
  /** Default: 1 above 0, else 0. */
  spike?(a: Value): Value;
  /** h of the argument of the spike. */
  surrogate?(a: Value): Value;
  /** The SGS scale from the gradient that arrives, the potential and the spike. */
  sgs?(g: Value, v: Value, o: Value): Value;
}

type Operation = (...args: Value[]) => Value;

const tensorOf = (value: Value): tf.Tensor => (typeof value === 'number' ? tf.scalar(value) : value);

/** Sums and products of a number that changes nothing need no pass over memory. */
const operations: Record<string, Operation> = {
  add: (a, b) => (a === 0 ? b : b === 0 ? a : tf.add(tensorOf(a), tensorOf(b))),
  subtract: (a, b) => (b === 0 ? a : tf.sub(tensorOf(a), tensorOf(b))),
  multiply(a, b) {
    if (a === 0 || b === 0) return 0;
    return a === 1 ? b : b === 1 ? a : tf.mul(tensorOf(a), tensorOf(b));
  },
  divide: (a, b) => (a === 0 ? 0 : b === 1 ? a : tf.div(tensorOf(a), tensorOf(b))),
  negate: (a) => tf.neg(tensorOf(a)),
  power: (a, b) => (b === 2 ? tf.square(tensorOf(a)) : tf.pow(tensorOf(a), tensorOf(b))),
  where(condition, a, b) {
    if (typeof condition === 'number') return condition ? a : b;
    return tf.where(condition, tensorOf(a), tensorOf(b));
  },
  less: (a, b) => tf.less(tensorOf(a), tensorOf(b)),
  lessOrEqual: (a, b) => tf.lessEqual(tensorOf(a), tensorOf(b)),
  greater: (a, b) => tf.greater(tensorOf(a), tensorOf(b)),
  greaterOrEqual: (a, b) => tf.greaterEqual(tensorOf(a), tensorOf(b)),
  equal: (a, b) => tf.equal(tensorOf(a), tensorOf(b)),
  notEqual: (a, b) => tf.notEqual(tensorOf(a), tensorOf(b)),
  min: (a, b) => tf.minimum(tensorOf(a), tensorOf(b)),
  max: (a, b) => tf.maximum(tensorOf(a), tensorOf(b)),
  abs: (a) => tf.abs(tensorOf(a)),
  sign: (a) => tf.sign(tensorOf(a)),
  exp: (a) => tf.exp(tensorOf(a)),
  log: (a) => tf.log(tensorOf(a)),
  sqrt: (a) => tf.sqrt(tensorOf(a)),
  tanh: (a) => tf.tanh(tensorOf(a)),
  sigmoid: (a) => tf.sigmoid(tensorOf(a)),
};

/** Computes expressions; one that was computed before, the same object, is not computed again. */
export type TensorEvaluator = (expression: Expression) => Value;

/**
 * Makes the function that computes expressions from the values of names.
 *
 * @param values - may grow while expressions are computed; a name's value does not change
 */
export function tensorEvaluator(
  values: ReadonlyMap<string, Value>,
  meanings: TensorMeanings = {},
): TensorEvaluator {
  const known = new Map<Expression, Value>();
  const own: Record<string, Operation | undefined> = {
    spike: meanings.spike ?? ((a) => (typeof a === 'number' ? Number(a > 0) : tf.step(a))),
    spikeFrom: (a) => (typeof a === 'number' ? Number(a >= 0) : tf.sub(1, tf.step(tf.neg(a)))),
    detach: (a) => a,
    surrogate: meanings.surrogate,
    sgs: meanings.sgs ?? (() => 1),
  };
  function call({ fn, args }: CallNode): Value {
    const given = args.map(evaluate);
    const { value } = definitionOf(fn);
    if (value && given.every((argument) => typeof argument === 'number')) return value(...given);
    const operation = own[fn] ?? (Object.hasOwn(operations, fn) ? operations[fn] : undefined);
    if (!operation) throw new Error(`${fn} has no operation`); // a test holds the table whole
    return operation(...given);
  }
  function evaluate(expression: Expression): Value {
    if (expression.kind === 'number') return expression.value;
    if (expression.kind === 'name') {
      const value = values.get(expression.name) ?? CONSTANTS.get(expression.name);
      if (value === undefined) throw new Error(`${expression.name} has no value`); // names are checked before
      return value;
    }
    const before = known.get(expression);
    if (before !== undefined) return before;
    const value = call(expression);
    known.set(expression, value);
    return value;
  }
  return evaluate;
}
