// Engines against each other with other settings of the neurons: loss, gradients and logits of a small network.
import type { ExecutionContext } from 'ava';
import type { Engine, Model } from '../../src/engines/engine.js';
import { createEventEngine } from '../../src/engines/event/engine.js';
import { createPlainEngine } from '../../src/engines/plain/engine.js';
import { createTfjsEngine } from '../../src/engines/tfjs/engine.js';
import { experiment, type ExperimentInput } from '../../src/experiment/experiment.js';
import { experimentNetwork } from '../../src/experiment/network.js';
import type { TensorMap } from '../../src/network/parameters.js';
import { sizeOf } from '../../src/network/parameters.js';
import { glifByStep } from '../../src/neurons/glif.js';
import { weightsOf } from './networks.js';
import { normals, worstDifference, worstOfAll } from './tensors.js';

const SHAPE: [number, number, number] = [7, 7, 2];
/** Residual, spikes that are added, pools, an odd number of pixels and channels. */
const LAYERS = [
  { type: 'conv2d', name: 'c1', in: 2, out: 5, kernel: 3, stride: 1, padding: 1, bias: false },
  { type: 'batchNorm', name: 'b1', channels: 5 },
  { type: 'lif', name: 'l1' },
  {
    ...{ type: 'residual', name: 'r' },
    body: [
      { type: 'conv2d', name: 'c2', in: 5, out: 5, kernel: 3, stride: 1, padding: 1, bias: false },
      { type: 'batchNorm', name: 'b2', channels: 5 },
    ],
    shortcut: [],
  },
  { type: 'lif', name: 'l2' },
  { type: 'avgPool2d', name: 'p', size: 2 },
  { type: 'flatten', name: 'f' },
  { type: 'linear', name: 'fc', in: 45, out: 3, bias: true },
];

/** What one pass of a model gives. */
export interface Pass {
  loss: number;
  gradients: TensorMap;
  logits: Float32Array;
}

type Neuron = ExperimentInput['neuron'];
/** More of an experiment than its neurons. */
type More = Pick<ExperimentInput, 'batchNorm' | 'loss'>;

/** The model of the network with these neurons. */
export function modelWith(engine: Engine, neuron: Neuron, more: More = {}): Model {
  const settings = experiment({
    ...{ steps: 3, neuron, ...more },
    network: { name: 'small', layers: LAYERS as never },
  });
  const network = experimentNetwork(settings, SHAPE, 3);
  return engine.createModel(network, settings, weightsOf(network, 3));
}

const shape = [3, ...SHAPE];
/** The batch that all see. */
export const BATCH = { x: normals('x', sizeOf(shape)), shape, labels: Int32Array.of(0, 1, 2) };

/** One pass. */
export async function passOf(engine: Engine, neuron: Neuron, more: More = {}): Promise<Pass> {
  const model = modelWith(engine, neuron, more);
  const { loss, gradients } = await model.gradients(BATCH);
  const { logits } = await model.evaluate(BATCH);
  model.dispose();
  return { loss, gradients, logits };
}

/** Engines by name; `plain` is what the others are held to. */
export type Engines = Partial<Record<'tfjs' | 'event' | 'threads', Engine>> & { plain: Engine };

/** Those that need no compiler for neurons of one's own. */
export const openInterpreters = async () => ({
  plain: createPlainEngine(),
  tfjs: await createTfjsEngine({ backend: 'cpu' }),
});
/** Engine `event` with one thread and with three, and what it is held to. */
export const openCompiled = async () => ({
  plain: createPlainEngine(),
  event: await createEventEngine({ threads: 1 }),
  threads: await createEventEngine({ threads: 3 }),
});

/** Asserts that engines give what engine plain gives, within 2e-5 of the largest, and any number of threads the same bits. */
export async function agree(
  t: ExecutionContext,
  engines: Engines,
  neuron: Neuron,
  more: More = {},
): Promise<Pass> {
  const wanted = await passOf(engines.plain, neuron, more);
  const what = JSON.stringify(neuron);
  const found: Pass[] = [];
  for (const name of ['tfjs', 'event', 'threads'] as const) {
    const engine = engines[name];
    if (!engine) continue;
    const got = await passOf(engine, neuron, more);
    const off = Math.max(
      Math.abs(got.loss / wanted.loss - 1),
      worstOfAll(got.gradients, wanted.gradients),
      worstDifference(got.logits, wanted.logits),
    );
    t.true(off <= 2e-5, `${name}, ${what}: ${off}`);
    if (name !== 'tfjs') found.push(got);
  }
  if (found.length === 2)
    for (const [key, { data }] of Object.entries(found[0].gradients))
      t.true(
        data.every((value, i) => Object.is(value, found[1].gradients[key].data[i])),
        `${what}: ${key}`,
      );
  return wanted;
}

/** What neurons can be asked for besides what each of them is: every form once, of LIF and of equations. */
export const FORMS: ({ neuron: Neuron } & More)[] = [
  { neuron: { surrogate: { name: 'dspike', parameter: 2 }, delta: 0.2, scaleFloor: 0.9 } },
  { neuron: { surrogate: { name: 'exponential', height: 0.3 }, delta: 0.2, scaleFloor: 0.9 } },
  { neuron: { surrogate: { name: 'rectangle', height: 0.3 }, delta: { layers: [0.3, 0.1] } } },
  { neuron: { comparison: '>=', delta: 0.1 } },
  {
    neuron: { model: 'plif', surrogate: { name: 'rectangle', height: 0.3 }, delta: { layers: { l2: 0.2 } } },
  },
  { neuron: { model: 'plif', comparison: '>=' } },
  { neuron: { model: glifByStep(3), delta: 0.1 } },
  { neuron: { theta: 0.4, delta: 0.1, surrogate: { name: 'rectangle', parameter: 1.5, argument: 'ratio' } } },
  {
    neuron: {
      ...{ model: 'stl', parameters: { theta: 0.7 } },
      surrogate: { name: 'atan', argument: 'ratio', height: 0.3 },
    },
  },
  { neuron: { surrogate: { name: 'table', knots: [-0.7, 0.1, 0.5], values: [0.2, 1, 0.4], height: 2 } } },
  { neuron: { surrogate: { name: 'stdb', parameter: 0.4, height: 0.3 }, delta: 0.1 } },
  { neuron: { model: 'clif', surrogate: { name: 'stdb', parameter: 0.4 } } },
  {
    neuron: { surrogate: { name: 'rectangle', parameter: { rule: 'norm' } }, theta: 0.4 },
    batchNorm: { kind: 'tdbn' },
  },
  {
    neuron: { surrogate: { name: 'stdb', parameter: 0.4 }, comparison: '>=', delta: { layers: [0.3, 0.1] } },
    loss: [{ kind: 'mean' }, { kind: 'imLoss', weight: 0.1 }, { kind: 'spikeRate', weight: 0.1 }],
  },
];
