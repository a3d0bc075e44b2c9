// Settings of batch normalisation and the gain of its kinds.
import test from 'ava';
import { SettingsError } from '../../src/errors.js';
import { defaultNeuron } from '../../src/neurons/lif.js';
import { batchNormGain, batchNormSchema, defaultBatchNorm } from '../../src/learning/batch-norm.js';

test('batchNormGain: 1 for standard, α·θ for tdBN (Zheng et al. 2021)', (t) => {
  t.is(batchNormGain({ ...defaultBatchNorm, alpha: 3 }, defaultNeuron), 1);
  t.is(batchNormGain({ ...defaultBatchNorm, kind: 'tdbn', alpha: 3 }, defaultNeuron), 1.5);
});

test('batchNormGain: kinds that are layers of their own have none, and are refused by name', (t) => {
  for (const kind of ['tdbnInit', 'stepwise', 'tebn', 'bntt', 'neuNorm'] as const)
    t.throws(() => batchNormGain({ ...defaultBatchNorm, kind }, defaultNeuron), {
      instanceOf: SettingsError,
      message: new RegExp(`^batchNorm.kind ${kind} is layers of another type .*experimentNetwork`),
    });
});

test("batchNormSchema: PyTorch's defaults, and nothing out of range or unknown", (t) => {
  t.deepEqual(batchNormSchema.parse({}), { kind: 'standard', alpha: 1, epsilon: 1e-5, momentum: 0.1 });
  t.is(batchNormSchema.parse({ kind: 'bntt' }).epsilon, 1e-4); // its authors'
  t.is(batchNormSchema.parse({ kind: 'bntt', epsilon: 1e-3 }).epsilon, 1e-3);
  t.is(batchNormSchema.parse({ kind: 'neuNorm' }).k, 0.9);
  for (const wrong of [
    { k: 0.5 },
    { kind: 'neuNorm', k: 1.5 },
    { kind: 'layer' },
    { alpha: 0 },
    { epsilon: 0 },
    { momentum: 1.1 },
    { affine: true },
  ])
    t.false(batchNormSchema.safeParse(wrong).success, JSON.stringify(wrong));
});
