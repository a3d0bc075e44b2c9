// Networks whose neurons or surrogates are equations: engine event against engine plain, which interprets them in float64.
import test from 'ava';
import type { Model, ModelSettings } from '../../../src/engines/engine.js';
import { openEngine } from '../../../src/engines/open.js';
import { experiment } from '../../../src/experiment/experiment.js';
import { withNeurons } from '../../../src/network/architectures.js';
import { initialWeights } from '../../../src/network/initialise.js';
import type { TensorMap } from '../../../src/network/parameters.js';
import { modelOf, type NeuronInput } from '../../../src/neurons/settings.js';
import { weightsDigest } from '../../../src/records/safetensors.js';
import { largest } from '../../helpers/agreement.js';
import { batchOf, CASES, NETWORK } from '../../helpers/equation-places.js';
import { weightsOf, worstDifference, worstOfAll } from '../../helpers/tensors.js';

/** An experiment's settings and network with such neurons; threads and build of engine event. */
async function onEngine<T>(
  engine: 'event' | 'plain',
  neuron: NeuronInput,
  use: (model: Model, settings: ModelSettings) => Promise<T>,
  {
    threads = 2,
    build,
    ...more
  }: { threads?: number; build?: 'plain' | 'fma' } & Partial<ModelSettings> = {},
): Promise<T> {
  const settings = experiment({ steps: 3, neuron, lipschitz: { beta: 1e-3 }, ...more } as never);
  const given = 'model' in neuron && neuron.model !== 'lif' ? neuron.model : undefined;
  const network = given === undefined ? NETWORK : withNeurons(NETWORK, modelOf(given as never));
  const opened = await openEngine(engine === 'event' ? { engine, threads, build } : { engine });
  const model = opened.createModel(network, settings, initialWeights(network, 3));
  try {
    return await use(model, settings);
  } finally {
    model.dispose();
    opened.dispose();
  }
}

const TOLERANCE = 6e-5;

for (const [name, neuron] of CASES)
  test(`${name}: loss, gradients, logits, activity and probes within ${TOLERANCE} of engine plain, static images and frames, both builds`, async (t) => {
    let worst = 0;
    for (const frames of [undefined, 3])
      for (const build of ['plain', 'fma'] as const) {
        const batch = batchOf(NETWORK, 5, 'x', frames);
        const look = async (model: Model) => ({
          step: await model.gradients(batch),
          evaluation: await model.evaluate(batch, { activity: true }),
          probes: await model.probe(batch, { traces: { n2: [0, 17] } }),
        });
        const wanted = await onEngine('plain', neuron, look);
        const got = await onEngine('event', neuron, look, { build });
        t.deepEqual(Object.keys(got.step.gradients).sort(), Object.keys(wanted.step.gradients).sort());
        const off = {
          loss: Math.abs(got.step.loss / wanted.step.loss - 1),
          gradients: worstOfAll(got.step.gradients, wanted.step.gradients),
          logits: worstDifference(got.evaluation.logits, wanted.evaluation.logits),
        };
        for (const [what, value] of Object.entries(off)) {
          worst = Math.max(worst, value);
          t.true(value <= TOLERANCE, `${what}, ${build}, frames ${frames}: ${value}`);
        }
        t.deepEqual(got.evaluation.activity, wanted.evaluation.activity);
        t.deepEqual(
          got.probes.map(({ layer, spikeRate }) => [layer, spikeRate]),
          wanted.probes.map(({ layer, spikeRate }) => [layer, spikeRate]),
        );
        for (const [i, probe] of got.probes.entries())
          for (const key of ['gradientNorm', 'windowDensity', 'negativeScales'] as const)
            t.true(worstDifference(probe[key], wanted.probes[i][key]) <= 1e-4, `${key}, ${probe.layer}`);
      }
    t.log(worst.toExponential(1));
  });

test('weights and what is learned after 4 updates are the same bits with 1, 2, 3 and 4 threads, and after a state was written and read', async (t) => {
  for (const neuron of [{ model: 'plif' }, { model: 'stl' }, { model: 'glif' }] as NeuronInput[])
    for (const build of ['plain', 'fma'] as const) {
      const digest = (threads: number, interrupted = false): Promise<string> =>
        onEngine(
          'event',
          neuron,
          async (model) => {
            for (let i = 0; i < 4; i++) {
              await model.trainStep(batchOf(NETWORK, 6, `step ${i}`), 1e-2);
              if (interrupted) {
                const state = await model.read();
                await model.trainStep(batchOf(NETWORK, 6, 'another'), 1e-2);
                model.write(state);
              }
            }
            return weightsDigest(await weightsOf(model));
          },
          { threads, build },
        );
      const digests = [
        await digest(1),
        await digest(2),
        await digest(3),
        await digest(4),
        await digest(2, true),
      ];
      t.is(new Set(digests).size, 1, digests.join(' '));
    }
});

/** By how much parameters differ, as a share of what they may: 1e-3 of the largest movement and the last bits of float32. */
const apart = (got: TensorMap, wanted: TensorMap, start: TensorMap): number =>
  Math.max(
    ...Object.entries(wanted).map(([name, { data }]) => {
      const off = largest(data.map((value, i) => got[name].data[i] - value));
      const moved = largest(data.map((value, i) => value - start[name].data[i]));
      return off / (1e-3 * moved + 3e-7 * largest(data));
    }),
  );

test('five updates by SGD with weight decay move everything as engine plain does, within 1e-3 of the largest movement and 3e-7 of the values; what neurons learn does not decay', async (t) => {
  const optimizer = { kind: 'sgd', learningRate: 0.05, weightDecay: 0.1, momentum: 0.9 };
  for (const model of ['plif', 'stl', 'diet'] as const) {
    const train = async (one: Model) => {
      const start = await weightsOf(one);
      for (let i = 0; i < 5; i++) await one.trainStep(batchOf(NETWORK, 6, `step ${i}`), 0.05);
      return { start, end: await weightsOf(one) };
    };
    const neuron: NeuronInput = { model, surrogate: { name: 'atan' } };
    const more = { optimizer } as never;
    const wanted = await onEngine('plain', neuron, train, more);
    const got = await onEngine('event', neuron, train, more);
    const share = apart(got.end, wanted.end, wanted.start);
    t.log(`${model} ${share.toExponential(1)}`);
    t.true(share <= 1, model);
  }
});
