// Applies the rules of an experiment for the gradient through the spikes, epoch by epoch: the surrogate's parameter, the strengths
// of SGS. Everything follows from the weights, the data and the seed, so that a training that is continued goes on as it would
// have.
import { epochOrder, makeBatch } from '../data/batches.js';
import type { Dataset } from '../data/dataset.js';
import type { Split } from '../data/split.js';
import type { Model, Tuning } from '../engines/engine.js';
import { tunedNeuron } from '../engines/settled.js';
import type { Experiment } from '../experiment/experiment.js';
import { layerCurvatures } from '../measures/curvature.js';
import { cosineWith, finiteDifference } from '../measures/finite-difference.js';
import type { Network } from '../network/layers.js';
import { stream } from '../random.js';
import { type DeltaByCurvature, isByCurvature } from '../surrogates/delta.js';
import { type ChosenByCosine, isByCosine } from '../surrogates/parameter.js';
import { isScheduled, scheduledAt } from '../surrogates/schedules.js';

/** Where a training is before an epoch. */
export interface TuningSite {
  /** 0-based. */
  epoch: number;
  /** Values of the epoch before. */
  before?: Tuning;
  model: Model;
  network: Network;
  dataset: Dataset;
  split: Split;
  signal?: AbortSignal;
}

/** The least parameter of a surrogate. */
const LEAST = 1e-6;

/**
 * What is in force in an epoch; undefined where the experiment has no rule. The model may have been tuned otherwise on the way.
 *
 * @throws the signal's reason when aborted
 */
export async function tuningOf(experiment: Experiment, site: TuningSite): Promise<Tuning | undefined> {
  const { surrogate, delta } = experiment.neuron;
  const rule = 'parameter' in surrogate ? surrogate.parameter : undefined;
  const { epoch } = site;
  const tuning: Tuning = {};
  if (isScheduled(delta)) tuning.delta = scheduledAt(delta, epoch, experiment.epochs);
  if (isScheduled(rule)) tuning.parameter = scheduledAt(rule, epoch, experiment.epochs);
  if (isByCosine(rule)) tuning.parameter = await byCosine(rule, experiment, site);
  if (isByCurvature(delta)) tuning.delta = await byCurvature(delta, experiment, site, tuning.parameter);
  return Object.keys(tuning).length > 0 ? tuning : undefined;
}

/** The candidate whose gradient points most where finite differences do; of equals the one in force. */
async function byCosine(rule: ChosenByCosine, experiment: Experiment, site: TuningSite): Promise<number> {
  const { probes, epsilon, step } = rule;
  const { epoch, before, model, dataset, split, signal } = site;
  const { seed, steps, batchSize, data } = experiment;
  const current = before?.parameter ?? rule.from;
  const order = epochOrder(split.train, seed, epoch);
  const augment = data.augment === 'standard' ? { seed, epoch } : undefined;
  const batch = makeBatch(dataset, 'train', order.subarray(0, batchSize), { steps, augment });
  const found = await finiteDifference(model, batch, {
    seed,
    path: ['surrogate', epoch],
    probes,
    epsilon,
    signal,
  });
  let best = { parameter: current, cosine: -Infinity };
  for (const parameter of [current, current + step, current - step]) {
    if (!(parameter >= LEAST)) continue;
    model.tune({ parameter });
    const cosine = cosineWith(found, (await model.gradients(batch)).gradients) ?? -Infinity;
    if (cosine > best.cosine) best = { parameter, cosine };
  }
  return best.parameter;
}

/** δ of every layer: its first value before the second epoch, then worked out anew every so many epochs. */
async function byCurvature(
  { from, every, batches, examples, epsilon }: DeltaByCurvature,
  { neuron, seed, steps, ...settings }: Experiment,
  { epoch, before, model, network, dataset, split, signal }: TuningSite,
  parameter?: number,
): Promise<Tuning['delta']> {
  if (epoch === 0) return from;
  if (epoch % every !== 0) return before?.delta ?? from;
  const order = stream(seed, 'probe', 'curvature', epoch).permutation(split.train.length);
  const some = Array.from({ length: batches }, (_, b) => {
    const indices = order.subarray(b * examples, (b + 1) * examples).map((i) => split.train[i]);
    return indices.length === 0 ? [] : [makeBatch(dataset, 'train', indices, { steps })];
  }).flat();
  const inForce = tunedNeuron(network, neuron, { parameter, delta: before?.delta });
  const { weights } = await model.read();
  const rows = await layerCurvatures(network, { ...settings, steps, neuron: inForce }, weights, some, {
    ...{ epsilon, seed, path: [epoch], signal },
  });
  return Object.fromEntries(rows.map(({ layer, delta }) => [layer, delta]));
}
