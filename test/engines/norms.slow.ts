// Small networks at random with norms over time, normalised potentials and neuron normalisation in them, the same ones every time:
// the fast engines agree with engine plain, or the event engine refuses by name.
import test from 'ava';
import fc from 'fast-check';
import type { Batch } from '../../src/data/dataset.js';
import type { Engine, LayerProbe } from '../../src/engines/engine.js';
import { unsupportedBy } from '../../src/engines/event/engine.js';
import { openEngine } from '../../src/engines/open.js';
import { SettingsError } from '../../src/errors.js';
import { type Layer, mpbn, type Network, neuNorm, scaledNorm, stepNorm } from '../../src/network/layers.js';
import { countMacs } from '../../src/network/operations.js';
import { sizeOf } from '../../src/network/parameters.js';
import { placeLayers } from '../../src/network/shapes.js';
import { STEP_NORM_NAMES } from '../../src/norms/index.js';
import { stream } from '../../src/random.js';
import { SURROGATE_NAMES } from '../../src/surrogates/index.js';
import { Agreement, largest, within } from '../helpers/agreement.js';
import { weightsOf } from '../helpers/networks.js';
import { type Candidate, candidates } from '../helpers/random-networks.js';

const NETWORKS = 300;
const MOST_MACS = 150_000;

/** The candidate with other norms and neurons: which, its seed says. */
function varied({ network, seed, settings, ...rest }: Candidate): Candidate {
  const { uniform, integer } = stream(seed, 'probe', 'norms');
  const vary = (layers: readonly Layer[]): Layer[] =>
    layers.flatMap((layer): Layer[] => {
      if (layer.type === 'residual')
        return [{ ...layer, body: vary(layer.body), shortcut: vary(layer.shortcut) }];
      if (layer.type === 'lif') {
        const neurons = uniform() < 0.5 ? layer : mpbn(layer.name);
        return uniform() < 0.3 ? [neurons, neuNorm(`${layer.name}N`, 0.6)] : [neurons];
      }
      if (layer.type !== 'batchNorm') return [layer];
      const which = integer(0, STEP_NORM_NAMES.length);
      return which === STEP_NORM_NAMES.length
        ? [scaledNorm(layer.name, layer.channels, 0.8)]
        : [stepNorm(layer.name, layer.channels, STEP_NORM_NAMES[which], settings.steps)];
    });
  const surrogate = { name: SURROGATE_NAMES[integer(0, SURROGATE_NAMES.length - 1)] };
  return {
    ...rest,
    ...{ seed, network: { ...network, layers: vary(network.layers) } },
    // An ε that bounds by how much few values near each other are enlarged.
    settings: {
      ...settings,
      neuron: { ...settings.neuron, surrogate },
      batchNorm: { ...settings.batchNorm, kind: 'standard', epsilon: 0.1 },
    },
  };
}

function isSmall({ network, settings, examples }: Candidate): boolean {
  try {
    const macs = placeLayers(network).reduce((sum, place) => sum + countMacs(place), 0);
    return macs <= MOST_MACS / settings.steps / examples;
  } catch (error) {
    if (error instanceof SettingsError) return false;
    throw error;
  }
}

function batchOf({ network, settings, examples, dynamic, seed }: Candidate): Batch {
  const shape = [...(dynamic ? [settings.steps] : []), examples, ...network.input];
  const random = stream(seed, 'probe', 'batch');
  return {
    x: Float32Array.from({ length: sizeOf(shape) }, () => random.normal()),
    shape,
    labels: Int32Array.from({ length: examples }, () => random.integer(0, network.classes - 1)),
  };
}

const has = ({ layers }: Network, type: Layer['type']): boolean =>
  JSON.stringify(layers).includes(`"${type}"`);

test('random networks: loss within 1e-5, gradients within 1e-4 of the largest, logits within 1e-4, running statistics within 1e-5; where spikes differ no gradient is compared, in fewer than 1 of 20', async (t) => {
  t.timeout(900_000);
  const plain = await openEngine({ engine: 'plain' });
  const fast: [string, Engine][] = [
    ['event', await openEngine({ engine: 'event', threads: 2 })],
    ['tfjs', await openEngine({ engine: 'tfjs', backend: 'wasm' })],
  ];
  const agreement = new Agreement();
  const counts = { compared: 0, flipped: 0, refused: 0, mpbn: 0, neuNorm: 0, stepNorm: 0 };
  const chosen = fc.sample(candidates, { numRuns: NETWORKS, seed: 1 }).map(varied).filter(isSmall);
  for (const candidate of chosen) {
    const { network, settings } = candidate;
    const batch = batchOf(candidate);
    const weights = weightsOf(network, candidate.seed);
    const look = async (engine: Engine) => {
      const model = engine.createModel(network, settings, weights);
      const gradients = await model.gradients(batch);
      const probes = await model.probe(batch);
      await model.trainStep(batch, 0);
      const { logits } = await model.evaluate(batch);
      const running = (await model.read()).weights;
      model.dispose();
      return { ...gradients, probes, logits, running };
    };
    const theirs = await look(plain);
    if (!Number.isFinite(theirs.loss)) continue;
    for (const type of ['mpbn', 'neuNorm', 'stepNorm'] as const) counts[type] += Number(has(network, type));
    const most = Math.max(...Object.values(theirs.gradients).map(({ data }) => largest(data)));
    for (const [name, engine] of fast) {
      if (name === 'event' && unsupportedBy(network, settings) !== undefined) {
        counts.refused += 1;
        continue;
      }
      const ours = await look(engine);
      const where = `${name} ${JSON.stringify(candidate)}`;
      const rates = (probes: LayerProbe[]): string =>
        JSON.stringify(probes.map(({ spikeRate }) => spikeRate.map((rate) => rate.toFixed(5))));
      if (rates(ours.probes) !== rates(theirs.probes)) {
        counts.flipped += 1;
        continue;
      }
      counts.compared += 1;
      agreement.compare('loss', where, [ours.loss], [theirs.loss], Math.max(1, Math.abs(theirs.loss)));
      agreement.compareTensors('gradient', where, ours.gradients, theirs.gradients, () => most || 1);
      agreement.compare('logits', where, ours.logits, theirs.logits, Math.max(1, largest(theirs.logits)));
      for (const [tensor, { data }] of Object.entries(theirs.running))
        if (tensor.includes('.running'))
          agreement.compare(
            'running',
            `${tensor} ${where}`,
            ours.running[tensor].data,
            data,
            Math.max(1, largest(data)),
          );
    }
  }
  t.log(JSON.stringify(counts));
  for (const [, engine] of fast) engine.dispose();
  t.true(counts.flipped < counts.compared / 20);
  t.true(Math.min(counts.mpbn, counts.neuNorm, counts.stepNorm) > NETWORKS / 20);
  within(t, agreement, { loss: 1e-5, gradient: 1e-4, logits: 1e-4, running: 1e-5 });
});
