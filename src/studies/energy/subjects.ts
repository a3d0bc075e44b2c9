// Networks and data whose energy a preset measures: what is there, in groups over seeds, and what is not.
import { experimentNetwork } from '../../experiment/network.js';
import { DataError } from '../../errors.js';
import type { Experiment } from '../../experiment/experiment.js';
import { dataTitle, datasets, loadableName } from '../../data/sets/index.js';
import { canonicalJson } from '../../hash.js';
import { energyOf, type LayerEnergy, meanRate } from '../../measures/energy.js';
import { networkLabel } from '../../network/architectures.js';
import type { Network } from '../../network/layers.js';
import { countMacs } from '../../network/operations.js';
import { placeLayers } from '../../network/shapes.js';
import type { EvaluationRecord, RunRecord } from '../../records/record.js';
import { interval, type Interval } from '../../statistics/interval.js';
import { groupSeeds } from '../../statistics/seeds.js';
import type { Trial } from '../../sweep/presets/plan.js';
import type { FoundRecords } from '../../sweep/presets/found.js';
import { energyLayers } from './layers.js';

/** Trainings that differ in nothing but their seed, with their energy evaluations in the same order. */
export interface EnergyGroup {
  /** Name of the data set, as in the experiment. */
  dataset: string;
  /** As {@link networkLabel} has it. */
  network: string;
  /** `resnet19 × 0.25 on CIFAR-100`. */
  name: string;
  /** Settings of the group; their seed is that of the first training. */
  experiment: Experiment;
  runs: RunRecord[];
  energies: EvaluationRecord[];
  /** MAC-weighted mean input rate S, and the ratio ANN/SNN in the paper's counting, over seeds. */
  rate: Interval;
  ratio: Interval;
}

/** A network on a data set: the group of trainings that stands for it. */
export interface EnergySubject extends EnergyGroup {
  /** What it adds to the stems of its own outputs: `resnet19-0-25-cifar100`. */
  stem: string;
  /** Layers of the first training, and the network that it trained. */
  layers: LayerEnergy[];
  built: Network;
}

/** What a preset's energy evaluations are about. */
export interface EnergyFindings {
  /** One for each data set and network of which an evaluation is there. */
  subjects: EnergySubject[];
  /** Every group, whatever its T, δ and β. */
  groups: EnergyGroup[];
  /** Data sets and networks that are planned and of which there is no evaluation: `resnet19 × 0.25 on CIFAR-100`. */
  missing: { dataset: string; name: string }[];
}

/** A subject in a few words. */
export const subjectTitle = ({ name, experiment }: Pick<EnergyGroup, 'name' | 'experiment'>): string =>
  `${name}, T = ${experiment.steps}`;

const countedAsThePaper = { cost: 'int32', firstLayer: 'ac', averages: 'ac' } as const;

/** What is the same for all seeds of a training. */
const settingOf = ({ experiment }: Pick<RunRecord, 'experiment'>): string =>
  canonicalJson({ ...experiment, name: '', seed: 0 });
const datasetOf = ({ experiment }: Pick<RunRecord, 'experiment'>): string => experiment.data.name;
const networkOf = ({ experiment }: Pick<RunRecord, 'experiment'>): string => networkLabel(experiment.network);
const nameOf = (of: Pick<RunRecord, 'experiment'>): string =>
  `${networkOf(of)} on ${dataTitle(datasetOf(of))}`;

/**
 * Groups a preset's energy evaluations by data set and network.
 *
 * @param trials - of the preset, the ones that shall stand for their data set and network first
 * @param found - their records
 */
export function energyFindings(trials: readonly Trial[], found: FoundRecords): EnergyFindings {
  const energyBy = new Map(
    found.evaluations
      .filter(({ evaluation }) => evaluation.kind === 'energy')
      .map((record) => [record.of, record]),
  );
  const measured = [...new Map(found.runs.map((run) => [run.id, run])).values()].filter(({ id }) =>
    energyBy.has(id),
  );
  const groups = groupSeeds(measured, settingOf).map(({ runs }): EnergyGroup => {
    const energies = runs.map(({ id }) => energyBy.get(id)!);
    const over = (value: (record: EvaluationRecord) => number): Interval => interval(energies.map(value));
    const [{ experiment }] = runs;
    return {
      dataset: datasetOf(runs[0]),
      network: networkOf(runs[0]),
      name: nameOf(runs[0]),
      experiment,
      runs,
      energies,
      rate: over((record) => meanRate(energyLayers(record))),
      ratio: over((record) => energyOf(energyLayers(record), experiment.steps, countedAsThePaper).ratio),
    };
  });
  const planned = trials.filter(({ evaluations }) => evaluations.some(({ kind }) => kind === 'energy'));
  const names = [...new Set(planned.map(nameOf))];
  const subjects = names.flatMap((name) => {
    const settings = planned.filter((trial) => nameOf(trial) === name).map(settingOf);
    const own = groups.filter((group) => settings.includes(settingOf(group)));
    if (own.length === 0) return [];
    const [first] = own.sort((a, b) => settings.indexOf(settingOf(a)) - settings.indexOf(settingOf(b)));
    return [subjectOf(first)];
  });
  return {
    subjects,
    groups,
    missing: names
      .filter((name) => !subjects.some((subject) => subject.name === name))
      .map((name) => ({ dataset: datasetOf(planned.find((trial) => nameOf(trial) === name)!), name })),
  };
}

const subjectOf = (group: EnergyGroup): EnergySubject => ({
  ...group,
  stem: `${group.network} ${group.dataset}`.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-'),
  layers: energyLayers(group.energies[0]),
  built: networkOfRun(group.runs[0]),
});

/**
 * The network that a run trained, from its settings and its data set.
 *
 * @throws DataError when it has other multiply–accumulates than the record says
 */
function networkOfRun({ id, experiment, data: { name, arrays }, macs }: RunRecord): Network {
  const { shape, classes } = arrays ?? datasets[loadableName(name)];
  const network = experimentNetwork(experiment, shape, classes.length);
  const built = placeLayers(network).reduce((sum, place) => sum + countMacs(place), 0);
  if (built !== macs)
    throw new DataError(
      id,
      `${network.name} on ${name} has ${built} multiply–accumulates, the record says ${macs}`,
      'evaluate its energy with the version of this package that made the record',
    );
  return network;
}
