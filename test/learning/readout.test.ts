// From outputs to logits and back.
import test from 'ava';
import * as tf from '@tensorflow/tfjs';
import { outputsOf, readLogits, readTensors } from '../../src/learning/readout.js';
import type { Readout } from '../../src/network/layers.js';
import { centralDifferences, dot } from '../helpers/differences.js';
import { normals, worstDifference } from '../helpers/tensors.js';

const [STEPS, BATCH, CLASSES] = [3, 2, 2];
const outputsFor = (voting: number, values?: number[]) => ({
  ...{ steps: STEPS, batch: BATCH, classes: CLASSES * voting },
  values: Float64Array.from(values ?? normals('outputs', STEPS * BATCH * CLASSES * voting)),
});

test('without a readout, and with one of one vote over all steps, the logits are the outputs', (t) => {
  const outputs = outputsFor(1);
  t.is(readLogits(outputs, { classes: CLASSES }).logits, outputs);
  const { logits, back } = readLogits(outputs, { classes: CLASSES, readout: { voting: 1, time: 'mean' } });
  t.deepEqual(logits, outputs);
  t.deepEqual(back(outputs.values), outputs.values);
});

test('the outputs of a class stand one after the other; the last step alone', (t) => {
  const values = Array.from({ length: STEPS * BATCH * 4 }, (_, i) => i);
  const read = (time: Readout['time']) =>
    readLogits(outputsFor(2, values), { classes: CLASSES, readout: { voting: 2, time } }).logits;
  t.deepEqual([...read('mean').values], [0.5, 2.5, 4.5, 6.5, 8.5, 10.5, 12.5, 14.5, 16.5, 18.5, 20.5, 22.5]);
  t.deepEqual([...read('last').values], [16.5, 18.5, 20.5, 22.5]);
  t.is(read('last').steps, 1);
  t.is(outputsOf({ classes: 10, readout: { voting: 10, time: 'mean' } }), 100);
});

for (const voting of [1, 3])
  for (const time of ['mean', 'last'] as const)
    test(`${voting} votes, ${time}: the way back is the central difference within 1e-9; tensors the same within 1e-6`, (t) => {
      const network = { classes: CLASSES, readout: { voting, time } };
      const outputs = outputsFor(voting);
      const { logits, back } = readLogits(outputs, network);
      const g = Float64Array.from(normals('g', logits.values.length));
      const wanted = centralDifferences(
        (values) => dot(readLogits({ ...outputs, values }, network).logits.values, g),
        outputs.values,
      );
      t.true(worstDifference(back(g), wanted) < 1e-9);
      const x = tf.tensor3d(Float32Array.from(outputs.values), [STEPS, BATCH, CLASSES * voting]);
      const y = readTensors(tf, x, network);
      t.deepEqual(y.shape, [logits.steps, BATCH, CLASSES]);
      t.true(worstDifference(y.dataSync(), logits.values) < 1e-6);
      const dy = tf.tensor3d(Float32Array.from(g), y.shape);
      const gradient = tf.grad((z) => readTensors(tf, z.mul(1) as tf.Tensor3D, network))(x, dy);
      t.true(worstDifference(gradient.dataSync(), wanted) < 1e-6);
    });
