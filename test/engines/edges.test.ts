// Arithmetic at its edges, by hand, on every engine: networks of a few weights, whose numbers are written out here.
import test from 'ava';
import type { Batch } from '../../src/data/dataset.js';
import type { Engine } from '../../src/engines/engine.js';
import { fmaWorks } from '../../src/engines/event/module.js';
import { openEngine, type EngineOptions } from '../../src/engines/open.js';
import { experiment, type ExperimentInput } from '../../src/experiment/experiment.js';
import { batchNorm, lif, linear, type Layer, type Network } from '../../src/network/layers.js';
import type { TensorMap } from '../../src/network/parameters.js';

const ENGINES: [string, EngineOptions][] = [
  ['plain', { engine: 'plain' }],
  ['tfjs cpu', { engine: 'tfjs', backend: 'cpu' }],
  ['tfjs wasm', { engine: 'tfjs', backend: 'wasm' }],
  ['event plain', { engine: 'event', build: 'plain', threads: 1 }],
  ...(fmaWorks()
    ? [['event fma', { engine: 'event', build: 'fma', threads: 1 }] as [string, EngineOptions]]
    : []),
];

const first = linear('f', 1, 1, false);
const last = linear('fc', 1, 2, false);
const net = (...between: Layer[]): Network => ({
  ...{ name: 'edge', input: [1, 1, 1], classes: 2 },
  layers: [first, ...between, last],
});
/** The first layer passes its input on; the logits are plus and minus what reaches the last. */
const weights = (more: TensorMap = {}): TensorMap => ({
  'f.weight': { shape: [1, 1], data: Float32Array.of(1) },
  ...more,
  'fc.weight': { shape: [2, 1], data: Float32Array.of(1, -1) },
});
const norm = (mean: number, variance: number): TensorMap => {
  const one = (value: number) => ({ shape: [1], data: Float32Array.of(value) });
  return {
    ...{ 'b.weight': one(1), 'b.bias': one(0) },
    ...{ 'b.runningMean': one(mean), 'b.runningVariance': one(variance) },
  };
};
const images = (labels: number[], ...x: number[]): Batch => ({
  ...{ x: Float32Array.from(x), shape: [x.length, 1, 1, 1], labels: Int32Array.from(labels) },
});
const quiet = { lipschitz: { beta: 0 } };
const neuron = (more: object): ExperimentInput =>
  ({ ...quiet, neuron: { surrogate: { name: 'identity' }, delta: 0, ...more } }) as ExperimentInput;

for (const [name, options] of ENGINES) {
  const onEngine = (
    title: string,
    use: (engine: Engine, near: (got: number, want: number) => void) => Promise<void>,
  ): void =>
    test.serial(`${name}: ${title}, within 1e-6`, async (t) => {
      const engine = await openEngine(options);
      await use(engine, (got, want) =>
        t.true(Math.abs(got - want) <= 1e-6 * Math.max(1, Math.abs(want)), `${got}, expected ${want}`),
      );
      engine.dispose();
    });

  onEngine(
    'a potential exactly at θ does not fire, the next float does; forward, and in the backward pass',
    async (engine, near) => {
      const settings = experiment({ steps: 1, ...neuron({}) });
      const model = engine.createModel(net(lif('l')), settings, weights());
      const batch = images([0, 0, 0], 0.5, 0.5 + 2 ** -24, 0.5 + 2 ** -23);
      const { activity } = await model.evaluate(batch, { activity: true });
      near(activity!.find(({ kind }) => kind === 'neuron')!.nonZero[0], 2);
      model.dispose();
      // v = 0.5 and 0.75: o = 0 and 1. With g = p − 1 at each spike the input's gradients are 1.25 g and g.
      const twice = engine.createModel(net(lif('l')), experiment({ steps: 2, ...neuron({}) }), weights());
      const { gradients } = await twice.gradients(images([0], 0.5));
      near(gradients['f.weight'].data[0], 0.5 * 2.25 * (1 / (1 + Math.exp(-1)) - 1));
      twice.dispose();
    },
  );

  onEngine(
    'a negative floor holds the scale of SGS there: −0.2 where it would be −1.5; 0 and none too',
    async (engine, near) => {
      for (const [scaleFloor, scale] of [
        [-0.2, -0.2],
        [0, 0],
        [-2, -1.5],
        [null, -1.5],
      ] as const) {
        const settings = experiment({ steps: 1, ...neuron({ delta: 10, scaleFloor }) });
        const model = engine.createModel(net(lif('l')), settings, weights());
        const { gradients } = await model.gradients(images([1], 0.75)); // v − o = −¼, g_o = 2p > 0
        near(gradients['f.weight'].data[0], (0.75 * 2 * scale) / (1 + Math.exp(-2)));
        model.dispose();
      }
    },
  );

  onEngine(
    'running statistics: momentum weighs the new ones, the variance is over n − 1 of all steps',
    async (engine, near) => {
      const settings = experiment({ steps: 2, ...quiet, batchNorm: { momentum: 0.25 } });
      const model = engine.createModel(net(batchNorm('b', 1), lif('l')), settings, weights(norm(3, 7)));
      await model.trainStep(images([0, 1], 0, 2), 1e-3); // mean 1, variance 1; 2 examples at 2 steps: 4/3
      const { weights: after } = await model.read();
      near(after['b.runningMean'].data[0], 0.75 * 3 + 0.25 * 1);
      near(after['b.runningVariance'].data[0], 0.75 * 7 + (0.25 * 4) / 3);
      model.dispose();
    },
  );

  onEngine('tdBN multiplies γ by α·θ, in training and in inference', async (engine, near) => {
    const settings = experiment({
      ...{ steps: 1, ...quiet, neuron: { theta: 0.25 } },
      batchNorm: { kind: 'tdbn', alpha: 3 },
    });
    const model = engine.createModel(net(batchNorm('b', 1)), settings, weights(norm(0, 1)));
    const { logits } = await model.evaluate(images([0, 1], 0, 2));
    near(logits[2], (0.75 * 2) / Math.sqrt(1 + 1e-5));
    const { loss } = await model.gradients(images([0, 0], 0, 2)); // normalised −1 and 1, less ε
    const z = 0.75 / Math.sqrt(1 + 1e-5);
    near(loss, (Math.log(1 + Math.exp(2 * z)) + Math.log(1 + Math.exp(-2 * z))) / 2);
    model.dispose();
  });

  onEngine(
    "Adam's first step is the learning rate, its second is by both corrected moments",
    async (engine, near) => {
      const model = engine.createModel(net(), experiment({ steps: 1, ...quiet }), weights());
      let [m, v, w] = [0, 0, 1];
      for (const update of [1, 2, 3]) {
        const batch = images([update % 2], 0.3 * update);
        const g = (await model.gradients(batch)).gradients['f.weight'].data[0];
        [m, v] = [0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g * g];
        w -= (0.01 * m) / (1 - 0.9 ** update) / (Math.sqrt(v / (1 - 0.999 ** update)) + 1e-8);
        await model.trainStep(batch, 0.01);
        near((await model.read()).weights['f.weight'].data[0], w);
      }
      model.dispose();
    },
  );

  onEngine('TET judges every step by the label of its example', async (engine, near) => {
    const settings = experiment({ steps: 2, ...quiet, loss: { kind: 'tet', lambda: 0.25, target: 2 } });
    const model = engine.createModel(net(), settings, weights());
    const x = [0.5, -1, 2, 3]; // step by step, two examples each
    const labels = [0, 1];
    const batch = { x: Float32Array.from(x), shape: [2, 2, 1, 1, 1], labels: Int32Array.from(labels) };
    const entropies = x.map((z, i) => Math.log(1 + Math.exp(labels[i % 2] === 0 ? -2 * z : 2 * z)));
    const pulls = x.flatMap((z) => [(z - 2) ** 2, (-z - 2) ** 2]);
    const mean = (values: number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
    const wanted = 0.75 * mean(entropies) + 0.25 * mean(pulls);
    near((await model.gradients(batch)).loss, wanted);
    near((await model.evaluate(batch)).loss, wanted);
    model.dispose();
  });

  onEngine(
    'the penalty is β/2 of the squares over the smaller Gram matrix, wide or tall',
    async (engine, near) => {
      const network: Network = { ...net(), layers: [linear('f', 1, 3, false), linear('fc', 3, 2, false)] };
      const given: TensorMap = {
        'f.weight': { shape: [3, 1], data: Float32Array.of(1, 2, -1) }, // tall: 1 + 4 + 1 − 1 = 5
        'fc.weight': { shape: [2, 3], data: Float32Array.of(1, 0, 1, 1, 1, 0) }, // wide: [[2, 1], [1, 2]] − I
      };
      const model = engine.createModel(network, experiment({ steps: 1, lipschitz: { beta: 0.5 } }), given);
      const result = await model.gradients(images([0], 0.5));
      near(result.lipschitz, 0.25 * (25 + 4));
      near(result.loss - result.classification, result.lipschitz);
      model.dispose();
    },
  );
}
