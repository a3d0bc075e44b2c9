// A network with weights on TensorFlow.js: training steps, gradients, inference and probing.
import * as tf from '@tensorflow/tfjs';
import type { Batch } from '../../data/dataset.js';
import { UnsupportedError } from '../../errors.js';
import { parseval, regularisers } from '../../learning/regularisers/index.js';
import { optimizerFor, rateFor, slotNames, updatedTensors } from '../../learning/optimizers/index.js';
import type { Network } from '../../network/layers.js';
import { isTrainable, type ParameterSpec, parameterSpecs, type TensorMap } from '../../network/parameters.js';
import { isDynamic } from '../batch.js';
import type {
  Evaluation,
  GradientResult,
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
import { type ActivityCounts, countActivity } from './activity.js';
import type { OpenBackend } from './backend.js';
import type { BatchStatistics } from './batch-norm.js';
import { forward, type Pass } from './forward.js';
import type { LayerTensors } from '../../learning/losses/neuron-terms.js';
import { lossOfTensors, objectiveOfTensors } from '../../learning/losses/objective.js';
import { createRecorder, type Recorder } from './probe.js';
import { download, upload } from './weights.js';

/** Tensors of a training pass that outlive it: `[loss, classification, lipschitz, correct, ...terms]` and the gradients. */
interface TrainingPass {
  summary: tf.Tensor1D;
  gradients: tf.Tensor[];
  /** In the order in which running statistics move. */
  statistics: [layer: string, moved: BatchStatistics][];
}

/** The model of the `tfjs` engine; see the interface for what each method does. */
export class TfjsModel implements Model {
  private readonly specs: ParameterSpec[];
  private readonly trainable: ParameterSpec[];
  /** Parameters and running statistics by name, in TensorFlow.js's layout. */
  private tensors = new Map<string, tf.Tensor>();
  /** Optimizer slots by `<parameter>/<slot>`. */
  private slots = new Map<string, tf.Tensor>();
  private updates = 0;
  private readonly judging: Judging | undefined;

  constructor(
    readonly network: Network,
    public settings: ModelSettings,
    weights: TensorMap,
    /** TensorFlow.js has one current backend for all: each computation takes its own first. */
    private readonly backend: Pick<OpenBackend, 'use'>,
  ) {
    this.settings = { ...settings, neuron: settledNeuron(network, settings.neuron) };
    this.specs = parameterSpecs(network);
    this.trainable = this.specs.filter(isTrainable);
    this.judging = judgingOf(network, settings.loss);
    this.write({ weights, optimizer: emptySlots(network, settings.optimizer), updates: 0 });
  }

  async trainStep(batch: Batch, learningRate: number): Promise<StepResult> {
    const pass = this.trainingPass(batch);
    this.updates += 1;
    const { optimizer } = this.settings;
    this.trainable.forEach((spec, i) => {
      const { name } = spec;
      const slotKeys = slotNames(optimizer).map((slot) => `${name}/${slot}`);
      const old = { parameter: this.tensors.get(name)!, slots: slotKeys.map((key) => this.slots.get(key)!) };
      const updated = tf.tidy(() =>
        updatedTensors(
          ...([old, pass.gradients[i], optimizerFor(spec, optimizer)] as const),
          ...([rateFor(spec, optimizer, learningRate), this.updates] as const),
        ),
      );
      this.tensors.set(name, updated.parameter);
      slotKeys.forEach((key, k) => this.slots.set(key, updated.slots[k]));
      tf.dispose([old.parameter, ...old.slots]);
    });
    this.retract();
    this.moveRunningStatistics(pass.statistics);
    const result = await summarise(pass.summary);
    this.release(pass);
    return result;
  }

  async gradients(batch: Batch): Promise<GradientResult> {
    const pass = this.trainingPass(batch);
    const gradients: TensorMap = {};
    for (const [i, { name }] of this.trainable.entries()) gradients[name] = await download(pass.gradients[i]);
    const result = await summarise(pass.summary);
    this.release(pass);
    return { ...result, gradients };
  }

  async evaluate(batch: Batch, options: { activity?: boolean } = {}): Promise<Evaluation> {
    this.backend.use();
    const counts: ActivityCounts[] = [];
    const [logits, summary] = tf.tidy(() => {
      const { x, oneHot, dynamic } = this.inputs(batch);
      const pass = this.pass(batch.labels.length, false);
      if (options.activity) countActivity(pass, this.settings.steps, counts);
      const overTime = forward(x, dynamic, pass);
      const mean = overTime.mean(0) as tf.Tensor2D;
      const loss = lossOfTensors(tf, overTime, oneHot, this.settings.loss);
      return [mean, tf.stack([loss, countCorrect(mean, oneHot)])];
    });
    const values = new Float32Array(await logits.data<'float32'>());
    const [loss, correct] = await summary.data<'float32'>();
    tf.dispose([logits, summary]);
    const activity = options.activity ? await Promise.all(counts.map((count) => count.read())) : undefined;
    return { logits: values, loss, correct, ...(activity && { activity }) };
  }

  async probe(batch: Batch, options: ProbeOptions = {}): Promise<LayerProbe[]> {
    const recorder = createRecorder(this.settings, options);
    const pass = this.trainingPass(batch, recorder);
    this.release(pass);
    return recorder.read();
  }

  tune(tuning: Tuning): void {
    this.settings = {
      ...this.settings,
      neuron: tunedNeuron(this.network, this.settings.neuron, tuning),
    };
  }

  async read(): Promise<ModelState> {
    const all = async (tensors: Map<string, tf.Tensor>): Promise<TensorMap> => {
      const named: TensorMap = {};
      for (const [name, tensor] of tensors) named[name] = await download(tensor);
      return named;
    };
    return { weights: await all(this.tensors), optimizer: await all(this.slots), updates: this.updates };
  }

  write(state: ModelState): void {
    checkState(state, this.network, this.settings.optimizer);
    this.backend.use();
    this.dispose();
    for (const { name } of this.specs) this.tensors.set(name, upload(state.weights[name]));
    for (const [name, slot] of Object.entries(state.optimizer)) this.slots.set(name, upload(slot));
    this.updates = state.updates;
  }

  dispose(): void {
    tf.dispose([...this.tensors.values(), ...this.slots.values()]);
    this.tensors.clear();
    this.slots.clear();
  }

  private pass(batch: number, training: boolean): Pass {
    const parameter = (name: string): tf.Tensor => this.tensors.get(name)!;
    return { network: this.network, settings: this.settings, batch, training, parameter };
  }

  private inputs(batch: Batch): { x: tf.Tensor; oneHot: tf.Tensor2D; dynamic: boolean } {
    const { x, shape, labels } = batch;
    const dynamic = isDynamic(batch, this.network, this.settings.steps);
    const { classes } = this.network;
    return {
      x: tf.tensor(x, shape, 'float32'),
      oneHot: tf.oneHot(tf.tensor1d(labels, 'int32'), classes).cast('float32') as tf.Tensor2D,
      dynamic,
    };
  }

  /**
   * Forward and backward in training mode. What it returns is kept until {@link release}.
   *
   * @throws UnsupportedError when the backend's memory is too small for the batch
   */
  private trainingPass(batch: Batch, recorder?: Recorder): TrainingPass {
    try {
      return this.differentiate(batch, recorder);
    } catch (error) {
      // WebAssembly ends at 4 GiB, and TensorFlow.js does not look at what its allocator says.
      if (!(error instanceof WebAssembly.RuntimeError)) throw error;
      throw new UnsupportedError(
        `${this.network.name}: a batch of ${batch.labels.length} does not fit into the memory of backend ${tf.getBackend()} (${error.message}); take a smaller batch or width: \`sgs doctor\` says what they need`,
      );
    }
  }

  private differentiate(batch: Batch, recorder?: Recorder): TrainingPass {
    this.backend.use();
    const statistics: TrainingPass['statistics'] = [];
    let gradients: tf.Tensor[] = [];
    let summary: tf.Tensor1D | undefined;
    const judged: LayerTensors[] = [];
    tf.tidy(() => {
      const { x, oneHot, dynamic } = this.inputs(batch);
      const loss = (...parameters: tf.Tensor[]): tf.Scalar => {
        const byName = new Map(this.trainable.map(({ name }, i) => [name, parameters[i]]));
        const pass: Pass = {
          ...this.pass(batch.labels.length, true),
          parameter: (name) => byName.get(name) ?? this.tensors.get(name)!,
          onStatistics: (layer, moved) => statistics.push([layer, moved]),
          ...(this.judging && {
            onJudged({ margins, spikes }: LayerTensors) {
              judged.push({ margins: tf.keep(margins), spikes: tf.keep(spikes) }); // beyond the layer
            },
          }),
          observe: recorder && ((layer, step) => recorder.observe(layer, step)),
        };
        const logits = forward(x, dynamic, pass);
        const {
          classification,
          neurons,
          terms = [],
        } = objectiveOfTensors(...([tf, logits, oneHot, this.settings.loss, judged] as const));
        const lipschitz = this.lipschitz(byName);
        const total = [neurons, lipschitz].reduce<tf.Scalar>(
          (sum, part) => (part === undefined ? sum : (sum.add(part) as tf.Scalar)),
          classification,
        );
        const correct = countCorrect(logits.mean(0) as tf.Tensor2D, oneHot);
        summary = tf.keep(
          tf.stack([total, classification, lipschitz ?? tf.scalar(0), correct, ...terms]) as tf.Tensor1D,
        );
        return total;
      };
      const parameters = this.trainable.map(({ name }) => this.tensors.get(name)!);
      // Neurons that see the image itself have a gradient only where it has: for a probe it is one more parameter.
      const { value, grads } = tf.valueAndGrads(loss)(recorder ? [...parameters, x] : parameters);
      value.dispose();
      gradients = grads.slice(0, parameters.length).map((gradient) => tf.keep(gradient));
      for (const { margins, spikes } of judged) tf.dispose([margins, spikes]);
    });
    return { summary: summary!, gradients, statistics };
  }

  /** The penalty, or undefined when it is off. */
  private lipschitz(parameters: Map<string, tf.Tensor>): tf.Scalar | undefined {
    const included = regularisers.lipschitz.weights(this.trainable, this.settings.lipschitz);
    if (included.length === 0) return undefined;
    const { beta } = this.settings.lipschitz;
    return tf
      .addN(included.map(({ name }) => regularisers.lipschitz.tensor(tf, parameters.get(name)!)))
      .mul(beta) as tf.Scalar;
  }

  /** The Parseval step, where there is one. */
  private retract(): void {
    const { parseval: step } = this.settings;
    for (const { name } of parseval.weights(this.trainable, step)) {
      const old = this.tensors.get(name)!;
      this.tensors.set(name, parseval.tensor(tf, old, step!.beta));
      old.dispose();
    }
  }

  private moveRunningStatistics(statistics: TrainingPass['statistics']): void {
    const { momentum } = this.settings.batchNorm;
    for (const [layer, { mean, variance }] of statistics) {
      for (const [suffix, value] of [
        ['runningMean', mean] as const,
        ['runningVariance', variance] as const,
      ]) {
        const name = `${layer}.${suffix}`;
        const old = this.tensors.get(name)!;
        this.tensors.set(
          name,
          tf.tidy(() => old.mul(1 - momentum).add(value.mul(momentum))),
        );
        old.dispose();
      }
    }
  }

  private release({ summary, gradients, statistics }: TrainingPass): void {
    tf.dispose([summary, ...gradients]);
    for (const [, { mean, variance }] of statistics) tf.dispose([mean, variance]);
  }
}

const countCorrect = (logits: tf.Tensor2D, oneHot: tf.Tensor2D): tf.Scalar =>
  tf.equal(tf.argMax(logits, 1), tf.argMax(oneHot, 1)).cast('float32').sum();

async function summarise(summary: tf.Tensor1D): Promise<StepResult> {
  const [loss, classification, lipschitz, correct, ...terms] = await summary.data<'float32'>();
  return { loss, classification, lipschitz, correct, ...(terms.length > 0 && { terms }) };
}
