// Networks that no architecture of the package makes: either the fast engines run them and agree with plain, or the event
// engine refuses by name and `auto` takes TensorFlow.js.
import test from 'ava';
import { openEngine } from '../../src/engines/open.js';
import { SettingsError, UnsupportedError } from '../../src/errors.js';
import { experiment } from '../../src/experiment/experiment.js';
import { initialWeights } from '../../src/network/initialise.js';
import {
  avgPool2d,
  batchNorm,
  conv2d,
  flatten,
  globalAvgPool2d,
  type Layer,
  lif,
  linear,
  maxPool2d,
  type Network,
  residual,
} from '../../src/network/layers.js';
import { agreesWithPlain, lookAt } from '../helpers/against-plain.js';

const settings = experiment({ steps: 3, lipschitz: { beta: 1e-3 } });
const net = (name: string, input: Network['input'], layers: Layer[]): Network => ({
  ...{ name, input, classes: 4, layers },
});
const first = [conv2d('c', 3, 6), batchNorm('b', 6), lif('l')];

const NETWORKS = [
  net('a perceptron without flatten', [1, 1, 20], [linear('f1', 20, 30), lif('l1'), linear('f2', 30, 4)]),
  net(
    'convolutions of one pixel between linear layers',
    [1, 1, 20],
    [
      ...[linear('f1', 20, 30), batchNorm('b', 30), lif('l1'), conv2d('c', 30, 9), lif('l2')],
      linear('f2', 9, 4),
    ],
  ),
  net(
    'neurons last',
    [8, 8, 3],
    [...first, flatten('f'), linear('fc', 384, 4), batchNorm('bn', 4), lif('out')],
  ),
  net('averages of spikes last', [2, 2, 3], [conv2d('c', 3, 4), batchNorm('b', 4), lif('l'), avgPool2d('p')]),
  net('a batch norm last', [8, 8, 3], [...first, flatten('f'), linear('fc', 384, 4), batchNorm('out', 4)]),
  net(
    'a block last',
    [8, 8, 3],
    [
      ...[...first, globalAvgPool2d('p'), linear('f1', 6, 5), lif('l1')],
      residual('r', [linear('f2', 5, 4)], [linear('f3', 5, 4), batchNorm('b3', 4)]),
    ],
  ),
  net('neurons first', [8, 8, 3], [lif('l0'), ...first, flatten('f'), linear('fc', 384, 4)]),
  net(
    'a pool first, a batch norm of the image',
    [9, 8, 3],
    [
      ...[maxPool2d('p', 2), batchNorm('b0', 3), conv2d('c', 3, 6), lif('l'), flatten('f')],
      linear('fc', 96, 4),
    ],
  ),
  net(
    'neurons between flatten and linear',
    [8, 8, 3],
    [...[conv2d('c', 3, 6), batchNorm('b', 6), flatten('f1'), lif('l'), flatten('f2'), linear('fc', 384, 4)]],
  ),
  net(
    'a shortcut that begins with a pool',
    [8, 8, 3],
    [
      ...first,
      residual(
        'r',
        [conv2d('c1', 6, 5, { stride: 2 }), batchNorm('b1', 5)],
        [avgPool2d('p'), conv2d('c2', 6, 5, { kernel: 1 })],
      ),
      ...[lif('l2'), flatten('f'), linear('fc', 80, 4)],
    ],
  ),
  net(
    'a body that begins with a pool',
    [8, 8, 3],
    [
      ...first,
      residual(
        'r',
        [avgPool2d('p'), conv2d('c2', 6, 5, { kernel: 1 })],
        [conv2d('c1', 6, 5, { stride: 2 }), batchNorm('b1', 5)],
      ),
      ...[lif('l2'), flatten('f'), linear('fc', 80, 4)],
    ],
  ),
  net(
    'blocks whose branches move nothing',
    [1, 1, 9],
    [
      ...[linear('f1', 9, 6), batchNorm('b', 6), residual('twice', [flatten('f')])],
      ...[
        lif('l'),
        linear('f2', 6, 5),
        residual('pooled', [avgPool2d('p', 1)]),
        lif('l2'),
        linear('f3', 5, 4),
      ],
    ],
  ),
];

for (const network of NETWORKS)
  test.serial(
    `${network.name}: event and tfjs agree with plain: loss within 1e-6, gradients and logits within 2e-5 of the largest, spikes exactly`,
    (t) => agreesWithPlain(t, network, settings),
  );

test.serial(
  'what is no network is refused with one sentence by all engines, one class included',
  async (t) => {
    const event = await openEngine({ engine: 'event', threads: 1 });
    const tfjs = await openEngine({ engine: 'tfjs', backend: 'wasm' });
    const plain = await openEngine({ engine: 'plain' });
    const good = [conv2d('c', 3, 6), lif('l'), flatten('f'), linear('fc', 384, 4)] as const;
    const [c, l, f, fc] = good;
    const bad: Network[] = [
      { ...net('one class', [8, 8, 3], [...good]), classes: 1 },
      net('a stride of 1.5', [8, 8, 3], [{ ...c, stride: 1.5 }, l, f, fc]),
      net('a padding of 0.5', [8, 8, 3], [{ ...c, kernel: 2, padding: 0.5 }, l, f, fc]),
      net('a pool of 1.5', [8, 8, 3], [c, l, avgPool2d('p', 1.5), f, fc]),
      net('no outputs', [8, 8, 3], [{ ...c, out: 0 }, l, f, fc]),
      net('dropout', [8, 8, 3], [c, { type: 'dropout', name: 'd' } as unknown as Layer, f, fc]),
      net('constructor', [8, 8, 3], [c, lif('constructor'), f, fc]),
      net('nothing', [8, 8, 3], []),
    ];
    const weights = initialWeights(net('good', [8, 8, 3], [...good]), 0);
    for (const network of bad) {
      const errors = [event, tfjs, plain].map((engine) =>
        t.throws(
          () => engine.createModel(network, settings, weights),
          { instanceOf: SettingsError },
          network.name,
        ),
      );
      t.is(new Set(errors.map(({ message }) => message)).size, 1, network.name);
    }
    event.dispose();
  },
);

test.serial(
  'flatten before a batch norm, or last over several pixels: refused by event, auto takes tfjs',
  async (t) => {
    for (const network of [
      net('normed', [4, 4, 3], [...first, flatten('f'), batchNorm('bn', 96), linear('fc', 96, 4)]),
      net('bare', [4, 4, 3], [conv2d('c', 3, 1, { kernel: 2, stride: 2, padding: 0 }), flatten('f')]),
    ]) {
      const event = await openEngine({ engine: 'event', threads: 1 });
      t.throws(() => event.createModel(network, settings, initialWeights(network, 0)), {
        instanceOf: UnsupportedError,
        message: /use `--engine tfjs`, which can/,
      });
      event.dispose();
      const chosen = await openEngine({ network, settings });
      t.is(chosen.numerics.engine, 'tfjs');
      t.true((await lookAt(chosen, network, settings)).evaluation.logits.every(Number.isFinite));
    }
  },
);
