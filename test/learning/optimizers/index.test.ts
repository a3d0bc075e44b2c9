// Settings of the optimizers and what each remembers.
import test from 'ava';
import {
  defaultAdam,
  defaultSgd,
  optimizerSchema,
  slotNames,
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
    ...[{ epsilon: 0 }, { kind: 'sgd', momentum: 1.5 }],
  ])
    t.false(optimizerSchema.safeParse(wrong).success, JSON.stringify(wrong));
});
