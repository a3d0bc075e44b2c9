// Accuracies of other methods beside ours: rows from data/paper and from records.
import { fixedDelta } from '../../surrogates/delta.js';
import { type DatasetName, exampleWord } from '../../data/sets/index.js';
import type { Experiment } from '../../experiment/experiment.js';
import { readPaper } from '../../figures/paper.js';
import { networkLabel } from '../../network/architectures.js';
import type { RunRecord } from '../../records/record.js';
import { besidesDefaults } from '../../statistics/besides.js';
import { groupSeeds, type SeedGroup, spreadOf } from '../../statistics/seeds.js';

/** An accuracy, published or ours. */
export interface ComparisonRow {
  method: string;
  architecture: string | null;
  /** Origin of the weights: direct, hybrid, conversion, ANN; or the paper's, or ours. */
  kind: string;
  /** Time steps T; null where not seen. */
  steps: number | null;
  /** Test accuracy in %: one published number, or our mean over seeds. */
  accuracy: number;
  /** Where it was read, or our setting. */
  source: string;
  /** Whether number, network and T were read a second time in the source named; null for ours. */
  checked: 'yes' | 'no' | null;
  note: string | null;
  /** Over our seeds; null for one seed and for published numbers. */
  sd: number | null;
  /** Our seeds; null for published numbers. */
  n: number | null;
  /** Records behind it. */
  runs: string[];
}

/** The published accuracies on a data set, best first. */
export function publishedRows(dataset: DatasetName): ComparisonRow[] {
  const rows = readPaper('comparison').objects() as (Omit<ComparisonRow, 'sd' | 'n' | 'runs'> & {
    dataset: string;
  })[];
  return rows
    .filter((row) => row.dataset === dataset)
    .map(({ dataset: _, ...row }) => ({ ...row, sd: null, n: null, runs: [] }))
    .sort((a, b) => b.accuracy - a.accuracy);
}

/** Settings of the authors' code; weaker and stronger settings are in the sweeps' notebooks. */
const PAPER = {
  architecture: 'resnet19',
  surrogate: 'rectangle',
  delta: 1e-4,
  beta: 1e-4,
  steps: 2,
} as const;

/**
 * Our accuracies on a data set, one row a setting: test accuracy after the last epoch, mean over seeds. Rectangle only,
 * SGS and LR each off or at the paper's strength, and no other neuron, norm or loss: those stand in the notebook `methods`.
 *
 * The first row is the one whose setting is nearest to the paper's (ResNet-19, SGS and LR, T = 2, then width, training
 * images, epochs, and seeds, which are no setting). Accuracy plays no part in the order: taking the first row chooses
 * nothing by the test part.
 *
 * @param runs - finished runs; those on other data are left out
 */
export function ourRows(runs: readonly RunRecord[], dataset: DatasetName): ComparisonRow[] {
  const here = runs.filter((run) => {
    const { data, outcome, experiment } = run;
    const { neuron, lipschitz } = experiment;
    return (
      data.name === dataset &&
      outcome.status === 'done' &&
      neuron.surrogate.name === PAPER.surrogate &&
      [0, PAPER.delta].includes(fixedDelta(neuron.delta)) &&
      [0, PAPER.beta].includes(lipschitz.beta) &&
      besidesDefaults(run).length === 0
    );
  });
  const groups = groupSeeds(here, ({ experiment, data, numerics }) => {
    const { name: _name, seed: _seed, ...settings } = experiment;
    return { settings, fingerprint: data.fingerprint, engine: numerics.engine };
  });
  return groups
    .sort((a, b) => {
      const [left, right] = [nearness(a), nearness(b)];
      const i = left.findIndex((value, place) => value !== right[place]);
      return i < 0 ? 0 : right[i] - left[i];
    })
    .map(({ key: { settings, engine }, runs: members }) => {
      const { neuron, lipschitz, epochs, steps, network } = settings;
      const { n, mean, sd } = spreadOf(members);
      const images = members[0].data.split.train.toLocaleString('en-US');
      const examples = exampleWord({ name: dataset });
      return {
        method: `ours, ${images} ${examples}: δ = ${fixedDelta(neuron.delta)}, β = ${lipschitz.beta}`,
        architecture: networkLabel(network),
        kind: network.twin === 'ann' ? 'ANN, ours' : 'ours',
        steps: network.twin === 'ann' ? null : steps,
        accuracy: mean,
        source: `${images} training ${examples}, ${epochs} epochs, ${neuron.surrogate.name}, engine ${engine}`,
        checked: null,
        note: 'smaller than the published settings',
        sd,
        n,
        runs: members.map(({ id }) => id),
      };
    });
}

/** Nearness of a setting to the paper's: compared place by place, larger is nearer. */
function nearness({
  key: { settings },
  runs,
}: SeedGroup<{ settings: Omit<Experiment, 'name' | 'seed'> }>): number[] {
  const { network, neuron, lipschitz, steps, epochs } = settings;
  return [
    network.architecture === PAPER.architecture ? 1 : 0,
    fixedDelta(neuron.delta) === PAPER.delta && lipschitz.beta === PAPER.beta ? 1 : 0,
    steps === PAPER.steps ? 1 : 0,
    network.width ?? 1,
    runs[0].data.split.train,
    epochs,
    runs.length,
  ];
}
