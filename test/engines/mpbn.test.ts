// LIF neurons whose potential is normalised: by hand, gradients of engine plain against central differences of a smooth firing
// function, the fast engines against plain.
import test from 'ava';
import { openEngine } from '../../src/engines/open.js';
import {
  batchNorm as batchNormed,
  batchNormGradient,
  type BatchNormSite,
  channelMoments,
} from '../../src/engines/plain/batch-norm.js';
import { neuronGradient, runNeurons } from '../../src/engines/plain/neurons.js';
import { SettingsError, UnsupportedError } from '../../src/errors.js';
import { experiment } from '../../src/experiment/experiment.js';
import { experimentNetwork } from '../../src/experiment/network.js';
import { initialWeights } from '../../src/network/initialise.js';
import {
  avgPool2d,
  batchNorm,
  conv2d,
  flatten,
  type Layer,
  linear,
  mpbn,
  type Network,
  residual,
} from '../../src/network/layers.js';
import { describeNeuron } from '../../src/neurons/by-name.js';
import { defaultNeuron, type LifInForce, type NeuronSettings } from '../../src/neurons/lif.js';
import { surrogates } from '../../src/surrogates/index.js';
import { agreesWithPlain, hasTheSameBits, moved, plain } from '../helpers/engine-agreement.js';
import { centralDifferences } from '../helpers/differences.js';
import { examplesOf, threeSteps } from '../helpers/step-norms.js';
import { normals, worstDifference } from '../helpers/tensors.js';

const NORM: BatchNormSite = { gamma: [1.3, -0.7], beta: [0.2, 0.5], epsilon: 1e-5, gain: 1 };

/** Normalises the potentials of each step, and adds the gradients of γ and β up. */
const normaliser = (norm: BatchNormSite, sums?: { gamma: Float64Array; beta: Float64Array }) => ({
  normalise: (v: Float64Array) => ({
    y: batchNormed(v, norm),
    back(dz: Float64Array) {
      const { input, gamma, beta } = batchNormGradient(v, dz, norm);
      gamma.forEach((value, c) => (sums!.gamma[c] += value));
      beta.forEach((value, c) => (sums!.beta[c] += value));
      return input;
    },
  }),
});

test('two neurons of one channel by hand: who is above the mean of its step fires, the reset acts on v', (t) => {
  const how = normaliser({ gamma: [1], beta: [0], epsilon: 0, gain: 1 });
  const { v, z, o } = runNeurons([3, 1, 1, 1], 2, defaultNeuron, how);
  t.deepEqual([...z!], [1, -1, -1, 1]); // of 3, 1 and of 0 + 1, 0.5 + 1
  t.deepEqual([...v], [3, 1, 1, 1.5]);
  t.deepEqual([...o], [1, 0, 0, 1]);
  const soft = runNeurons([3, 1, 1, 1], 2, { ...defaultNeuron, reset: 'soft' }, how);
  t.deepEqual([...soft.v], [3, 1, 2.25, 1.5]); // 0.5·(3 − 0.5) + 1
});

test('in inference running statistics make a threshold for each channel', async (t) => {
  const network = net('thresholds', [mpbn('n'), flatten('f'), linear('l', 70, 3)]);
  const weights = initialWeights(network, 1);
  const set = (name: string, values: number[]): void => weights[name].data.set(values);
  set('n.runningMean', [1, -1]);
  set('n.runningVariance', [4 - 1e-5, 0.25 - 1e-5]); // z = 2·(v − 1)/2 + 0.25 and −0.5·(v + 1)/0.5 + 0
  set('n.weight', [2, -0.5]);
  set('n.bias', [0.25, 0]);
  const x = normals('x', 70).map((value) => 2 * value);
  const model = plain.createModel(network, experiment({ steps: 1 }), weights);
  const { activity } = await model.evaluate(
    { x, shape: [1, ...network.input], labels: Int32Array.of(0) },
    { activity: true },
  );
  const spikes = x.filter((v, i) => (i % 2 === 0 ? v > 1.25 : v < -1.5)).length; // z above 0.5
  t.true(spikes > 3);
  t.deepEqual(activity!.find(({ layer, kind }) => layer === 'n' && kind === 'neuron')!.nonZero, [spikes]);
});

for (const reset of ['hard', 'soft'] as const)
  test(`${reset} reset: the gradients are central differences within 1e-7 of the largest, a sigmoid in place of the step`, (t) => {
    const { primitive, parameter } = surrogates.sigmoid;
    const neuron: LifInForce = { ...defaultNeuron, delta: 0, reset, surrogate: { name: 'sigmoid' } };
    const fire = (z: number): number => primitive!(z - neuron.theta, parameter!.default);
    const current = Float64Array.from(normals('x', 3 * 4 * 2));
    const g = Float64Array.from(normals('g', 3 * 4 * 2));
    const lossOf = (x: Float64Array, changed: Partial<BatchNormSite> = {}): number => {
      const { o } = runNeurons(x, 3, neuron, { fire, ...normaliser({ ...NORM, ...changed }) });
      return o.reduce((sum, value, i) => sum + value * g[i], 0);
    };
    const sums = { gamma: new Float64Array(2), beta: new Float64Array(2) };
    const trace = runNeurons(current, 3, neuron, { fire, ...normaliser(NORM, sums) });
    const found = neuronGradient(trace, g, neuron);
    for (const [what, got, expected] of [
      ['current', found, centralDifferences((x) => lossOf(x), current)],
      [
        'γ',
        sums.gamma,
        centralDifferences((gamma) => lossOf(current, { gamma }), Float64Array.from(NORM.gamma)),
      ],
      ['β', sums.beta, centralDifferences((beta) => lossOf(current, { beta }), Float64Array.from(NORM.beta))],
    ] as const) {
      const worst = worstDifference(got, expected);
      t.log(`${what}: ${worst.toExponential(1)}`);
      t.true(worst < 1e-7, what);
    }
  });

test('running statistics move once for each step', async (t) => {
  const network = net('one', [conv2d('c', 2, 3), mpbn('n1'), flatten('f'), linear('fc', 105, 3)]);
  const batch = examplesOf(network, 3);
  const settings = { ...threeSteps(), neuron: { ...threeSteps().neuron, tau: 0 } };
  const weights = initialWeights(network, 1);
  const model = plain.createModel(network, settings, weights);
  await model.trainStep(batch, 0);
  const { data } = (await model.read()).weights['n1.runningMean'];
  // Without a memory v is the current, whose means a batch norm over single steps has too.
  const current = plain.createModel(
    net('current', [conv2d('c', 2, 3), batchNorm('n1', 3), flatten('f'), linear('fc', 105, 3)]),
    { ...settings, steps: 1 },
    weights,
  );
  const expected = [0, 0, 0];
  for (const step of [0, 1, 2]) {
    const size = batch.x.length / 3;
    await current.trainStep(
      { ...batch, x: batch.x.slice(step * size, (step + 1) * size), shape: batch.shape.slice(1) },
      0,
    );
    const means = (await current.read()).weights['n1.runningMean'].data;
    expected.forEach((_, c) => (expected[c] = means[c]));
  }
  t.true(worstDifference(data, expected) < 1e-12);
  t.is(channelMoments(Float64Array.of(1, 3), 1).mean[0], 2);
});

const net = (name: string, layers: Layer[]): Network => ({ name, input: [7, 5, 2], classes: 3, layers });

/** Of an image, of 33 channels, behind a batch norm, behind a block, and of one place. */
const spiking = net('spiking', [
  ...[conv2d('c1', 2, 33), mpbn('n1'), conv2d('c2', 33, 6), batchNorm('b2', 6), mpbn('n2')],
  residual('r', [conv2d('c3', 6, 6), batchNorm('b3', 6), mpbn('n3'), conv2d('c4', 6, 6)]),
  ...[mpbn('n4'), avgPool2d('p1'), conv2d('c5', 6, 5), batchNorm('b5', 5), mpbn('n5'), flatten('f')],
  ...[linear('fc1', 30, 4), mpbn('n6'), linear('fc2', 4, 3)],
]);

const SETTINGS: [string, Partial<NeuronSettings>][] = [
  ['hard, δ by layer', { delta: { layers: [0.05, 0, 0.1, 0.2, 0, 0.3] } }],
  [
    'soft, detached',
    {
      reset: 'soft',
      detachReset: true,
      scaleFloor: 0,
      delta: 0.3,
      surrogate: { name: 'atan', height: 0.7 },
      comparison: '>=',
    },
  ],
];
const CASES = SETTINGS.flatMap(([how, given]) =>
  [undefined, 3, 1].map((steps) => ({
    where: `${how}, ${steps ? `${steps} frames` : 'images'}`,
    network: spiking,
    settings: {
      ...threeSteps({ momentum: 0.5 }),
      ...{ steps: steps ?? 3, neuron: { ...defaultNeuron, ...given } },
    },
    batch: examplesOf(spiking, steps),
  })),
);

for (const engine of ['tfjs', 'event'] as const)
  test.serial(
    `engine ${engine} agrees with plain: loss within 1e-6, gradients, logits and running statistics within 2e-5 of the largest, spikes exactly`,
    (t) => agreesWithPlain(t, engine, CASES),
  );

test.serial(
  'engine event: the same bits for 1 and 3 threads, alone or in a batch, and where a training is resumed',
  (t) => hasTheSameBits(t, [CASES[0]]),
);

test('neuron.model mpbn puts them in the places of LIF, under their names; its settings are those of LIF', (t) => {
  const settings = experiment({ neuron: { model: 'mpbn', tau: 0.25 } });
  t.like(settings.neuron, { tau: 0.25, theta: 0.5, norm: 'potential' });
  t.deepEqual(experiment({ neuron: settings.neuron as LifInForce }).neuron, settings.neuron);
  const { layers } = experimentNetwork(settings, [8, 8, 3], 10);
  t.like(layers[2], { type: 'mpbn', name: 'conv1.lif' });
  t.false(layers.some(({ type }) => type === 'lif'));
  t.false('norm' in experiment().neuron);
  t.throws(() => describeNeuron('mpbn' as never), {
    instanceOf: SettingsError,
    message: /^mpbn has a batch norm inside/,
  });
  t.throws(() => experiment({ neuron: { model: 'mbpn' as never } }), { message: /did you mean .*mpbn/i });
});

test('LIF layers beside settings of mpbn, terms of the loss that judge potentials, and, on engine event, equations are refused by name', async (t) => {
  const { neuron } = experiment({ neuron: { model: 'mpbn' } });
  const lif = net('lif', [{ type: 'lif', name: 'l' }, flatten('f'), linear('fc', 70, 3)]);
  const batch = examplesOf(lif, 3);
  const settings = threeSteps();
  await t.throwsAsync(
    plain.createModel(lif, { ...settings, neuron }, initialWeights(lif, 1)).gradients(batch),
    {
      instanceOf: SettingsError,
      message:
        /^l is a layer of LIF neurons, and the settings are those of mpbn; take the network of `experimentNetwork`/,
    },
  );
  const { loss } = experiment({ loss: [{ kind: 'mean' }, { kind: 'imLoss' }] });
  await t.throwsAsync(
    async () => plain.createModel(spiking, { ...settings, loss }, moved(spiking)).gradients(batch),
    {
      instanceOf: SettingsError,
      message: /^spiking: imLoss judges potentials, and those of n1 \(mpbn\) are normalised/,
    },
  );
  for (const surrogate of [{ name: 'stdb' }, { name: 'rectangle', argument: 'ratio' }] as const)
    await t.throwsAsync(
      plain
        .createModel(
          spiking,
          { ...settings, neuron: experiment({ neuron: { surrogate } }).neuron },
          moved(spiking),
        )
        .gradients(examplesOf(spiking, 3)),
      {
        instanceOf: SettingsError,
        message: /^n1 \(mpbn\): its surrogate is a function of the normalised potential/,
      },
    );
  const own = experiment({ neuron: { surrogate: { name: 'own', derivative: '1 / (1 + u * u)' } } });
  const event = await openEngine({ engine: 'event', threads: 1 });
  t.throws(() => event.createModel(spiking, { ...settings, neuron: own.neuron }, moved(spiking)), {
    instanceOf: UnsupportedError,
    message: /n1 \(mpbn\): its surrogate is an equation or a table; use `--engine tfjs`/,
  });
  event.dispose();
});
