import test from 'ava';
import type { Batch } from '../../../src/data/dataset.js';
import type { Engine, ModelSettings } from '../../../src/engines/engine.js';
import { createEventEngine } from '../../../src/engines/event/engine.js';
import { openEngine } from '../../../src/engines/open.js';
import { SettingsError, UnsupportedError } from '../../../src/errors.js';
import { experiment } from '../../../src/experiment/experiment.js';
import { annTwin, convNet, resnet19, vggsnn } from '../../../src/network/architectures.js';
import { initialWeights } from '../../../src/network/initialise.js';
import {
  avgPool2d,
  batchNorm,
  conv2d,
  flatten,
  lif,
  linear,
  type Network,
  residual,
} from '../../../src/network/layers.js';
import { sizeOf, type TensorMap } from '../../../src/network/parameters.js';
import { weightsDigest } from '../../../src/records/safetensors.js';
import { normals, weightsOf, worstDifference, worstOfAll } from '../../helpers/tensors.js';

const settings: ModelSettings = experiment({ steps: 3, lipschitz: { beta: 1e-3 } });
const small = convNet({ classes: 4, width: 0.25, size: 9 });

function batchOf(network: Network, count: number, name = 'x', steps?: number): Batch {
  const shape = [...(steps ? [steps] : []), count, ...network.input];
  const labels = Int32Array.from({ length: count }, (_, i) => i % network.classes);
  return { x: normals(`${name} ${network.name}`, sizeOf(shape)), shape, labels };
}

/** Runs with an engine that is closed afterwards. */
async function withEngine<T>(
  options: Parameters<typeof openEngine>[0],
  use: (engine: Engine) => Promise<T>,
): Promise<T> {
  const engine = await openEngine(options);
  try {
    return await use(engine);
  } finally {
    engine.dispose();
  }
}

async function steps(
  engine: Engine,
  network: Network,
  how: ModelSettings,
  count: number,
  batch = 6,
): Promise<TensorMap> {
  const model = engine.createModel(network, how, initialWeights(network, 3));
  for (let i = 0; i < count; i++) await model.trainStep(batchOf(network, batch, `step ${i}`), 1e-3);
  const weights = await weightsOf(model);
  model.dispose();
  return weights;
}

for (const build of ['plain', 'fma'] as const)
  test.serial(`${build}: weights after 5 steps are the same bits with 1, 2, 3 and 8 threads`, async (t) => {
    const network = resnet19({ classes: 10, width: 0.125, size: 16 });
    const digests = [];
    for (const threads of [1, 2, 3, 8])
      digests.push(
        await withEngine({ engine: 'event', build, threads }, async (engine) =>
          weightsDigest(await steps(engine, network, settings, 5)),
        ),
      );
    t.deepEqual(new Set(digests).size, 1, digests.join(' '));
  });

/** Residual blocks whose branches share memory in ways that those of the architectures do not. */
const shared: Network = {
  ...{ name: 'shared', input: [8, 8, 3], classes: 4 },
  layers: [
    conv2d('conv1', 3, 40),
    batchNorm('bn1', 40),
    lif('lif1'),
    conv2d('conv2', 40, 40),
    residual(
      'normFirst',
      [batchNorm('bn2', 40)],
      [conv2d('side', 40, 40, { kernel: 1 }), batchNorm('bn3', 40)],
    ),
    lif('lif2'),
    residual('oneConvolution', [conv2d('conv3', 40, 40, { kernel: 1 })]),
    lif('lif3'),
    avgPool2d('pool', 4),
    flatten('flat'),
    linear('fc', 160, 4),
  ],
};

/** Fires so often that its pooled spikes are convolved as real values. */
const pooled: Network = {
  ...{ name: 'pooled', input: [8, 8, 3], classes: 4 },
  layers: [
    conv2d('conv1', 3, 24),
    batchNorm('bn1', 24),
    lif('lif1'),
    avgPool2d('pool', 2),
    conv2d('conv2', 24, 40, { bias: true }),
    lif('lif2'),
    flatten('flat'),
    linear('fc', 640, 4),
  ],
};

const nets: { network: Network; how?: ModelSettings; dynamic?: boolean }[] = [
  { network: small },
  { network: resnet19({ classes: 10, width: 1 / 16, size: 16 }) },
  { network: vggsnn({ classes: 5, width: 1 / 16, size: 32 }), dynamic: true },
  { network: shared },
  { network: pooled },
  { network: annTwin(small), how: experiment({ steps: 1 }) },
];
for (const { network, how = settings, dynamic } of nets)
  test.serial(
    `${network.name}: loss within 1e-6 and gradients within 2e-4 of engine plain; evaluation alike`,
    async (t) => {
      const batch = batchOf(network, 5, 'x', dynamic ? how.steps : undefined);
      const run = (engine: Engine) => {
        const model = engine.createModel(network, how, initialWeights(network, 3));
        return Promise.all([model.gradients(batch)]).then(async ([pass]) => {
          const evaluation = await model.evaluate(batch, { activity: true });
          model.dispose();
          return { pass, evaluation };
        });
      };
      const ours = await withEngine({ engine: 'event' }, run);
      const theirs = await withEngine({ engine: 'plain' }, run);
      t.true(
        Math.abs(ours.pass.loss - theirs.pass.loss) < 1e-6 * theirs.pass.loss,
        `${ours.pass.loss} ${theirs.pass.loss}`,
      );
      // A bias in front of a batch norm has no effect: its gradient is zero but for rounding.
      const felt = Object.entries(theirs.pass.gradients).filter(([name]) => !name.endsWith('.conv.bias'));
      const worst = worstOfAll(ours.pass.gradients, Object.fromEntries(felt));
      t.log(`gradients ${worst.toExponential(1)}`);
      t.true(worst < 2e-4, String(worst));
      t.true(worstDifference(ours.evaluation.logits, theirs.evaluation.logits) < 1e-5);
      t.deepEqual(ours.evaluation.activity, theirs.evaluation.activity);
    },
  );

test.serial(
  'pooled spikes become real values where their planes are dense, and stay spikes where not',
  async (t) => {
    for (const [theta, expected] of [
      [0.25, true],
      [2, false],
    ] as const) {
      const kernels = new Set<string>();
      const engine = await createEventEngine({ onOp: (kernel) => kernels.add(kernel) });
      const how = experiment({ steps: 3, neuron: { theta } });
      const model = engine.createModel(pooled, how, initialWeights(pooled, 3));
      await model.gradients(batchOf(pooled, 5));
      engine.dispose();
      t.is(kernels.has('averageOfPlanes'), expected, `theta ${theta}: ${[...kernels].join(' ')}`);
    }
  },
);

test.serial('gradients, evaluate and probe change nothing; every batch size has its own plan', async (t) => {
  await withEngine({ engine: 'event' }, async (engine) => {
    const model = engine.createModel(small, settings, initialWeights(small, 3));
    await model.trainStep(batchOf(small, 5), 1e-3);
    const before = await model.read();
    for (const count of [5, 1, 7]) {
      await model.gradients(batchOf(small, count));
      await model.evaluate(batchOf(small, count), { activity: true });
      await model.probe(batchOf(small, count), { traces: { 'conv1.lif': [0, 7] } });
    }
    t.deepEqual(await model.read(), before);
    model.dispose();
    await t.throwsAsync(() => model.trainStep(batchOf(small, 5), 1e-3), { message: /model is disposed/ });
  });
});

test.serial('a model that continues from a state read back ends with the same bits', async (t) => {
  await withEngine({ engine: 'event' }, async (engine) => {
    const whole = engine.createModel(small, settings, initialWeights(small, 3));
    await whole.trainStep(batchOf(small, 5, 'a'), 1e-3);
    const state = await whole.read();
    await whole.trainStep(batchOf(small, 5, 'b'), 1e-3);
    const continued = engine.createModel(small, settings, initialWeights(small, 99));
    continued.write(state);
    await continued.trainStep(batchOf(small, 5, 'b'), 1e-3);
    t.deepEqual(await continued.read(), await whole.read());
  });
});

test.serial('two models of one engine do not disturb each other, asked at the same time', async (t) => {
  await withEngine({ engine: 'event' }, async (engine) => {
    const models = [0, 1].map(() => engine.createModel(small, settings, initialWeights(small, 3)));
    const alone = await steps(engine, small, settings, 3);
    await Promise.all(
      models.map(async (model) => {
        for (let i = 0; i < 3; i++) await model.trainStep(batchOf(small, 6, `step ${i}`), 1e-3);
      }),
    );
    for (const model of models) t.deepEqual(await weightsOf(model), alone);
  });
});

test.serial(
  'what it cannot do is refused by name and with the engine that can; auto takes that one',
  async (t) => {
    const pools: Network = {
      ...{ name: 'pools', input: [8, 8, 3], classes: 4 },
      layers: [
        ...small.layers.slice(0, 3),
        { type: 'avgPool2d', name: 'p1', size: 2 },
        { type: 'maxPool2d', name: 'p2', size: 2 },
        { type: 'flatten', name: 'flat' },
        { type: 'linear', name: 'fc', in: 2 * 2 * 8, out: 4, bias: true },
      ],
    };
    await withEngine({ engine: 'event' }, async (engine) => {
      t.throws(() => engine.createModel(pools, settings, initialWeights(pools, 0)), {
        instanceOf: UnsupportedError,
        message:
          /engine event: pools: p2 \(maxPool2d\): it pools pooled spikes; use `--engine tfjs`, which can/,
      });
    });
    const chosen = await openEngine({ network: pools, settings });
    t.is(chosen.numerics.engine, 'tfjs');
    t.regex(chosen.description, /p2 \(maxPool2d\)/);
    const usual = await openEngine({ network: small, settings });
    t.is(usual.numerics.engine, 'event');
    usual.dispose();
    await t.throwsAsync(() => openEngine({ engine: 'event', backend: 'wasm' }), {
      instanceOf: SettingsError,
      message: /backend wasm belongs to engine tfjs/,
    });
  },
);

test.serial(
  'a batch that WebAssembly cannot hold is refused with the number and the largest that fits',
  async (t) => {
    await withEngine({ engine: 'event' }, async (engine) => {
      const network = resnet19({ classes: 10 });
      const large = experiment({ steps: 4 });
      t.true((await engine.peakBytes(network, large, 32)) < 2 ** 31);
      const model = engine.createModel(network, large, initialWeights(network, 0));
      const shape = [4096, 32, 32, 3];
      const batch = { x: new Float32Array(sizeOf(shape)), shape, labels: new Int32Array(4096) };
      const error = await t.throwsAsync(() => model.trainStep(batch, 1e-3), {
        instanceOf: UnsupportedError,
        message:
          /a batch of 4096 needs [\d.]+ GiB, WebAssembly can address 4\.00 GiB; the largest batch that fits is \d+/,
      });
      const fits = Number(/fits is (\d+)/.exec(error.message)![1]);
      t.true((await engine.peakBytes(network, large, fits)) <= 2 ** 32);
      t.true((await engine.peakBytes(network, large, fits + 1)) > 2 ** 32 - 65536);
    });
  },
);
