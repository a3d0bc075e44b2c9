// Whole nets on a driver: passes, updates, evaluation, activity and probes against engine plain (float64), on batches in which no
// potential lies within 1e-5 of a jump; and the same bits every time.
import type { ExecutionContext } from 'ava';
import type { Batch } from '../../../src/data/dataset.js';
import type { Engine, Model, ModelSettings } from '../../../src/engines/engine.js';
import { createEventEngine } from '../../../src/engines/event/engine.js';
import { createPlainEngine } from '../../../src/engines/plain/engine.js';
import { Gpu } from '../../../src/engines/webgpu/gpu.js';
import { GpuModel } from '../../../src/engines/webgpu/model.js';
import { createWebgpuEngine } from '../../../src/engines/webgpu/engine.js';
import { type ExperimentInput, experiment } from '../../../src/experiment/experiment.js';
import { annTwin, convNet, resnet19, vggsnn } from '../../../src/network/architectures.js';
import { initialWeights } from '../../../src/network/initialise.js';
import type { Network } from '../../../src/network/layers.js';
import { sizeOf, type TensorMap } from '../../../src/network/parameters.js';
import { Agreement, largest, within } from '../../helpers/agreement.js';
import { testOnDriver } from '../../helpers/gpu.js';
import { isClearOfJumps } from '../../helpers/jumps.js';
import { normals } from '../../helpers/tensors.js';

const RATE = 1e-3;
const UPDATES = 3;

interface Net {
  name: string;
  network: Network;
  settings: ModelSettings;
  start: TensorMap;
  batch: Batch;
}

function net(name: string, network: Network, given: ExperimentInput, seed: number, frames = false): Net {
  const settings = experiment(given);
  const count = 6;
  const shape = [...(frames ? [settings.steps] : []), count, ...network.input];
  const labels = Int32Array.from({ length: count }, (_, i) => i % network.classes);
  const x = normals(`${name}, seed ${seed}`, sizeOf(shape));
  const start = initialWeights(network, seed);
  // So that neurons fire in inference too.
  for (const tensor of Object.keys(start))
    if (tensor.endsWith('.runningVariance')) start[tensor].data.fill(0.05);
  return { name, network, settings, start, batch: { x, shape, labels } };
}

/** Of its gradient a bias before a batch norm has rounding alone: it is held to the largest of its layer. */
const scaleIn =
  (gradients: TensorMap) =>
  (name: string): number => {
    const weight = gradients[name.replace(/\.bias$/, '.weight')];
    return Math.max(
      largest(gradients[name].data),
      /\.(conv|fc)\.bias$/.test(name) ? largest(weight.data) : 0,
    );
  };

const NETS: ((seed: number) => Net)[] = [
  (seed) => net('convNet', convNet({ classes: 4, width: 0.25, size: 12 }), { steps: 2 }, seed),
  (seed) =>
    net('ResNet-19, width 1/16', resnet19({ classes: 4, width: 1 / 16, size: 8 }), { steps: 2 }, seed),
  (seed) =>
    net(
      'vggsnn, width 1/16, frames',
      vggsnn({ classes: 4, width: 1 / 16, size: 16 }),
      { steps: 3, loss: { kind: 'tet' }, optimizer: { kind: 'sgd', learningRate: RATE }, parseval: {} },
      seed,
      true,
    ),
];

const testWithDriver = await testOnDriver();

/** The first batch of some seeds in which no potential is near a jump. */
async function clearNet(make: (seed: number) => Net): Promise<Net> {
  for (let seed = 1; seed <= 20; seed++) {
    const one = make(seed);
    if (await isClearOfJumps(one.network, one.settings, one.start, one.batch)) return one;
  }
  throw new Error('no seed of 20 has a batch without potentials near a jump');
}

const modelOn = (engine: Engine, { network, settings, start }: Net): Model =>
  engine.createModel(network, settings, start);

for (const make of NETS)
  testWithDriver(
    `${make(1).name}: loss within 5e-7 and gradients within 2e-5 of engines plain and event, probes within 1e-5, logits of an evaluation within 2e-6, activity exact; weights after ${UPDATES} updates within 1e-4 of the largest`,
    async (t) => {
      const one = await clearNet(make);
      const engine = await createWebgpuEngine();
      const [model, plain] = [modelOn(engine, one), modelOn(createPlainEngine(), one)];
      const agreement = new Agreement();
      const [got, want] = [await model.gradients(one.batch), await plain.gradients(one.batch)];
      agreement.compare('loss', one.name, [got.loss, got.classification], [want.loss, want.classification]);
      t.is(got.correct, want.correct);
      agreement.compareTensors('gradient', one.name, got.gradients, want.gradients, scaleIn(want.gradients));
      const event = await createEventEngine({ threads: 1 });
      const theirs = modelOn(event, one);
      const { gradients } = await theirs.gradients(one.batch);
      agreement.compareTensors('of event', one.name, got.gradients, gradients, scaleIn(gradients));
      for (const each of [theirs, event]) each.dispose();
      const [probes, wanted] = [await model.probe(one.batch), await plain.probe(one.batch)];
      for (const [i, probe] of probes.entries()) {
        t.deepEqual(probe.spikeRate, wanted[i].spikeRate, probe.layer);
        agreement.compare('probe', probe.layer, probe.gradientNorm, wanted[i].gradientNorm);
      }
      const options = { activity: true };
      const [evaluation, expected] = [
        await model.evaluate(one.batch, options),
        await plain.evaluate(one.batch, options),
      ];
      agreement.compare('logits', one.name, evaluation.logits, expected.logits);
      t.deepEqual(evaluation.activity, expected.activity);
      t.true(expected.activity!.every(({ nonZero }) => largest(nonZero) > 0)); // nothing is silent
      for (let i = 0; i < UPDATES; i++) {
        await model.trainStep(one.batch, RATE);
        await plain.trainStep(one.batch, RATE);
      }
      const [after, reference] = [await model.read(), await plain.read()];
      t.is(after.updates, UPDATES);
      agreement.compareTensors('weights', one.name, after.weights, reference.weights);
      const tolerances = {
        loss: 5e-7,
        gradient: 2e-5,
        'of event': 2e-5,
        probe: 1e-5,
        logits: 2e-6,
        weights: 1e-4,
      };
      within(t, agreement, tolerances);
      model.dispose();
      engine.dispose();
    },
  );

const digest = async (model: Model): Promise<unknown> => {
  const { weights, optimizer } = await model.read();
  return [weights, optimizer];
};

async function trained(t: ExecutionContext, one: Net, engine: Engine): Promise<unknown> {
  const model = modelOn(engine, one);
  for (let i = 0; i < 4; i++) t.true(Number.isFinite((await model.trainStep(one.batch, RATE)).loss));
  const made = await digest(model);
  model.dispose();
  return made;
}

testWithDriver(
  'the same bits every time: trained twice, on another engine, going on from a state, and evaluated in parts or not',
  async (t) => {
    const one = NETS[0](1);
    const engine = await createWebgpuEngine();
    const first = await trained(t, one, engine);
    t.deepEqual(await trained(t, one, engine), first);
    const other = await createWebgpuEngine();
    t.deepEqual(await trained(t, one, other), first);
    const half = modelOn(engine, one);
    for (let i = 0; i < 2; i++) await half.trainStep(one.batch, RATE);
    const rest = modelOn(other, one);
    rest.write(await half.read());
    for (let i = 0; i < 2; i++) await rest.trainStep(one.batch, RATE);
    t.deepEqual(await digest(rest), first);
    for (const model of [half, rest]) model.dispose();
    for (const each of [engine, other]) each.dispose();
    const gpu = await Gpu.open();
    const evaluated = async (limit?: number) => {
      const model = new GpuModel(gpu, one.network, one.settings, one.start, limit);
      const evaluation = await model.evaluate(one.batch, { activity: true });
      model.dispose();
      return evaluation;
    };
    t.deepEqual(await evaluated(1), await evaluated()); // one example after the other
    gpu.dispose();
  },
);

testWithDriver(
  'the ANN twin: gradients within 2e-5 of engine plain; a step that diverged says so by its loss',
  async (t) => {
    const network = annTwin(convNet({ classes: 4, width: 0.25, size: 12 }));
    const one = net('ANN twin', network, {}, 1);
    const engine = await createWebgpuEngine();
    const [model, plain] = [modelOn(engine, one), modelOn(createPlainEngine(), one)];
    const agreement = new Agreement();
    const want = await plain.gradients(one.batch);
    agreement.compareTensors(
      'gradient',
      one.name,
      (await model.gradients(one.batch)).gradients,
      want.gradients,
    );
    within(t, agreement, { gradient: 2e-5 });
    const state = await model.read();
    const last = Object.keys(state.weights).at(-1)!;
    state.weights[last].data.fill(NaN);
    model.write(state);
    t.false(Number.isFinite((await model.trainStep(one.batch, RATE)).loss));
    model.dispose();
    engine.dispose();
  },
);
