// A training in progress: epochs, evaluation, checkpoints, divergence, and the record of it all.
// Tests: test/training/train.test.ts.
import { breathe } from '../cell/interrupt.js';
import { epochOrder, makeBatch } from '../data/batches.js';
import { dataWarnings } from '../data/warnings.js';
import type { LayerActivity, Model, ModelState, Tuning } from '../engines/engine.js';
import type { Experiment } from '../experiment/experiment.js';
import { learningRateAt } from '../learning/schedule.js';
import { evaluateExamples, ratesOf } from '../measures/accuracy.js';
import { initialWeights } from '../network/initialise.js';
import type { TensorMap } from '../network/parameters.js';
import { type Checkpoint, emptyPartial } from '../records/checkpoint.js';
import { provenance } from '../records/provenance.js';
import { type EpochRow, outcomeOf, type RunRecord, type Status, type Stop } from '../records/record.js';
import { weightsDigest } from '../records/safetensors.js';
import { epochRow, type Evaluated } from './epoch-row.js';
import { Notes } from './notes.js';
import type { TrainOptions } from './options.js';
import { describeRun, type PreparedRun } from './prepare.js';
import { checkpointOf } from './resume.js';
import { tuningOf } from './tuning.js';
import { activityWarnings } from './warnings.js';

/** One run in progress: its state, and everything that moves it. */
export class Training {
  private readonly model: Model;
  private readonly rows: EpochRow[] = [];
  private partial = emptyPartial();
  /** Numbers of the gradient in force, where a rule gives them. */
  private gradient: Tuning | undefined;
  private step = 0;
  private resumed = 0;
  /** Seconds of earlier parts of a resumed run. */
  private secondsBefore = 0;
  private readonly started = performance.now();
  private epochStarted = performance.now();
  private lastCheckpoint = performance.now();
  private activity: LayerActivity[] = [];
  private readonly notes: Notes;
  private readonly stepsPerEpoch: number;

  constructor(
    private readonly experiment: Experiment,
    private readonly prepared: PreparedRun,
    private readonly options: TrainOptions,
  ) {
    const { network, split, id } = prepared;
    const { engine, runs } = options;
    this.notes = new Notes(options.onNote);
    this.stepsPerEpoch = Math.floor(split.train.length / experiment.batchSize); // the last partial batch is dropped
    const checkpoint = checkpointOf(runs, id, engine.numerics, (line) => this.notes.note(line));
    this.model = engine.createModel(network, experiment, initialWeights(network, experiment.seed));
    try {
      if (checkpoint) this.restore(checkpoint);
    } catch (error) {
      this.model.dispose();
      throw error;
    }
  }

  async run(): Promise<RunRecord> {
    const { data } = this.experiment;
    this.notes.warn(dataWarnings(this.options.dataset, this.prepared.split, data));
    this.notes.keep(this.activityWarnings()); // of a resumed run: printed before it stopped
    try {
      while (this.rows.length < this.experiment.epochs) {
        const stop = await this.epoch();
        if (stop) return await this.end(stop.status, stop);
      }
      return await this.end('done');
    } catch (error) {
      this.options.runs.put(
        this.record('failed', null, { reason: String((error as Error).message ?? error) }),
      );
      throw error;
    } finally {
      this.model.dispose();
    }
  }

  /** Runs what is left of the current epoch. Returns why the run must stop, if it must. */
  private async epoch(): Promise<(Stop & { status: Status }) | undefined> {
    const { experiment, options } = this;
    const { batchSize, seed, steps, data, epochs } = experiment;
    const epoch = this.rows.length;
    const order = epochOrder(this.prepared.split.train, seed, epoch);
    const rate = learningRateAt(experiment.schedule, experiment.optimizer.learningRate, epoch, epochs);
    const augment = data.augment === 'standard' ? { seed, epoch } : undefined;
    this.epochStarted = performance.now() - this.partial.seconds * 1000;
    if (this.step === 0 && !(await this.tune(epoch))) return this.interrupt();
    for (; this.step < this.stepsPerEpoch;) {
      await breathe(); // an engine may answer without a turn of the event loop, and Ctrl-C would not be noticed
      if (options.signal?.aborted) return this.interrupt();
      const indices = order.subarray(this.step * batchSize, (this.step + 1) * batchSize);
      const batch = makeBatch(options.dataset, 'train', indices, { steps, augment });
      const result = await this.model.trainStep(batch, rate);
      if (!Number.isFinite(result.loss))
        return { status: 'diverged', step: this.step, reason: `the loss is ${result.loss}` };
      this.partial.loss += result.classification * indices.length;
      this.partial.lipschitz += result.lipschitz;
      if (result.terms)
        this.partial.terms = result.terms.map((value, i) => value + (this.partial.terms?.[i] ?? 0));
      this.partial.correct += result.correct;
      this.partial.seen += indices.length;
      this.step += 1;
      this.report();
      await this.checkpointIfDue();
    }
    const trainSeconds = (performance.now() - this.epochStarted) / 1000;
    const evaluated = await this.evaluateEpoch();
    if (evaluated === undefined) return this.interrupt();
    this.finishEpoch(rate, trainSeconds, evaluated);
    const state = await this.model.read();
    const broken = firstNonFinite(state.weights);
    if (broken) return { status: 'diverged', reason: `weights of ${broken} are not finite` };
    this.writeCheckpoint(state);
    return undefined;
  }

  /** Sets what rules of the experiment say of the gradient in an epoch; false when interrupted on the way. */
  private async tune(epoch: number): Promise<boolean> {
    const { experiment, options, model, prepared, rows } = this;
    const { dataset, signal } = options;
    const { network, split } = prepared;
    try {
      const before = rows.at(-1)?.gradient;
      this.gradient = await tuningOf(experiment, { epoch, before, model, network, dataset, split, signal });
    } catch (error) {
      if (signal?.aborted) return false;
      throw error;
    }
    if (this.gradient) model.tune(this.gradient);
    return true;
  }

  /** Validation and test part after an epoch; undefined when interrupted on the way. */
  private async evaluateEpoch(): Promise<Evaluated | undefined> {
    const { dataset, signal } = this.options;
    const { validation, test } = this.prepared.split;
    // Spike rates are those of the end; before it a look at whether every layer fires is enough.
    const activity = this.rows.length === this.experiment.epochs - 1 || 'first batch';
    try {
      const onTest = await evaluateExamples(this.model, dataset, 'test', test, { activity, signal });
      if (validation.length === 0) return { test: onTest };
      return {
        test: onTest,
        validation: await evaluateExamples(this.model, dataset, 'train', validation, { signal }),
      };
    } catch (error) {
      if (signal?.aborted) return undefined;
      throw error;
    }
  }

  private finishEpoch(learningRate: number, trainSeconds: number, evaluated: Evaluated): void {
    const { partial, stepsPerEpoch } = this;
    if (this.rows.length === this.experiment.epochs - 1) this.activity = evaluated.test.activity ?? [];
    this.rows.push(
      epochRow(
        partial,
        stepsPerEpoch,
        evaluated,
        {
          epoch: this.rows.length + 1,
          learningRate,
          gradient: this.gradient,
          seconds: (performance.now() - this.epochStarted) / 1000,
          imagesPerSecond: partial.seen / trainSeconds,
        },
        this.prepared.network,
      ),
    );
    this.notes.warn(this.activityWarnings());
    this.partial = emptyPartial();
    this.step = 0;
    this.report(this.rows.at(-1));
  }

  private report(row?: EpochRow): void {
    const { experiment, partial, rows } = this;
    const perEpoch = this.stepsPerEpoch * experiment.batchSize;
    this.options.onProgress?.({
      done: rows.length * perEpoch + partial.seen,
      total: experiment.epochs * perEpoch,
      epoch: Math.min(rows.length + (row ? 0 : 1), experiment.epochs),
      epochs: experiment.epochs,
      loss: row ? (row.trainLoss ?? NaN) : partial.loss / partial.seen,
      accuracy: row ? row.trainAccuracy : partial.correct / partial.seen,
      ...(row && { row }),
    });
  }

  private async interrupt(): Promise<Stop & { status: Status }> {
    this.writeCheckpoint(await this.model.read());
    return { status: 'interrupted', step: this.step, reason: 'stopped on request; run it again to continue' };
  }

  private async checkpointIfDue(): Promise<void> {
    const seconds = (performance.now() - this.lastCheckpoint) / 1000;
    if (seconds < (this.options.checkpointSeconds ?? 60)) return;
    this.writeCheckpoint(await this.model.read());
  }

  private writeCheckpoint(state: ModelState): void {
    this.partial.seconds = this.step === 0 ? 0 : (performance.now() - this.epochStarted) / 1000;
    this.options.runs.writeCheckpoint({
      runId: this.prepared.id,
      numerics: this.options.engine.numerics,
      epoch: this.rows.length,
      step: this.step,
      rows: this.rows,
      partial: this.partial,
      ...(this.step > 0 && this.gradient && { gradient: this.gradient }),
      resumed: this.resumed,
      seconds: this.seconds(),
      state,
    });
    this.lastCheckpoint = performance.now();
  }

  private activityWarnings(): string[] {
    return activityWarnings(this.rows, {
      epochs: this.experiment.epochs,
      tested: this.prepared.split.test.length,
    });
  }

  private restore(checkpoint: Checkpoint): void {
    this.model.write(checkpoint.state);
    const { runId, epoch, step } = checkpoint;
    this.notes.note(`${runId} is continued from its checkpoint: epoch ${epoch + 1}, step ${step + 1}`);
    this.rows.push(...checkpoint.rows);
    this.step = checkpoint.step;
    this.partial = { ...checkpoint.partial };
    this.gradient = checkpoint.gradient;
    if (this.gradient) this.model.tune(this.gradient);
    this.resumed = checkpoint.resumed + 1;
    this.secondsBefore = checkpoint.seconds;
  }

  private seconds(): number {
    return this.secondsBefore + (performance.now() - this.started) / 1000;
  }

  /** Writes weights and record; a finished run needs its checkpoint no more. */
  private async end(status: Status, stop: Stop = {}): Promise<RunRecord> {
    const { runs, dataset } = this.options;
    const { id, split } = this.prepared;
    if (status === 'interrupted') {
      const record = this.record(status, null, stop);
      runs.put(record);
      return record;
    }
    if (status === 'done' && this.activity.length === 0) {
      // Killed between the last checkpoint and the record: everything is there but the spike rates. That is short, and an
      // interrupt would have nothing to keep.
      const signal = new AbortController().signal;
      const again = await evaluateExamples(this.model, dataset, 'test', split.test, {
        activity: true,
        signal,
      });
      this.activity = again.activity ?? [];
    }
    const { weights } = await this.model.read();
    // Weights that are not the record's come from other code: the next attempt must not continue from here.
    if (this.prepared.finished) runs.removeCheckpoint(id);
    if (status === 'done') runs.writeWeights(id, weights);
    const record = this.record(status, weightsDigest(weights), stop);
    const written = runs.put(record);
    if (!written && !this.prepared.finished)
      this.notes.note(
        `${id} was finished by another process meanwhile, with the same result: the work was done twice`,
      );
    runs.removeCheckpoint(id);
    return written ? record : (runs.get(id) as RunRecord); // of a run trained again the first record stands
  }

  private record(status: Status, digest: string | null, stop: Stop): RunRecord {
    const { dataset, engine } = this.options;
    const { machine, ...made } = provenance();
    return {
      ...describeRun(this.experiment, this.prepared, dataset, engine.numerics),
      rows: this.rows,
      outcome: outcomeOf(status, this.rows, { step: stop.step, reason: stop.reason }),
      spikeRates: this.activity
        .filter(({ kind }) => kind === 'neuron')
        .map((layer) => ({ layer: layer.layer, rates: ratesOf(layer) })),
      weightsDigest: digest,
      seconds: this.seconds(),
      resumed: this.resumed,
      ...this.notes.kept(),
      ...made,
      machine: engine.threads === undefined ? machine : { ...machine, threads: engine.threads },
    };
  }
}

/** The name of the first tensor that holds a NaN or an infinity. */
const firstNonFinite = (tensors: TensorMap): string | undefined =>
  Object.keys(tensors).find((name) => !tensors[name].data.every(Number.isFinite));
