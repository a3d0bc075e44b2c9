// Settings of the optimizers and what each remembers.
import test from 'ava';
import * as tf from '@tensorflow/tfjs';
import {
  defaultAdam,
  defaultSgd,
  movesAllAlike,
  optimizerFor,
  optimizerSchema,
  rateFor,
  slotNames,
  updated,
  updatedTensors,
} from '../../../src/learning/optimizers/index.js';

test('slotNames: Adam has m and v, SGD its momentum where it has one', (t) => {
  t.deepEqual(slotNames(defaultAdam), ['m', 'v']);
  t.deepEqual(slotNames(defaultSgd), ['momentum']);
  t.deepEqual(slotNames({ ...defaultSgd, momentum: 0 }), []);
});

test("optimizerSchema: Adam where nothing is said, each kind with PyTorch's defaults for the rest", (t) => {
  const adam = { kind: 'adam', learningRate: 1e-3, weightDecay: 0, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };
  const sgd = { kind: 'sgd', learningRate: 0.1, weightDecay: 0, momentum: 0.9 };
  t.deepEqual(optimizerSchema.parse({}), adam);
  t.deepEqual(optimizerSchema.parse({ learningRate: 1e38 }), { ...adam, learningRate: 1e38 });
  t.deepEqual(optimizerSchema.parse({ kind: 'sgd', momentum: 0 }), { ...sgd, momentum: 0 });
  for (const wrong of [
    ...[null, 'adam', 5, true, [], { kind: 'lamb' }, { momentum: 0.9 }, { kind: 'sgd', beta1: 0.9 }],
    ...[{ learningRate: 0 }, { learningRate: 1e39 }, { weightDecay: -1 }, { beta1: 1 }, { beta2: 1 }],
    ...[
      { epsilon: 0 },
      { kind: 'sgd', momentum: 1.5 },
      { decoupled: 1 },
      { neuronRate: -1 },
      { neuronDecay: -1 },
    ],
  ])
    t.false(optimizerSchema.safeParse(wrong).success, JSON.stringify(wrong));
});

const neuron = { role: 'neuron' } as const;
const weight = { role: 'weight' } as const;

test('what neurons learn has no weight decay and the rate of all; its own, where it is given', (t) => {
  const decaying = { ...defaultAdam, weightDecay: 0.1 };
  t.deepEqual(
    [weight, neuron].map((spec) => optimizerFor(spec, decaying).weightDecay),
    [0.1, 0],
  );
  t.is(optimizerFor(neuron, { ...decaying, neuronDecay: 0.01 }).weightDecay, 0.01);
  const fast = { ...defaultAdam, neuronRate: 5 };
  t.deepEqual(
    [weight, neuron].map((spec) => rateFor(spec, fast, 0.1)),
    [0.1, 0.5],
  );
  t.is(rateFor(neuron, defaultAdam, 0.1), 0.1);
  t.deepEqual(
    [defaultAdam, decaying, fast, { ...decaying, neuronDecay: 0.1 }, { ...defaultAdam, neuronDecay: 1 }].map(
      movesAllAlike,
    ),
    [true, false, false, true, false],
  );
});

test('weight decay, coupled: part of the gradient; decoupled: beside it, by hand', (t) => {
  const before = { parameter: Float64Array.of(2), slots: [] };
  const sgd = { ...defaultSgd, momentum: 0, weightDecay: 0.5 };
  t.is(updated(before, [1], sgd, 0.1, 1).parameter[0], 2 - 0.1 * (1 + 0.5 * 2));
  t.is(updated(before, [1], { ...sgd, decoupled: true }, 0.1, 1).parameter[0], 2 * (1 - 0.1 * 0.5) - 0.1);
  t.is(updated(before, [1], { ...sgd, decoupled: false }, 0.1, 1).parameter[0], 1.8);
  // Of Adam the first step is the learning rate, whatever the gradient: coupled decay is lost in it.
  const zeros = { ...before, slots: [Float64Array.of(0), Float64Array.of(0)] };
  const adam = { ...defaultAdam, weightDecay: 0.5 };
  t.true(Math.abs(updated(zeros, [1], adam, 0.1, 1).parameter[0] - 1.9) < 1e-8);
  const beside = updated(zeros, [1], { ...adam, decoupled: true }, 0.1, 1);
  t.true(Math.abs(beside.parameter[0] - (2 * 0.95 - 0.1)) < 1e-8);
  t.true(Math.abs(beside.slots[0][0] - 0.1) < 1e-15); // the mean of gradients knows nothing of it
});

for (const settings of [
  { ...defaultSgd, weightDecay: 0.4, decoupled: true },
  { ...defaultAdam, weightDecay: 0.4, decoupled: true },
])
  test(`${settings.kind}, decoupled: tensors move as the plain form does, within 1e-6`, (t) => {
    const slots = slotNames(settings).map(() => [0.3, 0.2]);
    const plain = updated(
      { parameter: Float64Array.of(1, -2), slots: slots.map((slot) => Float64Array.from(slot)) },
      ...([[0.5, 0.1], settings, 0.05, 3] as const),
    );
    const tensors = updatedTensors(
      { parameter: tf.tensor1d([1, -2]), slots: slots.map((slot) => tf.tensor1d(slot)) },
      ...([tf.tensor1d([0.5, 0.1]), settings, 0.05, 3] as const),
    );
    for (const [i, value] of tensors.parameter.dataSync().entries())
      t.true(Math.abs(value - plain.parameter[i]) < 1e-6);
  });
