// The diagnosis of a network that does not learn: findings in words, each with its number.
import type { Batch } from '../data/dataset.js';
import { definitionOf } from '../data/sets/index.js';
import type { Engine, Model } from '../engines/engine.js';
import { SettingsError } from '../errors.js';
import { experimentNetwork } from '../experiment/network.js';
import { initialWeights } from '../network/initialise.js';
import type { Network } from '../network/layers.js';
import type { TensorMap } from '../network/parameters.js';
import type { Shape } from '../network/shapes.js';
import { runsRoot } from '../paths.js';
import { openRuns, type Runs } from '../records/folder.js';
import type { RunRecord } from '../records/record.js';
import type { Finding, Severity } from './check.js';
import { checks } from './checks/index.js';
import { type Facts, look } from './facts.js';

/** Finding of one check. */
export interface DiagnosisRow extends Finding {
  check: string;
  title: string;
  usual: string;
}

/** Facts and findings of a diagnosis. */
export interface Diagnosis {
  /** Id of the run; null of a model. */
  run: string | null;
  /** `trained`, or `initial`: before the first update, also where a run kept no weights. */
  weights: 'trained' | 'initial';
  /** Of each check at least one row, in the order of the checks; a check about which nothing is known has none. */
  findings: DiagnosisRow[];
  facts: Facts;
}

/** Options of a diagnosis besides network and batch. */
export interface DiagnoseOptions {
  engine: Engine;
  /** Of a record: where its weights are. Default the folder of `runsRoot()`. */
  runs?: Runs;
  /** Of a record: `initial` looks at the network as its training began. Default `trained`. */
  weights?: 'trained' | 'initial';
  /** Of a model: examples of an update, for the noise of gradients; of a record its own. */
  batchSize?: number;
  /**
   * Weights that are moved for finite differences, two training passes each; 0 leaves them out. Default 32: chance gives a cosine
   * of 0 ± 0.18 then.
   */
  probes?: number;
  /** Distance of a move. Default 0.1: with steps that change few spikes most of a difference is chance. */
  epsilon?: number;
  /** Of the choice of weights; default 0. */
  seed?: number;
  onProgress?(event: { done: number; total: number; label: string }): void;
  /** Default a notebook's interrupt. */
  signal?: AbortSignal;
}

/**
 * Says in words what a researcher would look for in a network that does not learn as it should: dead and saturated neurons by
 * layer and step, potentials in the window of the surrogate, parameters with a gradient (χ), gradient norms by layer and step,
 * the cosine with finite differences, learning rate against weights and gradient noise, and of a record the shape of its loss.
 * Each with the number, what is usual and what to try. Nothing is changed.
 *
 * `diagnosisText` makes text of it, `diagnosisFigures` figures, `showDiagnosis` both in a notebook's cell.
 *
 * @param of - a model, or the record of a run; of one that kept no weights (it diverged) the network is diagnosed as it began
 * @param batch - examples of the training part, as `makeBatch` makes them; a hundred say enough
 * @param options - `engine` is needed, an open one; `probes`: weights that are moved for finite differences, default 32
 * @returns what was found, the worst first, and the facts that it was found in
 * @throws SettingsError when the batch does not fit the network; DataError when the run's weights are missing or damaged; the
 *   signal's reason when aborted
 *
 * @example
 * ```ts
 * const batch = makeBatch(dataset, 'train', epochOrder(split.train, 0, 0).subarray(0, 100), { steps: settings.steps });
 * await showDiagnosis(await diagnose(record, batch, { engine }));
 * ```
 */
export async function diagnose(
  of: Model | RunRecord,
  batch: Batch,
  options: DiagnoseOptions,
): Promise<Diagnosis> {
  const { engine, probes = 32, epsilon = 0.1, seed = 0, onProgress, signal } = options;
  if (!(Number.isInteger(probes) && probes >= 0))
    throw new SettingsError(`diagnose: probes must be an integer of at least 0, got ${probes}`);
  const subject = isRecord(of) ? ofRecord(of, batch, options) : await ofModel(of);
  const seen = await look(engine, subject, subject.tensors, batch, {
    ...{ probes, epsilon, seed, onProgress, signal },
  });
  const batchSize = isRecord(of) ? of.experiment.batchSize : options.batchSize;
  const facts: Facts = {
    ...seen,
    ...(batchSize !== undefined && { batchSize }),
    ...(isRecord(of) && {
      training: { rows: of.rows, outcome: of.outcome, epochs: of.experiment.epochs },
    }),
  };
  return { run: isRecord(of) ? of.id : null, weights: subject.weights, findings: findingsOf(facts), facts };
}

const isRecord = (of: Model | RunRecord): of is RunRecord => 'kind' in of && of.kind === 'run';

/** Network, settings and weights to diagnose. */
interface Subject {
  network: Network;
  settings: Model['settings'];
  tensors: TensorMap;
  weights: Diagnosis['weights'];
}

const ofModel = async (model: Model): Promise<Subject> => ({
  network: model.network,
  settings: model.settings,
  tensors: (await model.read()).weights,
  weights: 'trained',
});

function ofRecord(record: RunRecord, { shape }: Batch, { runs, weights: asked }: DiagnoseOptions): Subject {
  const { experiment, data, id, outcome } = record;
  const classes = data.arrays?.classes.length ?? definitionOf(data.name)?.classes.length;
  if (classes === undefined)
    throw new SettingsError(`diagnose: ${id} does not say how many classes ${data.name} has; give a model`);
  const network = experimentNetwork(experiment, shape.slice(-3) as Shape, classes);
  const trained = asked !== 'initial' && outcome.status === 'done';
  return {
    network,
    settings: experiment,
    tensors: trained
      ? (runs ?? openRuns(runsRoot())).readWeights(id)
      : initialWeights(network, experiment.seed),
    weights: trained ? 'trained' : 'initial',
  };
}

const ORDER: Record<Severity, number> = { fault: 0, look: 1, usual: 2 };

/** Findings of the checks: check by check, the worst of each first. */
export const findingsOf = (facts: Facts): DiagnosisRow[] =>
  checks.flatMap(({ name, title, usual, findings }) =>
    findings(facts)
      .sort((a, b) => ORDER[a.severity] - ORDER[b.severity])
      .map((finding) => ({ check: name, title, usual, ...finding })),
  );
