// A batch that is none is refused by both engines in the same words, whatever is asked of it.
import test from 'ava';
import type { Batch } from '../../src/data/dataset.js';
import { openEngine } from '../../src/engines/open.js';
import { SettingsError } from '../../src/errors.js';
import { experiment } from '../../src/experiment/experiment.js';
import { convNet } from '../../src/network/architectures.js';
import { initialWeights } from '../../src/network/initialise.js';

const network = convNet({ classes: 4, width: 0.125, size: 8 });
const settings = experiment({ steps: 2 });
const SIZE = 8 * 8 * 3;
const batch = (more: Partial<Batch> = {}): Batch => ({
  x: new Float32Array(2 * SIZE).fill(0.5),
  shape: [2, 8, 8, 3],
  labels: Int32Array.of(0, 3),
  ...more,
});
const withValue = (at: number, value: number): Float32Array => {
  const { x } = batch();
  x[at] = value;
  return x;
};

const WRONG: Record<string, [Partial<Batch>, RegExp]> = {
  'x shorter than its shape': [
    { x: new Float32Array(2 * SIZE - 1) },
    /batch\.x: expected 384 values, as shape \[2,8,8,3\] says, got 383$/,
  ],
  'x longer than its shape': [
    { x: new Float32Array(2 * SIZE + 1) },
    /batch\.x: expected 384 values, .*got 385$/,
  ],
  'x in doubles': [{ x: new Float64Array(2 * SIZE) as never }, /batch\.x: expected a Float32Array/],
  'a value that is no number': [
    { x: withValue(200, NaN) },
    /batch\.x\[200\]: expected a finite number, got NaN$/,
  ],
  'an infinite value': [
    { x: withValue(7, -Infinity) },
    /batch\.x\[7\]: expected a finite number, got -Infinity$/,
  ],
  'a label of no class': [
    { labels: Int32Array.of(0, 4) },
    /batch\.labels\[1\]: expected an integer from 0 to 3, one of 4 classes, got 4$/,
  ],
  'a negative label': [{ labels: Int32Array.of(-1, 0) }, /batch\.labels\[0\]: .*got -1$/],
  'labels in bytes': [{ labels: Uint8Array.of(0, 1) as never }, /batch\.labels: expected an Int32Array/],
  'another shape': [{ shape: [2, 8, 3, 8] }, /a batch of shape \[2,8,3,8\] with 2 labels does not fit/],
  'fewer labels than images': [
    { labels: Int32Array.of(1) },
    /a batch of shape \[2,8,8,3\] with 1 labels does not fit/,
  ],
};

for (const options of [
  { engine: 'event', threads: 1 },
  { engine: 'tfjs', backend: 'cpu' },
] as const)
  test(`engine ${options.engine}: a batch that is none is refused by field, index and value, and changes nothing`, async (t) => {
    const engine = await openEngine(options);
    const model = engine.createModel(network, settings, initialWeights(network, 1));
    t.teardown(() => {
      model.dispose();
      engine.dispose();
    });
    const before = await model.read();
    for (const [what, [more, message]] of Object.entries(WRONG))
      for (const use of [
        () => model.trainStep(batch(more), 0.1),
        () => model.gradients(batch(more)),
        () => model.evaluate(batch(more)),
        () => model.probe(batch(more)),
      ])
        await t.throwsAsync(async () => use(), { instanceOf: SettingsError, message }, what);
    t.deepEqual(await model.read(), before);
    t.true(Number.isFinite((await model.trainStep(batch(), 0.1)).loss));
  });
