// Examples of a batch evaluated by themselves.
import type { ExecutionContext } from 'ava';
import type { Batch } from '../../src/data/dataset.js';
import { EventModel } from '../../src/engines/event/model.js';
import { openPool } from '../../src/engines/event/pool.js';
import { experiment } from '../../src/experiment/experiment.js';
import { convNet, resnet19, vggsnn } from '../../src/network/architectures.js';
import type { Network } from '../../src/network/layers.js';
import { sizeOf } from '../../src/network/parameters.js';
import { stream } from '../../src/random.js';
import { weightsOf } from './networks.js';

/** Some examples of a batch, without the others. */
function only({ x, shape, labels }: Batch, chosen: number[]): Batch {
  const size = sizeOf(shape.slice(-3));
  const frames = shape.length === 5 ? shape[0] : 1;
  const part = new Float32Array(frames * chosen.length * size);
  for (let f = 0; f < frames; f++)
    chosen.forEach((n, i) => {
      const from = (f * labels.length + n) * size;
      part.set(x.subarray(from, from + size), (f * chosen.length + i) * size);
    });
  const own = [...(shape.length === 5 ? [frames] : []), chosen.length, ...shape.slice(-3)];
  return { x: part, shape: own, labels: Int32Array.from(chosen, (n) => labels[n]) };
}

/** Asserts that examples have the logits that they have alone, bit for bit, in four networks at three thresholds. */
export async function areAsAlone(t: ExecutionContext, seeds: number): Promise<void> {
  const pool = await openPool({ threads: 2 });
  const cases: [Network, frames?: number][] = [
    [convNet({ classes: 4, width: 0.5, size: 16, convolutions: 4 })],
    [resnet19({ classes: 4, width: 1 / 16, size: 8 })],
    [vggsnn({ classes: 4, width: 1 / 16, size: 32 })],
    [vggsnn({ classes: 4, width: 1 / 16, size: 16 }), 2],
  ];
  let spread = 0;
  for (const [network, frames] of cases)
    for (const theta of [0.2, 0.4, 0.8])
      for (let seed = 0; seed < seeds; seed++) {
        const settings = experiment({ neuron: { theta } });
        const random = stream(seed, 'probe', 'alone');
        const shape = [...(frames ? [frames] : []), 5, ...network.input];
        // The examples differ in contrast, so that some are dense where others are sparse.
        const x = Float32Array.from({ length: sizeOf(shape) }, (_, i) => {
          const example = Math.floor(i / sizeOf(network.input)) % 5;
          return random.normal() * (0.2 + 0.4 * example);
        });
        const batch = { x, shape, labels: Int32Array.from({ length: 5 }, (_, i) => i % 4) };
        const model = new EventModel(pool, network, settings, weightsOf(network, seed));
        const { logits } = await model.evaluate(batch);
        const where = `${network.name}, theta ${theta}, seed ${seed}`;
        for (const chosen of [[0], [4], [3, 1, 2]]) {
          const alone = (await model.evaluate(only(batch, chosen))).logits;
          const expected = chosen.flatMap((n) => [...logits.subarray(n * 4, n * 4 + 4)]);
          t.deepEqual([...alone], expected, `${where}, examples ${chosen}`);
        }
        model.dispose();
        spread += Number(new Set(logits).size > 4);
      }
  await pool.dispose();
  t.true(
    spread > 8 * seeds,
    `where neurons fire, different examples have different logits: ${spread} of ${12 * seeds}`,
  );
}
