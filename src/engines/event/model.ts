// A network with weights on the event engine: plans compiled for the batches that come, run on the thread pool.
import type { Batch } from '../../data/dataset.js';
import { classificationLoss, type LossResult } from '../../learning/losses/objective.js';
import { movesAllAlike, slotNames } from '../../learning/optimizers/index.js';
import type { Network } from '../../network/layers.js';
import { isTrainable, type TensorMap } from '../../network/parameters.js';
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
import { settledNeuron, tunedNeuron } from '../settled.js';
import { checkState, emptySlots } from '../state.js';
import { checkModelFits } from '../plan/fitting.js';
import { probeNeurons } from '../plan/inspect.js';
import { ownModules } from './generate/layer-code.js';
import type { Kernels } from './kernels.js';
import { CAPACITY } from './memory-limit.js';
import { layModel, type ModelLayout } from './model-layout.js';
import { ModelMemory } from './model-memory.js';
import { updateParameters } from './ops/optimizer.js';
import { fetch, type Parameters, store, type Stretch, stretchesOf } from '../plan/parameters.js';
import { joinLogits, splitBatch } from '../plan/parts.js';
import { type PlanKey, Plans } from '../plan/plans.js';
import type { PassResult } from './pass.js';
import type { Plan } from './plan.js';
import { bytesOf, compileFor } from './plans.js';
import type { Pool } from './pool.js';

/** The model of the `event` engine; see the interface for what each method does. */
export class EventModel implements Model {
  private readonly layout: ModelLayout;
  private readonly memory: ModelMemory;
  private readonly kernels: Kernels;
  private readonly running = new Map<string, Float32Array>();
  private readonly plans: Plans<Plan>;
  private updates = 0;

  constructor(
    private readonly pool: Pool,
    readonly network: Network,
    public settings: ModelSettings,
    weights: TensorMap,
    /** Bytes above which a batch is evaluated in parts. */
    private readonly limit = CAPACITY.bytes,
  ) {
    this.settings = { ...settings, neuron: settledNeuron(network, settings.neuron) };
    this.layout = layModel(network, settings);
    checkModelFits(CAPACITY, network.name, this.layout.end);
    this.memory = new ModelMemory(this.layout.end);
    this.kernels = pool.attach(this.memory.memory, ownModules(network, this.settings, pool.build));
    this.plans = new Plans({
      name: network.name,
      compile: (key) => compileFor(this.layout, network, this.settings, key, this.running),
      needs: [{ capacity: CAPACITY, bytesOf: (plan) => bytesOf(plan, pool) }],
    });
    this.write({ weights, optimizer: emptySlots(network, settings.optimizer), updates: 0 });
  }

  async trainStep(batch: Batch, learningRate: number): Promise<StepResult> {
    const { plan, result } = await this.pass(batch, { training: true });
    this.updates += 1;
    const { parametersAt: parameters, gradientsAt: gradients, slotsAt: slots, parameters: all } = this.layout;
    const { optimizer } = this.settings;
    const stretches = movesAllAlike(optimizer) ? [whole(all)] : stretchesOf(all);
    const regions = { parameters, gradients, slots };
    await this.kernels.run(updateParameters(regions, stretches, optimizer, learningRate, this.updates));
    if (plan.compiler.after.length > 0) await this.kernels.run(plan.compiler.after);
    this.moveRunningStatistics(plan);
    return summarise(result);
  }

  async gradients(batch: Batch): Promise<GradientResult> {
    const { result } = await this.pass(batch, { training: true });
    return { ...summarise(result), gradients: this.readRegion(this.layout.gradientsAt) };
  }

  async evaluate(batch: Batch, options: { activity?: boolean } = {}): Promise<Evaluation> {
    const key = { training: false, activity: options.activity ?? false };
    const results: PassResult[] = [];
    const activity: LayerActivity[][] = [];
    for (const part of this.partsOf(batch, key)) {
      const { plan, result } = await this.pass(part, key);
      results.push(result);
      activity.push(plan.compiler.activity.splice(0));
    }
    const { loss, correct, mean } = results.length === 1 ? results[0] : this.joined(results, batch);
    return {
      logits: mean,
      loss,
      correct,
      ...(options.activity && { activity: activity.reduce(addActivity) }),
    };
  }

  /** The loss of the whole batch, not a mean over its parts: no bit may depend on how much memory there was. */
  private joined(parts: PassResult[], { labels }: Batch): LossResult {
    const logits = joinLogits(parts.map((part) => part.logits));
    return classificationLoss(logits, labels, this.settings.loss);
  }

  /** A batch in parts whose plans fit: nearly always the batch itself. */
  private partsOf(batch: Batch, more: Pick<PlanKey, 'training' | 'activity'>): Batch[] {
    return splitBatch(batch, this.plans.fittingBatch({ ...this.keyOf(batch), ...more }, this.limit));
  }

  async probe(batch: Batch, options: ProbeOptions = {}): Promise<LayerProbe[]> {
    const probes: LayerProbe[] = [];
    const plan = this.plans.get({ ...this.keyOf(batch), training: true, probe: true });
    plan.compiler.onNeurons = (host, site) =>
      probes.unshift(probeNeurons(host, site, this.settings.neuron, options)); // backward meets the last first
    await this.run(plan, batch);
    return probes;
  }

  tune(tuning: Tuning): void {
    this.settings = {
      ...this.settings,
      neuron: tunedNeuron(this.network, this.settings.neuron, tuning),
    };
    this.plans.clear(); // they hold the numbers
  }

  async read(): Promise<ModelState> {
    const weights = this.readRegion(this.layout.parametersAt);
    const ordered: TensorMap = {};
    for (const { name, shape } of this.layout.specs)
      ordered[name] = weights[name] ?? { shape: [...shape], data: this.running.get(name)!.slice() };
    const optimizer: TensorMap = {};
    const slots = this.layout.slotsAt.map((address) => this.readRegion(address));
    for (const name of this.layout.parameters.byName.keys())
      slotNames(this.settings.optimizer).forEach(
        (slot, i) => (optimizer[`${name}/${slot}`] = slots[i][name]),
      );
    return { weights: ordered, optimizer, updates: this.updates };
  }

  write(state: ModelState): void {
    checkState(state, this.network, this.settings.optimizer);
    const { parameters, parametersAt, slotsAt, specs } = this.layout;
    const names = slotNames(this.settings.optimizer);
    for (const [name, parameter] of parameters.byName) {
      store(parameter, this.memory.floats(parametersAt, parameters.floats), state.weights[name]);
      names.forEach((slot, i) =>
        store(
          parameter,
          this.memory.floats(slotsAt[i], parameters.floats),
          state.optimizer[`${name}/${slot}`],
        ),
      );
    }
    for (const spec of specs)
      if (!isTrainable(spec)) this.running.set(spec.name, Float32Array.from(state.weights[spec.name].data));
    this.updates = state.updates;
  }

  dispose(): void {
    this.kernels.detach();
    this.plans.clear();
  }

  /** Runs a plan for a batch and says what it gave. */
  private async pass(
    batch: Batch,
    key: Pick<PlanKey, 'training'> & Partial<Pick<PlanKey, 'activity'>>,
  ): Promise<{ plan: Plan; result: PassResult }> {
    const plan = this.plans.get({
      ...this.keyOf(batch),
      training: key.training,
      activity: key.activity ?? false,
    });
    await this.run(plan, batch);
    return { plan, result: plan.result() };
  }

  private keyOf(batch: Batch): PlanKey {
    const dynamicInput = isDynamic(batch, this.network, this.settings.steps);
    return { batch: batch.labels.length, training: false, dynamicInput, activity: false, probe: false };
  }

  private async run(plan: Plan, batch: Batch): Promise<void> {
    this.memory.reach(bytesOf(plan, this.pool));
    this.kernels.lay({ address: plan.end, scratch: plan.scratch });
    plan.load(this.memory, batch);
    for (const step of plan.steps) {
      const ops = typeof step === 'function' ? step(this.memory) : step;
      if (ops && ops.length > 0) await this.kernels.run(ops);
    }
  }

  private readRegion(address: number): TensorMap {
    const { parameters } = this.layout;
    const region = this.memory.floats(address, parameters.floats);
    const tensors: TensorMap = {};
    for (const [name, parameter] of parameters.byName) tensors[name] = fetch(parameter, region);
    return tensors;
  }

  private moveRunningStatistics({ compiler: { statistics } }: Plan): void {
    const { momentum } = this.settings.batchNorm;
    for (const [layer, moves] of statistics)
      for (const [suffix, batch] of moves.flatMap(
        ({ mean, variance }) =>
          [
            ['runningMean', mean],
            ['runningVariance', variance],
          ] as const,
      )) {
        const values = this.running.get(`${layer}.${suffix}`)!;
        for (let c = 0; c < values.length; c++) values[c] = (1 - momentum) * values[c] + momentum * batch[c];
      }
  }
}

const whole = ({ floats }: Parameters): Stretch => ({ offset: 0, floats, ofNeurons: false });

const summarise = ({ loss, neurons, correct, lipschitz, terms }: PassResult): StepResult => ({
  loss: loss + neurons + lipschitz,
  classification: loss,
  lipschitz,
  correct,
  ...(terms && { terms }),
});
