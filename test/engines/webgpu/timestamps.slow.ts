import { createWebgpuEngine } from '../../../src/engines/webgpu/engine.js';
import type { GpuModel } from '../../../src/engines/webgpu/model.js';
import { experiment } from '../../../src/experiment/experiment.js';
import { initialWeights } from '../../../src/network/initialise.js';
import { testOnDriver } from '../../helpers/gpu.js';
import { normals } from '../../helpers/tensors.js';
import { tinyNetwork } from '../../helpers/tiny-network.js';

const test = await testOnDriver();

test('a timed step is a step: the same weights and slots, and a time of each kernel with its layer', async (t) => {
  const settings = experiment({ steps: 2 });
  const batch = { x: normals('x', 5 * 48), shape: [5, 4, 4, 3], labels: Int32Array.of(0, 1, 2, 3, 0) };
  const engine = await createWebgpuEngine();
  const start = initialWeights(tinyNetwork, 1);
  const [one, two] = [0, 1].map(() => engine.createModel(tinyNetwork, settings, start) as GpuModel);
  await one.trainStep(batch, 0.01);
  const times = await two.timedStep(batch, 0.01);
  t.deepEqual(await two.read(), await one.read());
  for (const [kernel, layer] of [
    ['convDense', 'conv'],
    ['normVectors', 'norm'],
    ['convSpikes', 'fc'],
    ['weightsSpikes', 'fc'],
  ])
    t.true(
      times.some((each) => each.kernel === kernel && each.layer === layer),
      `${kernel} of ${layer}`,
    );
  t.true(times.every(({ nanoseconds }) => nanoseconds >= 0));
  engine.dispose();
});
