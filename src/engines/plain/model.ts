// A network with weights on the plain engine: parameters in float64 by name, one pass after the other.
import type { Batch } from '../../data/dataset.js';
import type { LayerMoments } from '../../learning/losses/neuron-terms.js';
import { lossOfOutputs, objective } from '../../learning/losses/objective.js';
import { optimizerFor, rateFor, slotNames, updated } from '../../learning/optimizers/index.js';
import { parseval, regularisers } from '../../learning/regularisers/index.js';
import type { Network } from '../../network/layers.js';
import { isTrainable, parameterSpecs, sizeOf, type TensorMap } from '../../network/parameters.js';
import { placeLayers } from '../../network/shapes.js';
import { gradientInForce } from '../../neurons/in-force.js';
import { neuronActivity, synapseActivity } from '../activity.js';
import { overTime } from '../batch.js';
import type { LayerActivity, LayerProbe, Model, ModelSettings } from '../engine.js';
import { judgingOf } from '../judging.js';
import { openProbe } from '../probe.js';
import { settledNeuron, tunedNeuron } from '../settled.js';
import { checkState, emptySlots } from '../state.js';
import type { ChannelMoments } from './batch-norm.js';
import { forward } from './forward.js';
import type { Pass } from './pass.js';

/** Float64 arrays by name. */
type Arrays = Map<string, Float64Array>;

/** The model of the `plain` engine; see the interface for what each method does. */
export function plainModel(network: Network, given: ModelSettings, start: TensorMap): Model {
  let settings = { ...given, neuron: settledNeuron(network, given.neuron) };
  const placed = new Map(placeLayers(network).map((place) => [place.layer.name, place]));
  const specs = new Map(parameterSpecs(network).map((spec) => [spec.name, spec]));
  const trainable = [...specs.values()].filter(isTrainable);
  const judging = judgingOf(network, settings.loss);
  let weights: Arrays = new Map();
  let slots: Arrays = new Map(); // by `<parameter>/<slot>`
  let updates = 0;

  const model: Model = {
    network,
    get settings() {
      return settings;
    },
    async trainStep(batch, learningRate) {
      const { result, gradients, statistics } = trainingPass(batch);
      const { optimizer, parseval: step, batchNorm } = settings;
      updates += 1;
      for (const [name, gradient] of gradients) {
        const keys = slotNames(optimizer).map((slot) => `${name}/${slot}`);
        const old = { parameter: weights.get(name)!, slots: keys.map((key) => slots.get(key)!) };
        const spec = specs.get(name)!;
        const [own, rate] = [optimizerFor(spec, optimizer), rateFor(spec, optimizer, learningRate)];
        const moved = updated(old, gradient, own, rate, updates);
        weights.set(name, moved.parameter);
        keys.forEach((key, i) => slots.set(key, moved.slots[i]));
      }
      for (const { name, shape } of parseval.weights(trainable, step))
        weights.set(name, parseval.plain(weights.get(name)!, shape[0], step!.beta));
      for (const [layer, { mean, variance }] of statistics)
        for (const [what, values] of Object.entries({ Mean: mean, Variance: variance })) {
          const running = weights.get(`${layer}.running${what}`)!;
          const { momentum } = batchNorm;
          values.forEach((value, c) => (running[c] = (1 - momentum) * running[c] + momentum * value));
        }
      return result;
    },
    async gradients(batch) {
      const { result, gradients } = trainingPass(batch);
      return { ...result, gradients: named(gradients) };
    },
    async evaluate(batch, { activity = false } = {}) {
      const { steps } = settings;
      const counts: LayerActivity[] = [];
      const { y } = forward(inputOf(batch), {
        ...passOf(batch, false),
        ...(activity && {
          onSynapses: (layer, input, geometry) => counts.push(synapseActivity(layer, input, geometry, steps)),
          onNeurons: (layer, { o }) => counts.push(neuronActivity(layer, o, steps)),
        }),
      });
      const { mean, loss, correct } = lossOfOutputs(y, batch.labels, steps, network, settings.loss);
      return { logits: mean, loss, correct, ...(activity && { activity: counts }) };
    },
    async probe(batch, { traces = {} } = {}) {
      const probes = new Map<string, LayerProbe>();
      trainingPass(batch, {
        onFirings(layer, seen, back) {
          const size = sizeOf(placed.get(layer)!.output);
          const gradient = gradientInForce(settings.neuron, layer);
          const probe = openProbe(layer, settings.steps, size, gradient, traces[layer]);
          probe.add(seen, back);
          probes.set(layer, probe.result());
        },
      });
      return [...placed.keys()].flatMap((layer) => probes.get(layer) ?? []); // the way back met the last first
    },
    tune(tuning) {
      settings = { ...settings, neuron: tunedNeuron(network, settings.neuron, tuning) };
    },
    async read() {
      return { weights: named(weights), optimizer: named(slots), updates };
    },
    write(state) {
      checkState(state, network, settings.optimizer);
      const arrays = (tensors: TensorMap, names: Iterable<string>): Arrays =>
        new Map([...names].map((name) => [name, Float64Array.from(tensors[name].data)]));
      weights = arrays(state.weights, specs.keys());
      slots = arrays(state.optimizer, Object.keys(state.optimizer));
      ({ updates } = state);
    },
    dispose() {
      weights.clear();
      slots.clear();
    },
  };
  model.write({ weights: start, optimizer: emptySlots(network, settings.optimizer), updates });
  return model;

  /** Forward and backward: the loss, `∂L/∂logits`, back through the layers, and the penalty's own gradient. */
  function trainingPass(batch: Batch, watch: Partial<Pass> = {}) {
    const gradients: Arrays = new Map(trainable.map(({ name }) => [name, new Float64Array(0)])); // in this order
    const statistics: [layer: string, moved: ChannelMoments][] = []; // in the order in which running ones move
    const moments: LayerMoments[] = [];
    const { y, back } = forward(inputOf(batch), {
      ...passOf(batch, true),
      ...watch,
      ...(judging && { judging: { ...judging, onMoments: (found) => moments.push(found) } }),
      onGradient: (name, gradient) => gradients.set(name, gradient),
      onStatistics: (layer, moved) => statistics.push([layer, moved]),
    });
    const ofLogits = lossOfOutputs(y, batch.labels, settings.steps, network, settings.loss);
    const { neurons, terms } = objective(settings.loss, ofLogits.terms, moments);
    back(ofLogits.gradient);
    let lipschitz = 0;
    const { beta } = settings.lipschitz;
    for (const { name, shape } of regularisers.lipschitz.weights(trainable, settings.lipschitz)) {
      const { penalty, gradient: pull } = regularisers.lipschitz.plain(weights.get(name)!, shape[0]);
      lipschitz += beta * penalty;
      const pulled = gradients.get(name)!.map((value, i) => value + beta * pull[i]);
      gradients.set(name, pulled);
    }
    const { loss: classification, correct } = ofLogits;
    const loss = classification + neurons + lipschitz;
    const result = { loss, classification, lipschitz, correct, ...(terms && { terms }) };
    return { result, gradients, statistics };
  }

  function passOf({ labels }: Batch, training: boolean): Pass {
    const parameter = (name: string): Float64Array => weights.get(name)!;
    return { network, settings, placed, batch: labels.length, training, parameter };
  }

  function inputOf(batch: Batch): Float64Array {
    if (weights.size === 0) throw new Error('engine plain: the model is disposed; create it again');
    return overTime(batch, network, settings.steps);
  }

  /** Copies with their shapes; a slot has the shape of its parameter. */
  function named(arrays: Arrays): TensorMap {
    const shape = (name: string): number[] => [...specs.get(name.replace(/\/[^/]*$/, ''))!.shape];
    return Object.fromEntries(
      [...arrays].map(([name, data]) => [name, { shape: shape(name), data: data.slice() }]),
    );
  }
}
