// A network with weights on the plain engine: parameters in float64 by name, one pass after the other.
import { parseval, regularisers } from '../../learning/regularisers/index.js';
import type { LayerMoments } from '../../learning/losses/neuron-terms.js';
import { classificationLoss, type LossResult, objective } from '../../learning/losses/objective.js';
import { outputsOf, readLogits } from '../../learning/readout.js';
import { optimizerFor, rateFor, slotNames, updated } from '../../learning/optimizers/index.js';
import type { Network } from '../../network/layers.js';
import {
  isTrainable,
  parameterSpecs,
  sizeOf,
  type ParameterSpec,
  type TensorMap,
} from '../../network/parameters.js';
import { gradientInForce } from '../../neurons/in-force.js';
import { placeLayers, type PlacedLayer } from '../../network/shapes.js';
import { isDynamic } from '../batch.js';
import type { Batch } from '../../data/dataset.js';
import type {
  Evaluation,
  GradientResult,
  LayerActivity,
  LayerProbe,
  Model,
  ModelSettings,
  ModelState,
  ProbeOptions,
  StepResult,
  Tuning,
} from '../engine.js';
import { type Judging, judgingOf } from '../judging.js';
import { settledNeuron, tunedNeuron } from '../settled.js';
import { checkState, emptySlots } from '../state.js';
import { neuronActivity, synapseActivity } from './activity.js';
import { forward, type BatchStatistics, type Pass } from './forward.js';
import { openProbe } from './probe.js';

/** Float64 arrays by name. */
type Arrays = Map<string, Float64Array>;

/** What a pass in training mode gives. */
interface TrainingPass {
  result: StepResult;
  gradients: Arrays;
  /** In the order in which running statistics move. */
  statistics: [layer: string, moved: BatchStatistics][];
}

/** The model of the `plain` engine; see the interface for what each method does. */
export class PlainModel implements Model {
  private readonly placed: Map<string, PlacedLayer>;
  private readonly specs: Map<string, ParameterSpec>;
  private weights: Arrays = new Map();
  /** By `<parameter>/<slot>`. */
  private slots: Arrays = new Map();
  private updates = 0;
  private readonly judging: Judging | undefined;

  constructor(
    readonly network: Network,
    public settings: ModelSettings,
    weights: TensorMap,
  ) {
    this.settings = { ...settings, neuron: settledNeuron(network, settings.neuron) };
    this.placed = new Map(placeLayers(network).map((place) => [place.layer.name, place]));
    this.specs = new Map(parameterSpecs(network).map((spec) => [spec.name, spec]));
    this.judging = judgingOf(network, settings.loss);
    this.write({ weights, optimizer: emptySlots(network, settings.optimizer), updates: 0 });
  }

  async trainStep(batch: Batch, learningRate: number): Promise<StepResult> {
    const { result, gradients, statistics } = this.trainingPass(batch);
    this.updates += 1;
    const { optimizer, batchNorm } = this.settings;
    for (const [name, gradient] of gradients) {
      const keys = slotNames(optimizer).map((slot) => `${name}/${slot}`);
      const old = { parameter: this.weights.get(name)!, slots: keys.map((key) => this.slots.get(key)!) };
      const spec = this.specs.get(name)!;
      const [own, rate] = [optimizerFor(spec, optimizer), rateFor(spec, optimizer, learningRate)];
      const { parameter, slots } = updated(old, gradient, own, rate, this.updates);
      this.weights.set(name, parameter);
      keys.forEach((key, i) => this.slots.set(key, slots[i]));
    }
    const { parseval: step } = this.settings;
    for (const { name, shape } of parseval.weights(this.trainable(), step))
      this.weights.set(name, parseval.plain(this.weights.get(name)!, shape[0], step!.beta));
    const { momentum } = batchNorm;
    for (const [layer, { mean, variance }] of statistics)
      for (const [what, values] of Object.entries({ Mean: mean, Variance: variance })) {
        const running = this.weights.get(`${layer}.running${what}`)!;
        values.forEach((value, c) => (running[c] = (1 - momentum) * running[c] + momentum * value));
      }
    return result;
  }

  async gradients(batch: Batch): Promise<GradientResult> {
    const { result, gradients } = this.trainingPass(batch);
    return { ...result, gradients: this.named(gradients) };
  }

  async evaluate(batch: Batch, { activity = false }: { activity?: boolean } = {}): Promise<Evaluation> {
    const { steps } = this.settings;
    const counts: LayerActivity[] = [];
    const { y } = forward(this.input(batch), {
      ...this.pass(batch, false),
      ...(activity && {
        onSynapses: (layer, input, geometry) => counts.push(synapseActivity(layer, input, geometry, steps)),
        onNeurons: (layer, trace) => counts.push(neuronActivity(layer, trace)),
      }),
    });
    const { mean, loss, correct } = this.loss(y, batch);
    return { logits: mean, loss, correct, ...(activity && { activity: counts }) };
  }

  async probe(batch: Batch, { traces = {} }: ProbeOptions = {}): Promise<LayerProbe[]> {
    const probes = new Map<string, LayerProbe>();
    const { steps, neuron } = this.settings;
    this.trainingPass(batch, {
      onFirings: (layer, trace, back) => {
        const probe = openProbe(
          layer,
          steps,
          sizeOf(this.placed.get(layer)!.output),
          gradientInForce(neuron, layer),
          traces[layer],
        );
        probe.add(trace, back);
        probes.set(layer, probe.result());
      },
    });
    return [...this.placed.keys()].flatMap((layer) => probes.get(layer) ?? []); // the way back met the last first
  }

  tune(tuning: Tuning): void {
    this.settings = {
      ...this.settings,
      neuron: tunedNeuron(this.network, this.settings.neuron, tuning),
    };
  }

  async read(): Promise<ModelState> {
    const { weights, slots, updates } = this;
    return { weights: this.named(weights), optimizer: this.named(slots), updates };
  }

  write(state: ModelState): void {
    checkState(state, this.network, this.settings.optimizer);
    const arrays = (tensors: TensorMap, names: Iterable<string>): Arrays =>
      new Map([...names].map((name) => [name, Float64Array.from(tensors[name].data)]));
    this.weights = arrays(state.weights, this.specs.keys());
    this.slots = arrays(state.optimizer, Object.keys(state.optimizer));
    this.updates = state.updates;
  }

  dispose(): void {
    this.weights.clear();
    this.slots.clear();
  }

  /** Forward and backward: the loss, `∂L/∂logits`, back through the layers, and the penalty's own gradient. */
  private trainingPass(batch: Batch, watch: Partial<Pass> = {}): TrainingPass {
    const gradients: Arrays = new Map(this.trainable().map(({ name }) => [name, new Float64Array(0)]));
    const statistics: TrainingPass['statistics'] = [];
    const moments: LayerMoments[] = [];
    const { judging } = this;
    const { y, back } = forward(this.input(batch), {
      ...this.pass(batch, true),
      ...watch,
      ...(judging && { judging: { ...judging, onMoments: (found) => moments.push(found) } }),
      onGradient: (name, gradient) => gradients.set(name, gradient),
      onStatistics: (layer, moved) => statistics.push([layer, moved]),
    });
    const { loss: classification, correct, gradient, terms: ofLogits } = this.loss(y, batch);
    const { neurons, terms } = objective(this.settings.loss, ofLogits, moments);
    back(gradient);
    let lipschitz = 0;
    const { beta } = this.settings.lipschitz;
    for (const { name, shape } of regularisers.lipschitz.weights(this.trainable(), this.settings.lipschitz)) {
      const { penalty, gradient: pull } = regularisers.lipschitz.plain(this.weights.get(name)!, shape[0]);
      lipschitz += beta * penalty;
      gradients.set(
        name,
        gradients.get(name)!.map((value, i) => value + beta * pull[i]),
      );
    }
    const loss = classification + neurons + lipschitz;
    const result = { loss, classification, lipschitz, correct, ...(terms && { terms }) };
    return { result, gradients, statistics };
  }

  private trainable(): ParameterSpec[] {
    return [...this.specs.values()].filter(isTrainable);
  }

  private pass(batch: Batch, training: boolean): Pass {
    const { network, settings, placed, weights } = this;
    const parameter = (name: string): Float64Array => weights.get(name)!;
    return { network, settings, placed, batch: batch.labels.length, training, parameter };
  }

  /** `[T·B, H, W, C]`: direct encoding, a static image is given at every step. */
  private input(batch: Batch): Float64Array {
    if (this.weights.size === 0) throw new Error('model is disposed');
    const { steps } = this.settings;
    if (isDynamic(batch, this.network, steps)) return Float64Array.from(batch.x);
    const x = new Float64Array(steps * batch.x.length);
    for (let t = 0; t < steps; t++) x.set(batch.x, t * batch.x.length);
    return x;
  }

  private loss(values: Float64Array, { labels }: Batch): LossResult {
    const { steps, loss } = this.settings;
    const outputs = { steps, batch: labels.length, classes: outputsOf(this.network), values };
    const { logits, back } = readLogits(outputs, this.network);
    const found = classificationLoss(logits, labels, loss);
    return { ...found, gradient: back(found.gradient) };
  }

  /** Copies with their shapes; a slot has the shape of its parameter. */
  private named(arrays: Arrays): TensorMap {
    const shape = (name: string): number[] => [...this.specs.get(name.replace(/\/[^/]*$/, ''))!.shape];
    return Object.fromEntries(
      [...arrays].map(([name, data]) => [name, { shape: shape(name), data: data.slice() }]),
    );
  }
}
