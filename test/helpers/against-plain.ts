// A network on engines event and tfjs, held against the readable engine: loss, gradients, logits, spikes, operations.
import type { ExecutionContext } from 'ava';
import type { Batch } from '../../src/data/dataset.js';
import type {
  Engine,
  Evaluation,
  GradientResult,
  LayerProbe,
  ModelSettings,
} from '../../src/engines/engine.js';
import { type EngineOptions, openEngine } from '../../src/engines/open.js';
import { initialWeights } from '../../src/network/initialise.js';
import type { Network } from '../../src/network/layers.js';
import { sizeOf } from '../../src/network/parameters.js';
import { Agreement, largest, within } from './agreement.js';
import { normals } from './tensors.js';

/** How a network is looked at. */
export interface Look {
  /** A frame a step in place of one image for all; default false. */
  frames?: boolean;
  /** Default 5. */
  examples?: number;
}

function batchOf({ input, classes }: Network, steps: number, { frames = false, examples = 5 }: Look): Batch {
  const shape = [...(frames ? [steps] : []), examples, ...input];
  return {
    x: normals('x', sizeOf(shape)),
    shape,
    labels: Int32Array.from({ length: examples }, (_, i) => i % classes),
  };
}

/** What an engine makes of a network at its start and of a batch, whatever `how` says. */
export async function lookAt(
  engine: Engine,
  network: Network,
  settings: ModelSettings,
  how: Look = {},
): Promise<{ gradients: GradientResult; evaluation: Evaluation; probes: LayerProbe[] }> {
  const model = engine.createModel(network, settings, initialWeights(network, 2));
  const batch = batchOf(network, settings.steps, how);
  const gradients = await model.gradients(batch);
  const probes = await model.probe(batch);
  const evaluation = await model.evaluate(batch, { activity: true });
  model.dispose();
  return { gradients, evaluation, probes };
}

const ENGINES: EngineOptions[] = [
  { engine: 'event', threads: 1 },
  { engine: 'tfjs', backend: 'wasm' },
];

/**
 * Fails where an engine is farther from `plain` than these: loss 1e-6; gradients, their norms and logits 2e-5 of the largest;
 * spikes and operations not at all.
 */
export async function agreesWithPlain(
  t: ExecutionContext,
  network: Network,
  settings: ModelSettings,
  how: Look = {},
): Promise<void> {
  const theirs = await lookAt(await openEngine({ engine: 'plain' }), network, settings, how);
  // Of all tensors: a bias before a batch norm has a gradient of nothing but rounding.
  const { gradients } = theirs.gradients;
  const most = Math.max(...Object.values(gradients).map(({ data }) => largest(data)));
  const agreement = new Agreement();
  for (const options of ENGINES) {
    const engine = await openEngine(options);
    const ours = await lookAt(engine, network, settings, how);
    engine.dispose();
    const of = (what: string): string => `${options.engine}, ${what}`;
    agreement.compare('loss', of('training'), [ours.gradients.loss], [theirs.gradients.loss]);
    agreement.compareTensors('gradient', of(''), ours.gradients.gradients, gradients, () => most);
    agreement.compare('logits', of('evaluation'), ours.evaluation.logits, theirs.evaluation.logits);
    agreement.compare('spikes', of('layers'), [ours.probes.length], [theirs.probes.length], 1);
    for (const [i, { layer, spikeRate, gradientNorm }] of theirs.probes.entries()) {
      t.is(ours.probes[i].layer, layer);
      agreement.compare('spikes', of(layer), ours.probes[i].spikeRate, spikeRate, 10);
      agreement.compare('norm', of(layer), ours.probes[i].gradientNorm, gradientNorm);
    }
    t.deepEqual(ours.evaluation.activity, theirs.evaluation.activity);
  }
  within(t, agreement, { loss: 1e-6, gradient: 2e-5, logits: 2e-5, spikes: 1e-6 });
  if (theirs.probes.length > 0) within(t, agreement, { norm: 2e-5 });
}
