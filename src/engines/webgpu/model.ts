// A network with weights on a graphics card: plans compiled for the batches that come, each run in one command buffer.
import type { Batch } from '../../data/dataset.js';
import { classificationLoss } from '../../learning/losses/objective.js';
import type { Logits } from '../../learning/losses/index.js';
import { outputsOf, readLogits } from '../../learning/readout.js';
import type { Network } from '../../network/layers.js';
import type { TensorMap } from '../../network/parameters.js';
import { addActivity } from '../activity.js';
import { isDynamic } from '../batch.js';
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
import type { Region } from '../plan/arena.js';
import { checkModelFits } from '../plan/fitting.js';
import { probeNeurons } from '../plan/inspect.js';
import { fromDense } from '../plan/layout.js';
import { joinLogits, splitBatch } from '../plan/parts.js';
import { type PlanKey, Plans } from '../plan/plans.js';
import { pixelsOf } from '../plan/signal.js';
import { settledNeuron, tunedNeuron } from '../settled.js';
import { checkState, emptySlots } from '../state.js';
import type { Gpu } from './gpu.js';
import { resultFloats } from './kernels/loss.js';
import { activityOf } from './lower/activity.js';
import type { Memory, Prepared } from './memory.js';
import { bindingCapacity, memoryCapacity } from './capacity.js';
import { layModel, type ModelLayout, wholeRegion } from './model-layout.js';
import { compilePlan, type GpuPlan, largestBinding, numbersOf } from './plan.js';
import { ReadBack, regionsOfSite } from './read-back.js';
import { Store } from './store.js';
import type { DispatchTime } from './timestamps.js';

/** Dispatches of a plan that are ready to run: a pass, and the update behind it. */
interface Ready {
  pass: Prepared;
  update: Prepared;
}

/** The model of the `webgpu` engine; see the interface for what each method does. */
export class GpuModel implements Model {
  private readonly layout: ModelLayout;
  private readonly store: Store;
  private readonly plans: Plans<GpuPlan>;
  private readonly ready = new WeakMap<GpuPlan, Ready>();
  private updates = 0;

  /** @param limit - bytes above which a batch is evaluated in parts */
  constructor(
    gpu: Gpu,
    readonly network: Network,
    public settings: ModelSettings,
    weights: TensorMap,
    private readonly limit = gpu.limits.memory,
  ) {
    const capacity = memoryCapacity(gpu.limits);
    this.settings = { ...settings, neuron: settledNeuron(network, settings.neuron) };
    this.layout = layModel(network, settings);
    checkModelFits(capacity, network.name, this.layout.end);
    this.store = new Store(gpu, this.layout, settings);
    this.plans = new Plans<GpuPlan>({
      name: network.name,
      compile: (key) => compilePlan(this.layout, network, this.settings, key),
      needs: [
        { capacity, bytesOf: ({ end }) => end },
        { capacity: bindingCapacity(gpu.limits), bytesOf: largestBinding },
      ],
    });
    this.write({ weights, optimizer: emptySlots(network, settings.optimizer), updates: 0 });
  }

  async trainStep(batch: Batch, learningRate: number): Promise<StepResult> {
    const { plan, memory, pass, update } = await this.readyStep(batch, learningRate);
    const results = await memory.run([pass, update], readsOf(plan));
    this.updates += 1;
    return this.summary(plan, results);
  }

  /**
   * A training step of which the device tells the time of each dispatch.
   *
   * @throws UnsupportedError on a device without timestamps
   */
  async timedStep(batch: Batch, learningRate: number): Promise<DispatchTime[]> {
    const { memory, pass, update } = await this.readyStep(batch, learningRate);
    const times = [...(await memory.times(pass)), ...(await memory.times(update))];
    this.updates += 1;
    return times;
  }

  async gradients(batch: Batch): Promise<GradientResult> {
    const plan = this.plans.get({ ...this.keyOf(batch), training: true });
    const memory = await this.load(plan, batch);
    const { pass } = await this.prepared(plan, memory);
    const gradients = wholeRegion(this.layout, this.layout.gradientsAt);
    const results = await memory.run([pass], [gradients, ...readsOf(plan)]);
    const tensors = this.store.tensors(new Float32Array(results.shift()!));
    return { ...this.summary(plan, results), gradients: tensors };
  }

  async evaluate(batch: Batch, { activity = false }: { activity?: boolean } = {}): Promise<Evaluation> {
    const key = { ...this.keyOf(batch), activity };
    const found: Logits[] = [];
    const counted: LayerActivity[][] = [];
    for (const part of splitBatch(batch, this.plans.fittingBatch(key, this.limit))) {
      const plan = this.plans.get({ ...key, batch: part.labels.length });
      const memory = await this.load(plan, part);
      const { pass } = await this.prepared(plan, memory);
      const { outputs, counts } = plan.planner;
      const [values, ...buffers] = await memory.run(
        [pass],
        [outputs!.region, ...counts.map(({ region }) => region)],
      );
      found.push(this.logitsOf(plan, new Float32Array(values)));
      const { steps } = this.settings;
      counted.push(counts.map((each, i) => activityOf(each, new Uint32Array(buffers[i]), steps)));
    }
    // Of the whole batch, not a mean over its parts: no bit may depend on how much memory there was.
    const { loss, correct, mean } = classificationLoss(joinLogits(found), batch.labels, this.settings.loss);
    return { logits: mean, loss, correct, ...(activity && { activity: counted.reduce(addActivity) }) };
  }

  async probe(batch: Batch, options: ProbeOptions = {}): Promise<LayerProbe[]> {
    const plan = this.plans.get({ ...this.keyOf(batch), training: true, probe: true });
    const memory = await this.load(plan, batch);
    const probes: LayerProbe[] = [];
    let from = 0;
    for (const { before, site } of plan.planner.shown) {
      const part = await memory.prepare(plan.work.slice(from, before));
      const regions = [
        ...regionsOfSite(site),
        ...(site.learned ? [wholeRegion(this.layout, this.layout.parametersAt)] : []),
      ];
      const host = new ReadBack(regions, await memory.run([part], regions));
      probes.unshift(probeNeurons(host, site, this.settings.neuron, options)); // backward meets the last first
      from = before;
    }
    return probes;
  }

  tune(tuning: Tuning): void {
    const neuron = tunedNeuron(this.network, this.settings.neuron, tuning);
    this.settings = { ...this.settings, neuron };
    this.plans.clear(); // they hold the numbers
  }

  async read(): Promise<ModelState> {
    return { ...(await this.store.read()), updates: this.updates };
  }

  write(state: ModelState): void {
    checkState(state, this.network, this.settings.optimizer);
    this.store.write(state);
    this.updates = state.updates;
  }

  dispose(): void {
    this.plans.clear();
    this.store.dispose();
  }

  private keyOf(batch: Batch): PlanKey {
    const dynamicInput = isDynamic(batch, this.network, this.settings.steps);
    return { batch: batch.labels.length, training: false, dynamicInput, activity: false, probe: false };
  }

  private async readyStep(
    batch: Batch,
    learningRate: number,
  ): Promise<Ready & { plan: GpuPlan; memory: Memory }> {
    const plan = this.plans.get({ ...this.keyOf(batch), training: true });
    const memory = await this.load(plan, batch);
    const ready = await this.prepared(plan, memory);
    const numbers = numbersOf(this.settings.optimizer, learningRate, this.updates + 1);
    memory.write(this.layout.step.address, numbers);
    return { ...ready, plan, memory };
  }

  /** The memory, with room for a plan and a batch in it. */
  private async load(plan: GpuPlan, batch: Batch): Promise<Memory> {
    const memory = await this.store.reach(plan.end);
    for (const { region, values } of [...plan.planner.tables, ...plan.load(batch)])
      memory.write(region.address, values);
    return memory;
  }

  private async prepared(plan: GpuPlan, memory: Memory): Promise<Ready> {
    let ready = this.ready.get(plan);
    if (!ready) {
      ready = { pass: await memory.prepare(plan.work), update: await memory.prepare(plan.update) };
      this.ready.set(plan, ready);
    }
    return ready;
  }

  private logitsOf({ planner }: GpuPlan, values: Float32Array): Logits {
    const { network } = this;
    const outputs = planner.outputs!;
    const [pixels, classes] = [pixelsOf(outputs), outputsOf(network)];
    const given = Float64Array.from(fromDense(values, classes, pixels));
    const steps = outputs.isStatic ? 1 : this.settings.steps;
    return readLogits({ steps, batch: pixels / steps, classes, values: given }, network).logits;
  }

  /** What a training pass left; whether it is a number is for the host to see. */
  private summary({ planner }: GpuPlan, [result, penalties]: ArrayBuffer[]): StepResult {
    const floats = resultFloats(this.settings.loss);
    const [classification, correct, ...terms] = new Float32Array(result, 0, floats);
    const count = planner.penalties?.count ?? 0;
    const lipschitz = count > 0 ? new Float32Array(penalties, 0, count).reduce((a, b) => a + b, 0) : 0;
    return {
      ...{ loss: classification + lipschitz, classification, lipschitz, correct },
      ...(Array.isArray(this.settings.loss) && { terms }),
    };
  }
}

/** What is read back of every training pass: a few numbers. */
const readsOf = ({ planner: { result, penalties } }: GpuPlan): Region[] => [
  result!,
  ...(penalties ? [penalties.region] : []),
];
