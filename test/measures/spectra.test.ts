// Spectra of the linear parts, and their product as an index.
import test from 'ava';
import { resnet19 } from '../../src/network/architectures.js';
import { experiment } from '../../src/experiment/experiment.js';
import { stepNorm } from '../../src/network/layers.js';
import { layerSpectra, normIndex } from '../../src/measures/spectra.js';
import { pooled, weightsOf } from '../helpers/networks.js';

const settings = experiment({ steps: 3 });

test('layerSpectra: batch norm scales the operator; the index multiplies layers, adds branches and counts pools', async (t) => {
  const weights = weightsOf(pooled, 1);
  const plain = await layerSpectra(pooled, weights, settings);
  t.deepEqual(
    plain.map(({ layer }) => layer),
    ['c1', 'c2', 'fc'],
  );
  for (const channel of [0, 1, 2, 3]) weights['b1.weight'].data[channel] *= 3;
  const tripled = await layerSpectra(pooled, weights, settings);
  t.true(Math.abs(tripled[0].operatorNorm / plain[0].operatorNorm - 3) < 1e-3);
  t.is(tripled[0].plainNorm, plain[0].plainNorm);
  t.is(plain[1].operatorNorm, plain[1].plainNorm); // no batch norm after it
  t.is(plain[2].matrixNorm, plain[2].operatorNorm);
  t.is(
    normIndex(
      pooled,
      new Map([
        ['c1', 2],
        ['c2', 3],
        ['fc', 5],
      ]),
    ),
    15,
  ); // the average pool halves
  const net = resnet19({ classes: 4, width: 1 / 32, size: 8 });
  const ones = new Map((await layerSpectra(net, weightsOf(net, 0), settings)).map(({ layer }) => [layer, 1]));
  // Eight blocks of body 1 + shortcut 1, then a mean over 2 × 2 pixels.
  t.true(Math.abs(normIndex(net, ones) - 2 ** 8 / 2) < 1e-9);
});

test('layerSpectra: a norm that differs from step to step scales by the largest of its steps', async (t) => {
  const timed = {
    ...pooled,
    layers: pooled.layers.map((layer) =>
      layer.type === 'batchNorm' ? stepNorm(layer.name, layer.channels, 'tebn', 3) : layer,
    ),
  };
  const weights = weightsOf(pooled, 1);
  const [plain] = await layerSpectra(pooled, weights, settings);
  const p = { shape: [3], data: Float32Array.of(0.5, -2, 1) };
  const [scaled] = await layerSpectra(timed, { ...weights, 'b1.p': p }, settings);
  t.true(Math.abs(scaled.operatorNorm / plain.operatorNorm - 2) < 1e-3);
});

test('layerSpectra stops between layers when its signal aborts, also from a timer', async (t) => {
  const controller = new AbortController();
  const done: number[] = [];
  setImmediate(() => controller.abort(new Error('stopped')));
  const { signal } = controller;
  await t.throwsAsync(
    layerSpectra(pooled, weightsOf(pooled, 1), settings, { signal, onProgress: (at) => done.push(at) }),
    { message: 'stopped' },
  );
  t.deepEqual(done, []);
});
