// Networks whose neurons or surrogates are equations on a driver, against engine plain, which interprets them in float64.
import type { Engine, Model } from '../../../src/engines/engine.js';
import { createPlainEngine } from '../../../src/engines/plain/engine.js';
import { createWebgpuEngine } from '../../../src/engines/webgpu/engine.js';
import { experiment } from '../../../src/experiment/experiment.js';
import { withNeurons } from '../../../src/network/architectures.js';
import { initialWeights } from '../../../src/network/initialise.js';
import type { Network } from '../../../src/network/layers.js';
import { modelOf, type NeuronInput } from '../../../src/neurons/settings.js';
import { Agreement, largest, within } from '../../helpers/agreement.js';
import { batchOf, CASES, NETWORK, TIGHT } from '../../helpers/equation-places.js';
import { testOnDriver } from '../../helpers/gpu.js';
import { worstOfAll } from '../../helpers/tensors.js';

const UPDATES = 3;
/** Learned by a layer and by single neurons, analog, a surrogate with an equation; the others compile (plan.test.ts). */
const CHOSEN = [
  'plif',
  'stl',
  'liaf',
  'clif with a surrogate of one’s own',
  'lif with a surrogate of one’s own',
];

const plif = modelOf('plif');
const BY_CHANNEL = {
  ...{ ...plif, name: 'byChannel' },
  parameters: { ...plif.parameters, w: { per: 'channel', learned: true, initial: 0.1 } },
};

const testWithDriver = await testOnDriver();

function modelOn(engine: Engine, neuron: NeuronInput, places: Network): Model {
  const optimizer = { kind: 'adam', weightDecay: 1e-2, neuronRate: 0.5 };
  const settings = experiment({
    steps: 3,
    neuron,
    lipschitz: { beta: 1e-3 },
    optimizer,
    batchNorm: { momentum: 1 },
  } as never);
  const given = 'model' in neuron && neuron.model !== 'lif' ? neuron.model : undefined;
  const network = given === undefined ? places : withNeurons(places, modelOf(given as never));
  const weights = initialWeights(network, 3);
  weights['l1.weight'].data.forEach((value, i, all) => (all[i] = 12 * value)); // so that the last neurons fire
  return engine.createModel(network, settings, weights);
}

testWithDriver(
  `neurons and surrogates of equations, learned by layer, channel and neuron: loss, gradients, logits and probes within 6e-5 of engine plain, activity exact, static images and frames; all that is learned after ${UPDATES} updates within 2e-4`,
  async (t) => {
    const engine = await createWebgpuEngine();
    const agreement = new Agreement();
    const how = { surrogate: { name: 'atan' }, delta: 0.1 };
    const cases: [string, unknown, Network?][] = [
      ...CASES.filter(([name]) => CHOSEN.includes(name)),
      ['by channel', { ...how, model: BY_CHANNEL }],
      ['plif behind two norms, before a pool', { ...how, model: 'plif' }, TIGHT],
    ];
    t.is(cases.length, CHOSEN.length + 2);
    for (const [i, [name, neuron, network = NETWORK]] of cases.entries()) {
      const batch = batchOf(network, 5, 'x', i % 2 === 0 ? 3 : undefined);
      const look = async (on: Engine) => {
        const model = modelOn(on, neuron as NeuronInput, network);
        const step = await model.gradients(batch);
        const probes = await model.probe(batch, { traces: { n2: [0, 17] } });
        await model.trainStep(batch, 0); // running statistics become those of the batch
        const evaluation = await model.evaluate(batch, { activity: true });
        for (let update = 0; update < UPDATES; update++) await model.trainStep(batch, 1e-3);
        const { weights } = await model.read();
        model.dispose();
        return { step, evaluation, probes, weights };
      };
      const [got, wanted] = [await look(engine), await look(createPlainEngine())];
      t.deepEqual(Object.keys(got.step.gradients).sort(), Object.keys(wanted.step.gradients).sort());
      agreement.compare('loss', name, [got.step.loss], [wanted.step.loss]);
      agreement.compare('gradient', name, [worstOfAll(got.step.gradients, wanted.step.gradients)], [0], 1);
      agreement.compare('logits', name, got.evaluation.logits, wanted.evaluation.logits);
      t.deepEqual(got.evaluation.activity, wanted.evaluation.activity, name);
      const fired = wanted.evaluation.activity!.filter(({ kind }) => kind === 'neuron');
      t.true(
        fired.every(({ nonZero }) => largest(nonZero) > 0),
        `${name}: ${JSON.stringify(fired.map(({ layer, nonZero }) => [layer, nonZero]))}`,
      );
      for (const [k, probe] of got.probes.entries()) {
        t.deepEqual(probe.spikeRate, wanted.probes[k].spikeRate, `${name}, ${probe.layer}`);
        for (const key of ['gradientNorm', 'windowDensity', 'negativeScales'] as const)
          agreement.compare('probe', `${name}, ${probe.layer}`, probe[key], wanted.probes[k][key]);
      }
      agreement.compare('learned', name, [worstOfAll(got.weights, wanted.weights)], [0], 1);
    }
    within(t, agreement, { loss: 6e-5, gradient: 6e-5, logits: 6e-5, probe: 6e-5, learned: 2e-4 });
    engine.dispose();
  },
);
