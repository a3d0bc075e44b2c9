// Every accuracy behind the outputs, with what it rests on: network, training examples, settings, seeds, machine.
import { deltaText, fixedDelta } from '../surrogates/delta.js';
import { dataTitle } from '../data/sets/index.js';
import { canonicalJson } from '../hash.js';
import { networkLabel } from '../network/architectures.js';
import type { RunRecord } from '../records/record.js';
import { besidesDefaults } from '../statistics/besides.js';
import { groupSeeds, spreadOf } from '../statistics/seeds.js';

/** A setting over its seeds; cells are text, ready to be shown. */
export type AccuracyRow = Record<string, string | number>;

/**
 * A row for each setting: finished trainings that differ in nothing but their seed, by data set, network and settings.
 *
 * Neuron, norm and loss have a column where they are not the same for all.
 *
 * @param runs - in any order; what did not finish is left out
 */
export function accuracyRows(runs: readonly RunRecord[]): AccuracyRow[] {
  const done = runs.filter(({ outcome }) => outcome.status === 'done' && outcome.testAccuracy !== null);
  const groups = groupSeeds(done, ({ experiment, data, numerics }) => {
    const { name: _name, seed: _seed, ...settings } = experiment;
    return { settings, fingerprint: data.fingerprint, engine: numerics.engine };
  });
  const differs = done.some((run) => besidesText(run) !== '');
  return groups
    .map(({ key, runs: members }) => ({
      sortKey: sortKey(members[0], canonicalJson(key)),
      row: rowOf(members, differs),
    }))
    .sort((a, b) => (a.sortKey < b.sortKey ? -1 : 1))
    .map(({ row }) => row);
}

/** By data set, network and settings, numbers in the order of their size. */
const sortKey = ({ data, experiment }: RunRecord, key: string): string => {
  const { neuron, lipschitz, steps, epochs, network } = experiment;
  const numbers = [data.split.train, epochs, steps, fixedDelta(neuron.delta), lipschitz.beta].map((value) =>
    value.toFixed(8).padStart(20, '0'),
  );
  return [data.name, networkLabel(network), neuron.surrogate.name, ...numbers, key].join('\n');
};

const besidesText = (run: RunRecord): string =>
  besidesDefaults(run)
    .map(([path, value]) => `${path} = ${String(value)}`)
    .join(', ');

function rowOf(runs: readonly RunRecord[], differs: boolean): AccuracyRow {
  const [{ data, experiment, parameters, numerics }] = runs;
  const { n, mean, sd } = spreadOf(runs);
  return {
    data: dataTitle(data.name),
    network: networkLabel(experiment.network),
    parameters: parameters.toLocaleString('en-US'),
    'training examples': data.split.train.toLocaleString('en-US'),
    'test examples': data.split.test.toLocaleString('en-US'),
    T: experiment.steps,
    epochs: experiment.epochs,
    surrogate: experiment.neuron.surrogate.name,
    ...(differs && { 'neuron, norm, loss': besidesText(runs[0]) }),
    'δ of SGS': deltaText(experiment.neuron.delta),
    'β of LR': experiment.lipschitz.beta,
    engine: numerics.engine,
    seeds: n,
    'test accuracy in %': mean.toFixed(2) + (sd === null ? '' : ` ± ${sd.toFixed(2)}`),
  };
}

/** The machines that trained, each with its trainings: `AMD EPYC, 2 cores, linux x64, Node 24.21.0: 122 trainings`. */
export function machineLines(runs: readonly RunRecord[]): string[] {
  const counts = new Map<string, number>();
  for (const { machine, versions } of runs) {
    const text = `${machine.cpu}, ${machine.cores} cores, ${machine.platform}, Node ${versions.node}`;
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return [...counts]
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .map(([text, count]) => `${text}: ${count} ${count === 1 ? 'training' : 'trainings'}`);
}
