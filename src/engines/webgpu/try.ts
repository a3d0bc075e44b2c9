// Checks whether a card computes right, and how fast, for `sgs doctor`: one training pass against engine plain, and training steps
// against those of engine event.
import type { Batch } from '../../data/dataset.js';
import { experiment } from '../../experiment/experiment.js';
import { convNet, resnet19 } from '../../network/architectures.js';
import { initialWeights } from '../../network/initialise.js';
import type { Network } from '../../network/layers.js';
import { sizeOf } from '../../network/parameters.js';
import { stream } from '../../random.js';
import type { Engine } from '../engine.js';
import { createPlainEngine } from '../plain/engine.js';
import { macsOf, type Measured } from './tuning.js';

/** How far a gradient may be from that of float64, of the largest of its tensor. */
const TOLERANCE = 1e-4;

/** Normal images, labels in turn. */
export function normalBatch(network: Network, examples: number): Batch {
  const shape = [examples, ...network.input];
  const { normal } = stream(1, 'probe', 'webgpu');
  return {
    x: Float32Array.from({ length: sizeOf(shape) }, normal),
    shape,
    labels: Int32Array.from({ length: examples }, (_, i) => i % network.classes),
  };
}

/** The net and the batch of the check: no potential lies near a jump, as a test asserts. */
export function checkedPass() {
  const network = convNet({ classes: 4, width: 0.125, size: 8 });
  const settings = experiment({ steps: 2 });
  return { network, settings, weights: initialWeights(network, 1), batch: normalBatch(network, 4) };
}

/** Says in words what an engine computes wrong; undefined where nothing is. */
export async function wrongOf(engine: Engine): Promise<string | undefined> {
  const { network, settings, weights, batch } = checkedPass();
  const model = engine.createModel(network, settings, weights);
  try {
    const got = await model.gradients(batch);
    const want = await createPlainEngine().createModel(network, settings, weights).gradients(batch);
    for (const [name, { data }] of Object.entries(want.gradients)) {
      const largest = Math.max(...data.map(Math.abs));
      const off =
        Math.max(...data.map((value, i) => Math.abs(value - got.gradients[name].data[i]))) / largest;
      if (!(off <= TOLERANCE))
        return `the gradient of ${name} is off by ${off.toExponential(1)} of its largest`;
    }
    return undefined;
  } catch (error) {
    return (error as Error).message;
  } finally {
    model.dispose();
  }
}

/** The networks that are measured, small ones first. */
const NETWORKS = (): Network[] => [
  ...[0.25, 0.5, 1].map((width) => convNet({ classes: 10, width })),
  ...[0.25, 0.5].map((width) => resnet19({ classes: 10, width })),
];
const BATCH = 32;
const STEPS = 3;

/** Seconds of a training step: the median of three, after one that compiles. */
async function secondsOf(engine: Engine, network: Network, examples: number): Promise<number> {
  const settings = experiment({ steps: 2 });
  const batch = normalBatch(network, examples);
  const model = engine.createModel(network, settings, initialWeights(network, 1));
  try {
    const taken: number[] = [];
    for (let i = 0; i <= STEPS; i++) {
      const started = performance.now();
      await model.trainStep(batch, 1e-3);
      if (i > 0) taken.push((performance.now() - started) / 1000);
    }
    return taken.sort((a, b) => a - b)[(STEPS - 1) / 2];
  } finally {
    model.dispose();
  }
}

/**
 * Times both engines at networks of several sizes.
 *
 * @param networks - default: convNet and ResNet-19 at several widths
 * @param examples - of a batch; default 32
 */
export async function measureSizes(
  { event, webgpu }: { event: Engine; webgpu: Engine },
  networks: readonly Network[] = NETWORKS(),
  examples = BATCH,
): Promise<Measured[]> {
  const all: Measured[] = [];
  for (const network of networks)
    all.push({
      ...{ network: network.name, macs: macsOf(network) },
      event: await secondsOf(event, network, examples),
      webgpu: await secondsOf(webgpu, network, examples),
    });
  return all;
}
