// Readouts on all engines: potentials, rates, votes, the last step.
import test from 'ava';
import type { Batch } from '../../src/data/dataset.js';
import type { Engine } from '../../src/engines/engine.js';
import { openEngine } from '../../src/engines/open.js';
import { SettingsError } from '../../src/errors.js';
import { experiment, type ExperimentInput } from '../../src/experiment/experiment.js';
import { experimentNetwork } from '../../src/experiment/network.js';
import { toNir } from '../../src/interchange/nir/to-graph.js';
import { inference } from '../../src/measures/inference.js';
import { initialWeights } from '../../src/network/initialise.js';
import { sizeOf } from '../../src/network/parameters.js';
import { normals, worstDifference, worstOfAll } from '../helpers/tensors.js';

const plain = await openEngine({ engine: 'plain' });
const tfjs = await openEngine({ engine: 'tfjs', backend: 'cpu' });
const event = await openEngine({ engine: 'event', threads: 2 });
test.after.always(() => [plain, tfjs, event].forEach((engine) => engine.dispose()));

const SHAPE: [number, number, number] = [6, 6, 2];
const CLASSES = 3;
const base: ExperimentInput = {
  ...{ network: { architecture: 'convNet', width: 0.2, convolutions: 2 }, steps: 3 },
  neuron: { theta: 0.2 },
};
const batch: Batch = {
  ...{ x: normals('x', 5 * sizeOf(SHAPE)), shape: [5, ...SHAPE], labels: Int32Array.of(0, 1, 2, 0, 1) },
};

async function look(engine: Engine, given: ExperimentInput) {
  const how = experiment({ ...base, ...given });
  const network = experimentNetwork(how, SHAPE, CLASSES);
  const model = engine.createModel(network, how, initialWeights(network, 3));
  const pass = await model.gradients(batch);
  const { logits, loss } = await model.evaluate(batch);
  model.dispose();
  return { ...pass, logits, evaluated: loss };
}

const layers: ExperimentInput['network'] = {
  layers: [
    ...[
      { type: 'conv2d', name: 'conv', in: 2, out: 8 } as const,
      { type: 'batchNorm', name: 'bn', channels: 8 } as const,
    ],
    ...[{ type: 'lif', name: 'lif' } as const, { type: 'flatten', name: 'flat' } as const],
    { type: 'linear', name: 'fc', in: 288, out: 6 },
  ],
};
const CASES: Record<string, ExperimentInput> = {
  'rate of two votes, rateMse': { readout: { kind: 'rate', voting: 2 }, loss: { kind: 'rateMse' } },
  'potential with a leak after the last step': { readout: { kind: 'potential', leak: 0.7 } },
  'potential, its mean, tet, three votes': {
    ...{
      readout: { kind: 'potential', leak: 0.5, time: 'mean', voting: 3 },
      loss: { kind: 'tet', lambda: 0.2 },
    },
  },
  'votes, layers of ones own': { readout: { voting: 2 }, network: layers },
  'rate and what judges neurons': { readout: { kind: 'rate' }, loss: [{}, { kind: 'spikeRate', weight: 3 }] },
  'potential of a list, another surrogate': {
    ...{
      readout: { kind: 'potential' },
      loss: [{}, { kind: 'imLoss' }],
      neuron: { theta: 0.2, surrogate: { name: 'atan' } },
    },
  },
};
// Of a surrogate that neurons are not shipped with the last would be compiled: too long for a fast test on engine event.
for (const [name, given] of Object.entries(CASES))
  test(`${name}: gradients, logits and losses of tfjs and event are those of engine plain within 2e-5`, async (t) => {
    const want = await look(plain, given);
    t.is(want.logits.length, 5 * CLASSES);
    for (const engine of given.neuron ? [tfjs] : [tfjs, event]) {
      const got = await look(engine, given);
      const off = worstOfAll(got.gradients, want.gradients);
      t.log(engine.numerics.engine, off.toExponential(1));
      t.true(off < 2e-5);
      t.true(worstDifference(got.logits, want.logits) < 2e-5);
      t.true(Math.abs(got.loss / want.loss - 1) < 2e-6);
      t.true(Math.abs(got.evaluated / want.evaluated - 1) < 2e-6);
    }
  });

test('limits: one vote is no vote; a potential that forgets all is the mean of currents, one that forgets nothing T times it', async (t) => {
  for (const engine of [plain, tfjs, event]) {
    const usual = await look(engine, {});
    t.deepEqual(await look(engine, { readout: { kind: 'mean', voting: 1 } }), usual);
    const forgetful = await look(engine, { readout: { kind: 'potential', leak: 0, time: 'mean' } });
    t.true(worstOfAll(forgetful.gradients, usual.gradients) < 1e-6);
    const whole = await look(engine, { readout: { kind: 'potential' } });
    t.true(
      worstDifference(
        whole.logits,
        usual.logits.map((z) => 3 * z),
      ) < 1e-5,
    );
  }
});

test('a potential that is read is no spike: it has no rate and no strength of SGS', async (t) => {
  const how = experiment({
    ...base,
    readout: { kind: 'potential' },
    neuron: { delta: { layers: [0.1, 0.2] } },
  });
  const network = experimentNetwork(how, SHAPE, CLASSES);
  for (const engine of [plain, tfjs, event]) {
    const model = engine.createModel(network, how, initialWeights(network, 3));
    const { activity } = await model.evaluate(batch, { activity: true });
    model.dispose();
    const neurons = activity!.filter(({ kind }) => kind === 'neuron').map(({ layer }) => layer);
    t.deepEqual(neurons, ['conv1.lif', 'conv2.lif'], engine.numerics.engine);
  }
});

test('rates are counts over steps; inference of one example reads as evaluate does', async (t) => {
  const { logits } = await look(event, { readout: { kind: 'rate' } });
  for (const rate of logits) t.true(Math.abs(3 * rate - Math.round(3 * rate)) < 1e-6 && rate <= 1);
  for (const given of [{ kind: 'rate', voting: 2 } as const, { kind: 'potential', voting: 2 } as const]) {
    const how = experiment({ ...base, readout: given });
    const network = experimentNetwork(how, SHAPE, CLASSES);
    const one = inference(network, initialWeights(network, 3), how)([batch.x.slice(0, sizeOf(SHAPE))]);
    const all = await look(plain, { readout: given });
    t.true(worstDifference(one.logits, all.logits.slice(0, CLASSES)) < 1e-6);
  }
});

test('an ANN twin, and neurons that hand on no spikes, have no such readout', (t) => {
  const refused = (given: ExperimentInput, message: RegExp): void =>
    void t.throws(() => experimentNetwork(experiment(given), SHAPE, CLASSES), {
      instanceOf: SettingsError,
      message,
    });
  const twin = { architecture: 'convNet', twin: 'ann' } as const;
  refused({ network: twin, readout: { kind: 'rate' } }, /readout.kind is rate, and an ANN twin has neither/);
  refused({ readout: { kind: 'rate' }, neuron: { model: 'liaf' } }, /rate, and liaf hands on other values/);
  refused({ readout: { voting: 2 }, network: { layers: layers.layers!.slice(0, 2) } }, /expected \[1,1,6\]/);
});

test('NIR: rates are exported as neurons; votes, the last step and potentials are refused by name', (t) => {
  const graphOf = (readout: ExperimentInput['readout']) => {
    const how = experiment({ ...base, readout });
    const network = experimentNetwork(how, SHAPE, CLASSES);
    return toNir(network, initialWeights(network, 3), how);
  };
  t.is(graphOf({ kind: 'rate' }).nodes.get('readout')?.type, 'LIF');
  for (const [readout, message] of [
    [{ voting: 2 }, /read of 2 outputs that vote for each class, and NIR has nothing that says so/],
    [{ kind: 'potential', voting: 2 }, /2 outputs that vote for each class, at the last step, and NIR/],
    [{ kind: 'potential', time: 'mean' }, /readout \(neuron\)|readout.*equations/],
  ] as const)
    t.throws(() => graphOf(readout), { instanceOf: SettingsError, message });
});
