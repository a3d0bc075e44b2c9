// All pictures of what a network does with an image, from a network whose numbers can be counted.
import test from 'ava';
import { createPlainEngine } from '../../src/engines/plain/engine.js';
import { SettingsError } from '../../src/errors.js';
import { experiment } from '../../src/experiment/experiment.js';
import { gradientFlow, look, potentialFigure, rasterFigure } from '../../src/inspection/index.js';
import { convNet, annTwin } from '../../src/network/architectures.js';
import { initialWeights } from '../../src/network/initialise.js';
import { normals } from '../helpers/tensors.js';

const network = convNet({ classes: 4, width: 0.0625, size: 8 });
const settings = experiment({ steps: 3 });
const engine = createPlainEngine();
const model = engine.createModel(network, settings, initialWeights(network, 1));
const batch = { x: normals('look', 4 * 8 * 8 * 3), shape: [4, 8, 8, 3], labels: Int32Array.of(0, 1, 2, 3) };

test('look: every layer of neurons with its shape; potentials above the threshold are the spikes, of all neurons the rate is theirs', async (t) => {
  const layers = await look(
    model,
    { ...batch, x: batch.x.slice(0, 192), shape: [1, 8, 8, 3], labels: Int32Array.of(0) },
    { neurons: Infinity },
  );
  t.is(layers.length, 3);
  const { theta } = settings.neuron as { theta: number };
  for (const { shape, neurons, potentials, outputs, spikeRate } of layers) {
    t.is(neurons.length, shape[0] * shape[1] * shape[2]);
    t.is(potentials.length, 3);
    for (const [step, values] of potentials.entries()) {
      t.deepEqual(
        outputs[step],
        values.map((v) => Number(v > theta)),
      );
      const fired = outputs[step].reduce((sum, o) => sum + o, 0);
      t.true(Math.abs(fired / neurons.length - spikeRate[step]) < 1e-12);
    }
  }
});

test('look: some neurons are spread over the layer; a network without any is refused', async (t) => {
  const [{ neurons, shape }] = await look(model, batch, { neurons: 5 });
  const size = shape[0] * shape[1] * shape[2];
  t.deepEqual(
    neurons,
    [0, 1, 2, 3, 4].map((i) => Math.floor((i * size) / 5)),
  );
  const twin = annTwin(network);
  const still = engine.createModel(twin, experiment({ steps: 1 }), initialWeights(twin, 1));
  await t.throwsAsync(look(still, batch), {
    instanceOf: SettingsError,
    message: /has no neurons that spike/,
  });
});

test('a raster has a dot for each spike, potentials their lines and the threshold, gradients a line for each step', async (t) => {
  const layers = await look(model, batch);
  const [layer] = layers;
  const raster = rasterFigure(layer);
  t.is((raster.data[0].x as number[]).length, layer.outputs.flat().filter((o) => o > 0).length);
  const drawn = potentialFigure(layer, { theta: 0.5, count: 3 });
  t.is(drawn.data.length, 4);
  t.deepEqual(drawn.data[3].y, [0.5, 0.5]);
  const first = drawn.data[0].y as number[];
  t.true(layer.neurons.some((_, i) => layer.potentials.every((step, at) => step[i] === first[at])));
  const flow = gradientFlow(layers);
  t.is(flow.data.length, 3);
  t.deepEqual(
    flow.data[0].x,
    layers.map((one) => one.layer),
  );
});
