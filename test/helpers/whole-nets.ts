// Whole nets over twenty updates on engine event, both builds, and TensorFlow.js, held to engine plain.
import test from 'ava';
import type { Batch } from '../../src/data/dataset.js';
import type { Engine, ModelSettings, StepResult } from '../../src/engines/engine.js';
import { openEngine } from '../../src/engines/open.js';
import { experiment } from '../../src/experiment/experiment.js';
import { convNet } from '../../src/network/architectures.js';
import { initialWeights } from '../../src/network/initialise.js';
import type { Network } from '../../src/network/layers.js';
import { sizeOf, type TensorMap } from '../../src/network/parameters.js';
import { surrogates } from '../../src/surrogates/index.js';
import { type NamedSurrogate, surrogateParameter } from '../../src/surrogates/settings.js';
import { Agreement, largest, within } from './agreement.js';
import { normals } from './tensors.js';

/** Of a training. */
export const UPDATES = 20;
const RATE = 0.01; // at most: at 0.1, as some of the trainings had it, a net falls silent

const engines = {
  plain: { engine: 'event', build: 'plain', threads: 1 },
  fma: { engine: 'event', build: 'fma', threads: 1 },
  wasm: { engine: 'tfjs', backend: 'wasm' },
  float64: { engine: 'plain' },
} as const;
/** An engine and build. */
export type Name = keyof typeof engines;
const opened = new Map<Name, Promise<Engine>>();
/** The engine, opened when it is first asked for. */
export function engine(name: Name): Promise<Engine> {
  const already = opened.get(name) ?? openEngine(engines[name]);
  opened.set(name, already);
  return already;
}
test.after.always(async () => {
  for (const one of opened.values()) (await one).dispose();
});

/** A tolerance as a title has it. */
export const e = (tolerance: number): string => tolerance.toExponential();

// Without flips

// The weights furthest off are single ones that hardly have a gradient, which Adam divides by its own size.
const LOSS = 5e-7; // worst seen 1.6e-7
const GRADIENT = 2e-5; // worst seen 5.8e-6
const WEIGHT = 2e-4; // worst seen 6.8e-5, the same of all three: what float32 costs
const STATISTIC = 3e-6; // worst seen 9.7e-7
const SHARE = 1e-6; // of neurons: one is at least 1e-4

/** A net with the data of its training. */
export interface Net {
  name: string;
  network: Network;
  settings: ModelSettings;
  start: TensorMap;
  batches: Batch[];
}

/** The small net on normal images. */
export function desk(seed: number): Net {
  const network = convNet({ classes: 4, width: 0.25, size: 12 });
  const shape = [8, ...network.input];
  const batches = Array.from({ length: UPDATES }, (_, i) => ({
    x: normals(`seed ${seed}, update ${i}`, sizeOf(shape)),
    shape,
    labels: Int32Array.from({ length: 8 }, (_, example) => example % 4),
  }));
  const start = initialWeights(network, seed);
  return { name: `convNet, seed ${seed}`, network, settings: experiment(), start, batches };
}

interface Run {
  results: StepResult[];
  /** Shares of neurons that fire, of every update, layer and step. */
  spikes: number[][];
  /** Shares of potentials within the surrogate's edges, where it has any. */
  windows: number[][];
  weights: TensorMap;
  gradients: TensorMap;
}

async function run(name: Name, net: Net, updates: number): Promise<Run> {
  const { network, settings, start, batches } = net;
  const model = (await engine(name)).createModel(network, settings, start);
  const [results, spikes, windows]: [StepResult[], number[][], number[][]] = [[], [], []];
  const surrogate = settings.neuron.surrogate as NamedSurrogate;
  const edges = surrogates[surrogate.name].support(surrogateParameter(surrogate)) < Infinity;
  for (let i = 0; i < updates; i++) {
    const batch = batches[i % batches.length];
    const probes = await model.probe(batch);
    spikes.push(probes.flatMap(({ spikeRate }) => spikeRate));
    windows.push(probes.flatMap(({ windowDensity }) => (edges ? windowDensity : [])));
    results.push(await model.trainStep(batch, Math.min(RATE, settings.optimizer.learningRate)));
  }
  const { weights } = await model.read();
  const { gradients } = await model.gradients(batches[0]);
  model.dispose();
  return { results, spikes, windows, weights, gradients };
}

/** The training of a net on which no spike flips at the threshold. */
export function testWithoutFlips(net: Net, updates = UPDATES): void {
  test.serial(
    `${net.name}: in ${updates} updates as many spikes in every layer as on engine plain, loss within ${e(LOSS)}; then gradients within ${e(GRADIENT)} of their largest, weights within ${e(WEIGHT)} and running statistics within ${e(STATISTIC)} of their largest movement`,
    async (t) => {
      const theirs = await run('float64', net, updates);
      t.true(
        Object.values(theirs.gradients).every(({ data }) => largest(data) > 0),
        'every layer still learns',
      );
      for (const build of ['plain', 'fma', 'wasm'] as const) {
        const ours = await run(build, net, updates);
        const agreement = new Agreement();
        for (let i = 0; i < updates; i++) {
          const where = `${build}, update ${i}`;
          agreement.compare('spike', where, ours.spikes[i], theirs.spikes[i], 1);
          agreement.compare('window', where, ours.windows[i], theirs.windows[i], 1);
          agreement.compare('loss', where, [ours.results[i].loss], [theirs.results[i].loss]);
          agreement.compare('correct', where, [ours.results[i].correct], [theirs.results[i].correct], 1);
        }
        agreement.compareTensors('gradient', build, ours.gradients, theirs.gradients);
        for (const [name, tensor] of Object.entries(theirs.weights)) {
          const movement = largest(tensor.data.map((value, i) => value - net.start[name].data[i]));
          const kind = name.includes('.running') ? 'statistic' : 'weight';
          agreement.compareTensors(kind, build, ours.weights, { [name]: tensor }, () => movement);
        }
        const tolerances = { loss: LOSS, gradient: GRADIENT, weight: WEIGHT, statistic: STATISTIC };
        within(t, agreement, { spike: SHARE, window: SHARE, correct: 0, ...tolerances });
      }
    },
  );
}
