// Peak memory of a run: training and evaluation, images and frames.
import test from 'ava';
import { vggsnn } from '../../src/network/architectures.js';
import { openEngine } from '../../src/engines/open.js';
import { experiment } from '../../src/experiment/experiment.js';
import { peakMemory } from '../../src/training/peak-memory.js';

test('peakMemory counts frames and the evaluation of at most 100 examples, whichever is larger', async (t) => {
  const network = vggsnn({ classes: 10, width: 1 / 8 });
  const engine = await openEngine({ engine: 'event', threads: 1 });
  const of = (batchSize: number, evaluated: number, kind: 'frames' | 'images' = 'frames') =>
    peakMemory(engine, network, experiment({ steps: 10, batchSize }), { kind, evaluated });
  const step = (batchSize: number, frames: boolean) =>
    engine.peakBytes(network, experiment({ steps: 10 }), batchSize, { frames });
  try {
    t.is(await of(16, 1), await step(16, true));
    t.true((await step(16, true)) > 1.5 * (await step(16, false)));
    t.true((await of(16, 100)) > 2 * (await of(16, 1)));
    t.is(await of(16, 5000), await of(16, 100));
    t.true((await of(16, 100, 'images')) < (await of(16, 100)));
    t.is(await of(100, 100), await step(100, true)); // training is the larger one
  } finally {
    engine.dispose();
  }
});

test('peakMemory on TensorFlow.js: evaluation of many examples takes more than training on few', async (t) => {
  const network = vggsnn({ classes: 10, width: 1 / 32, size: 16 });
  const engine = await openEngine({ backend: 'wasm' });
  const of = (kind: 'frames' | 'images', evaluated: number): Promise<number> =>
    peakMemory(engine, network, experiment({ steps: 2, batchSize: 2 }), { kind, evaluated });
  t.true((await of('frames', 100)) > (await of('frames', 1)));
  t.true((await of('frames', 1)) > (await of('images', 1)));
});
