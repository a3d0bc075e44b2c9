import * as tf from '@tensorflow/tfjs';
import test from 'ava';
import type { Batch } from '../../../src/data/dataset.js';
import type { Engine, ModelSettings } from '../../../src/engines/engine.js';
import { createPlainEngine } from '../../../src/engines/plain/engine.js';
import { createTfjsEngine } from '../../../src/engines/tfjs/engine.js';
import { SettingsError } from '../../../src/errors.js';
import { experiment } from '../../../src/experiment/experiment.js';
import { convNet } from '../../../src/network/architectures.js';
import { initialWeights } from '../../../src/network/initialise.js';
import {
  batchNorm,
  conv2d,
  flatten,
  globalAvgPool2d,
  lif,
  linear,
  type Network,
  residual,
} from '../../../src/network/layers.js';
import type { TensorMap } from '../../../src/network/parameters.js';
import { placeLayers } from '../../../src/network/shapes.js';
import { normals, weightsOf, worstDifference, worstOfAll } from '../../helpers/tensors.js';

const network = convNet({ classes: 4, width: 0.25, size: 9 });
const settings: ModelSettings = experiment({ steps: 3, lipschitz: { beta: 1e-3 } });
const labels = Int32Array.of(0, 3, 1, 2, 0);
const batchOf = (net: Network, name = 'x'): Batch => {
  const shape = [labels.length, ...net.input];
  return {
    x: normals(
      name,
      shape.reduce((a, b) => a * b),
    ),
    shape,
    labels,
  };
};

/** Gradients, then weights after three Adam steps. */
async function threeSteps(
  engine: Engine,
): Promise<{ gradients: TensorMap; weights: TensorMap; logits: Float32Array }> {
  const model = engine.createModel(network, settings, initialWeights(network, 3));
  const { gradients } = await model.gradients(batchOf(network));
  for (const name of ['a', 'b', 'c']) await model.trainStep(batchOf(network, name), 1e-3);
  const { logits } = await model.evaluate(batchOf(network));
  const weights = await weightsOf(model);
  model.dispose();
  return { gradients, weights, logits };
}

test.serial('an engine keeps to its backend when another is opened after it: same bits', async (t) => {
  const wasm = await createTfjsEngine({ backend: 'wasm' });
  const before = await threeSteps(wasm);
  const cpu = await createTfjsEngine({ backend: 'cpu' });
  const after = await threeSteps(wasm);
  t.is(tf.getBackend(), 'wasm');
  t.deepEqual(after, before);
  t.notDeepEqual((await threeSteps(cpu)).gradients, before.gradients, 'cpu sums in another order');
  t.is(tf.getBackend(), 'cpu');
});

test.serial(
  'cpu and wasm agree: gradients within 1e-5, weights after 3 steps within 1e-4 of the largest',
  async (t) => {
    const cpu = await threeSteps(await createTfjsEngine({ backend: 'cpu' }));
    const wasm = await threeSteps(await createTfjsEngine({ backend: 'wasm' }));
    const worst = [worstOfAll(wasm.gradients, cpu.gradients), worstOfAll(wasm.weights, cpu.weights)];
    t.log(
      `largest relative difference: gradients ${worst[0].toExponential(1)}, weights ${worst[1].toExponential(1)}`,
    );
    t.true(worst[0] < 1e-5 && worst[1] < 1e-4, worst.join());
    t.true(worstDifference(wasm.logits, cpu.logits) < 1e-4);
  },
);

test.serial('the same steps give the same bits twice on cpu and on wasm', async (t) => {
  for (const backend of ['cpu', 'wasm'] as const) {
    const engine = await createTfjsEngine({ backend });
    t.deepEqual((await threeSteps(engine)).weights, (await threeSteps(engine)).weights, backend);
  }
});

test.serial(
  'a static image equals the same image given at every step: loss within 1e-6, gradients within 1e-5',
  async (t) => {
    const engine = await createTfjsEngine({ backend: 'wasm' });
    const once = batchOf(network);
    const x = new Float32Array(once.x.length * settings.steps);
    for (let step = 0; step < settings.steps; step++) x.set(once.x, step * once.x.length);
    const everyStep: Batch = { x, shape: [settings.steps, ...once.shape], labels };
    const results = [];
    for (const batch of [once, everyStep]) {
      const model = engine.createModel(network, settings, initialWeights(network, 3));
      const { gradients, loss } = await model.gradients(batch);
      await model.trainStep(batch, 1e-3);
      const { 'conv1.bn.runningVariance': variance, 'conv1.bn.runningMean': mean } = await weightsOf(model);
      results.push({ gradients, loss, moved: { variance, mean } });
      model.dispose();
    }
    t.true(Math.abs(results[0].loss - results[1].loss) < 1e-6);
    t.true(worstOfAll(results[1].gradients, results[0].gradients) < 1e-5);
    t.true(worstOfAll(results[1].moved, results[0].moved) < 1e-6); // n counts the steps in both
  },
);

test.serial('gradients, evaluate and probe change nothing; nothing leaks', async (t) => {
  const engine = await createTfjsEngine({ backend: 'wasm' });
  const none = tf.memory().numTensors;
  const model = engine.createModel(network, settings, initialWeights(network, 3));
  await model.trainStep(batchOf(network), 1e-3);
  const before = await model.read();
  const tensors = tf.memory().numTensors;
  await model.gradients(batchOf(network));
  await model.evaluate(batchOf(network), { activity: true });
  await model.probe(batchOf(network), { traces: { 'conv1.lif': [0, 7] } });
  t.deepEqual(await model.read(), before);
  t.is(tf.memory().numTensors, tensors);
  await model.trainStep(batchOf(network), 1e-3);
  t.is(tf.memory().numTensors, tensors);
  model.dispose();
  t.is(tf.memory().numTensors, none);
});

test.serial('a model that continues from a state read back ends with the same bits', async (t) => {
  const engine = await createTfjsEngine({ backend: 'wasm' });
  const whole = engine.createModel(network, settings, initialWeights(network, 3));
  await whole.trainStep(batchOf(network, 'a'), 1e-3);
  const state = await whole.read();
  await whole.trainStep(batchOf(network, 'b'), 1e-3);
  const continued = engine.createModel(network, settings, initialWeights(network, 99));
  continued.write(state);
  await continued.trainStep(batchOf(network, 'b'), 1e-3);
  t.deepEqual(await continued.read(), await whole.read());
  whole.dispose();
  continued.dispose();
});

test.serial(
  'a residual network learns a batch by heart: the loss falls below a fifth within 60 steps',
  async (t) => {
    const engine = await createTfjsEngine({ backend: 'wasm' });
    const net: Network = {
      name: 'residual',
      input: [8, 8, 3],
      classes: 4,
      layers: [
        ...[conv2d('conv1', 3, 8), batchNorm('bn1', 8), lif('lif1')],
        residual(
          'block',
          [
            conv2d('a', 8, 16, { stride: 2 }),
            batchNorm('bnA', 16),
            lif('lifA'),
            conv2d('b', 16, 16),
            batchNorm('bnB', 16),
          ],
          [conv2d('c', 8, 16, { kernel: 1, stride: 2 }), batchNorm('bnC', 16)],
        ),
        ...[lif('lif2'), globalAvgPool2d('pool'), flatten('flat'), linear('fc', 16, 4)],
      ],
    };
    const model = engine.createModel(net, experiment({ steps: 4 }), initialWeights(net, 1));
    const first = await model.trainStep(batchOf(net), 2e-2);
    let last = first;
    for (let i = 0; i < 59; i++) last = await model.trainStep(batchOf(net), 2e-2);
    t.log(`loss ${first.classification.toFixed(3)} → ${last.classification.toFixed(3)}`);
    t.true(last.classification < first.classification / 5);
    model.dispose();
  },
);

test.serial('activity: counts equal a brute-force count over the layer that sees the image', async (t) => {
  const engine = await createTfjsEngine({ backend: 'wasm' });
  const model = engine.createModel(network, settings, initialWeights(network, 3));
  const batch = batchOf(network);
  batch.x.forEach((value, i) => (batch.x[i] = value > 0.8 ? value : 0));
  const { activity } = await model.evaluate(batch, { activity: true });
  const first = activity!.find(({ layer }) => layer === 'conv1.conv')!;
  const [side, , channels] = network.input;
  let operations = 0;
  batch.x.forEach((value, i) => {
    if (value === 0) return;
    const column = Math.floor(i / channels) % side;
    const row = Math.floor(i / (channels * side)) % side;
    for (let dy = -1; dy <= 1; dy++)
      for (let dx = -1; dx <= 1; dx++)
        if (row + dy >= 0 && row + dy < side && column + dx >= 0 && column + dx < side) operations += 8;
  });
  t.deepEqual(
    first.nonZero,
    [1, 1, 1].map(() => batch.x.filter((value) => value !== 0).length),
  );
  t.deepEqual(first.operations, [operations, operations, operations]);
  const spiking = placeLayers(network).filter(({ layer }) => layer.type === 'lif').length;
  t.is(activity!.filter(({ kind }) => kind === 'neuron').length, spiking);
  model.dispose();
});

test.serial('probe: rates, traces and the neuron equations agree', async (t) => {
  const engine = await createTfjsEngine({ backend: 'wasm' });
  const model = engine.createModel(network, settings, initialWeights(network, 3));
  const neurons = Array.from({ length: 9 * 9 * 8 }, (_, i) => i);
  const probes = await model.probe(batchOf(network), { traces: { 'conv1.lif': neurons } });
  t.deepEqual(
    probes.map(({ layer }) => layer),
    ['conv1.lif', 'conv2.lif', 'conv3.lif'],
  );
  for (const { v, o } of probes[0].traces!) {
    const x = v[0]; // static input: the same current at every step
    for (let step = 0; step < 3; step++) {
      t.is(o[step], v[step] > 0.5 ? 1 : 0);
      const u = step === 0 ? 0 : (1 - o[step - 1]) * v[step - 1];
      t.true(Math.abs(v[step] - (0.5 * u + x)) < 1e-6);
    }
  }
  for (const probe of probes) {
    t.true(probe.spikeRate.every((rate) => rate >= 0 && rate <= 1));
    t.true(probe.gradientNorm.every((norm) => norm > 0));
    t.true(probe.dead >= 0 && probe.dead + probe.saturated <= 1);
  }
  const plain = createPlainEngine().createModel(network, settings, initialWeights(network, 3));
  const expected = await plain.probe(batchOf(network));
  for (const [i, probe] of probes.entries())
    for (const share of ['deadAt', 'saturatedAt'] as const) {
      t.true(probe[share].some((value) => value > 0) && probe[share].every((value) => value < 1));
      t.true(worstDifference(probe[share], expected[i][share]) < 0.01, `${probe.layer} ${share}`);
    }
  model.dispose();
});

test.serial('negative SGS scales appear only where delta·|v − o| exceeds 1', async (t) => {
  const engine = await createTfjsEngine({ backend: 'wasm' });
  const shares = [];
  for (const delta of [1e-4, 4]) {
    const neuron = { ...settings.neuron, delta, surrogate: { name: 'identity' as const } };
    const model = engine.createModel(network, { ...settings, neuron }, initialWeights(network, 3));
    const probes = await model.probe(batchOf(network));
    shares.push(Math.max(...probes.flatMap(({ negativeScales }) => negativeScales)));
    model.dispose();
  }
  t.is(shares[0], 0);
  t.true(shares[1] > 0.1, String(shares[1]));
});

test.serial('what does not fit is refused by name', async (t) => {
  const engine = await createTfjsEngine({ backend: 'wasm' });
  const weights = initialWeights(network, 3);
  const model = engine.createModel(network, settings, weights);
  const refuse = (run: () => unknown, message: RegExp): void => {
    t.throws(run, { instanceOf: SettingsError, message });
  };
  const { 'fc.bias': bias, ...without } = weights;
  refuse(() => engine.createModel(network, settings, without), /weights: fc\.bias is missing/);
  refuse(
    () => engine.createModel(network, settings, { ...weights, extra: bias }),
    /weights: extra is not part/,
  );
  refuse(
    () =>
      engine.createModel(network, settings, {
        ...weights,
        'fc.bias': { shape: [3], data: new Float32Array(3) },
      }),
    /fc\.bias has shape \[3\], the network needs \[4\]/,
  );
  const wrong = { ...batchOf(network), shape: [5, 8, 8, 3] };
  await t.throwsAsync(() => model.trainStep(wrong, 1e-3), {
    instanceOf: SettingsError,
    message: /a batch of shape \[5,8,8,3\] with 5 labels does not fit; expected \[B,9,9,3\]/,
  });
  const unknown = { ...settings, lipschitz: { beta: 1, layers: ['nowhere'] } };
  const other = engine.createModel(network, unknown, weights);
  await t.throwsAsync(() => other.gradients(batchOf(network)), {
    instanceOf: SettingsError,
    message:
      /no layer with weights is named nowhere; the network has conv1\.conv, conv2\.conv, conv3\.conv, fc/,
  });
  model.dispose();
  other.dispose();
});
