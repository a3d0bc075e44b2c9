// The pinned bits of small trainings, by engine and build.
import test from 'ava';
import { shapes10 } from '../../src/data/sets/shapes10.js';
import { chooseBuild } from '../../src/engines/event/module.js';
import { type EngineOptions, openEngine } from '../../src/engines/open.js';
import type { RunRecord } from '../../src/records/record.js';
import { train } from '../../src/training/train.js';
import { smallExperiment, smallShapes, withRuns } from './runs.js';

/** A change of these is a change of every published number: raise the engine's numerics version with it. */
const GOLDEN = {
  'event plain': 'e11094b3ec8695947368a6750ecd74679ac9196df80c6638f2fc053d6cea70fb',
  'event fma': 'bc2b607da534cfaf8d96b2da21f2aca4d88c02d90a77b3b1509d98a4853b8e53',
  wasm: 'bc32dfee88e869362c6ef90a9e5fffee503778d9b3de3fd7d86af2a769c32e5c',
  cpu: '020f0ebb40456c8288b456a7a16148fcb4483480721a46dd3f9770a7a58cc63a',
};

/** An engine and build whose bits are pinned. */
export type Pinned = keyof typeof GOLDEN;

const ENGINES: Record<Pinned, EngineOptions> = {
  'event plain': { engine: 'event', build: 'plain' },
  'event fma': { engine: 'event', build: 'fma' },
  wasm: { backend: 'wasm' },
  cpu: { backend: 'cpu' },
};

/**
 * The same over two epochs with all that one epoch of whole batches leaves out: the schedule's second step, another order and
 * other placements, a last training batch that is dropped, and a last test batch that is smaller.
 */
const GOLDEN_WIRING: Record<Pinned, { digest: string; trainLoss: number; testLoss: number }> = {
  'event plain': {
    digest: '317e92a57b64fc155e18cc1da0edbf174babef1abd7c2e83c4c5a955a2b4aec9',
    trainLoss: 2.3004260142812605,
    testLoss: 2.299135781610365,
  },
  'event fma': {
    digest: '8041916ab8dd3a9bfca201f05b13af8fd9f664ee2908ad3fbd8de025e878f8f7',
    trainLoss: 2.3004260142812605,
    testLoss: 2.2990538114023322,
  },
  wasm: {
    digest: 'f80cf7f2e7b7ca3389f452bd6f1efed212dcbc73e8428c256fab4151790b9bd2',
    trainLoss: 2.3004260063171387,
    testLoss: 2.299135556587806,
  },
  cpu: {
    digest: '138b9b2797db6ad5f447d47a06d1f5a41169319fd4ccf7eb03b43edc230bf977',
    trainLoss: 2.300425946712494,
    testLoss: 2.2991357766664944,
  },
};

/** Trains on an engine; undefined where this processor does not fuse what its build fuses. */
async function trained(
  name: Pinned,
  settings: Parameters<typeof train>[0],
  dataset = smallShapes,
): Promise<RunRecord | undefined> {
  const options = ENGINES[name];
  if (options.build === 'fma' && chooseBuild() !== 'fma') return undefined;
  const engine = await openEngine(options);
  try {
    return await withRuns((runs) => train(settings, { engine, dataset, runs }));
  } finally {
    engine.dispose();
  }
}

/** The tests that hold an engine to its pinned bits. */
export function testGolden(name: Pinned): void {
  test.serial(`golden digests: one epoch ends with the pinned bits: ${name}`, async (t) => {
    const record = await trained(name, smallExperiment({ epochs: 1 }));
    t.is(record?.weightsDigest ?? GOLDEN[name], GOLDEN[name]);
  });
  test.serial(
    `golden digests: two augmented epochs with uneven last batches end with the pinned bits, losses within 1e-12: ${name}`,
    async (t) => {
      const settings = smallExperiment({
        data: { name: 'shapes10', validation: 0.1, augment: 'standard' },
        batchSize: 8,
        seed: 3,
      });
      const record = await trained(name, settings, shapes10({ train: 40, test: 104 }));
      if (record === undefined) return t.pass('this processor does not fuse');
      const { digest, trainLoss, testLoss } = GOLDEN_WIRING[name];
      const last = record.rows[1];
      t.is(record.weightsDigest, digest);
      t.true(Math.abs(last.trainLoss! - trainLoss) < 1e-12);
      t.true(Math.abs(last.testLoss! - testLoss) < 1e-12);
    },
  );
}
