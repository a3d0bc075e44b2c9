// Measurements on the network of most trainings alone: its gradients, and how they and accuracy change with δ. Tests:
// test/studies/views.test.ts.
import type { EvaluationRecord, RunRecord } from '../../records/record.js';
import type { StudyContext } from '../context.js';
import { PAPER_STRENGTH, runsOf } from './ablations.js';
import { type ChangePoint, changePoints, type DeltaPoint, deltaPoints } from './strength.js';

/** Records and numbers of that network. */
export interface MainNetwork {
  network: string;
  trained: readonly RunRecord[];
  /** Evaluations of kind `probe`, and the runs that have one. */
  probes: readonly EvaluationRecord[];
  probed: readonly RunRecord[];
  /** Evaluations of kind `gradients`. */
  changed: readonly EvaluationRecord[];
  /** By how much the gradient changes, by δ; and at the paper's. */
  changes: readonly ChangePoint[];
  atPaper: ChangePoint | undefined;
  /** The runs of the sweep over δ: rectangle, the paper's β. */
  swept: readonly RunRecord[];
  byDelta: readonly DeltaPoint[];
  lifLayers: number;
  steps: number;
}

/** @param network - one that has runs */
export function mainNetwork(context: StudyContext, network: string): MainNetwork {
  const trained = runsOf(context, network);
  const ofKind = (kind: string): EvaluationRecord[] =>
    context.evaluations.filter(
      ({ evaluation, of }) => evaluation.kind === kind && trained.some(({ id }) => id === of),
    );
  const [probes, changed] = [ofKind('probe'), ofKind('gradients')];
  const [{ spikeRates, experiment }] = trained;
  const changes = changePoints(changed, spikeRates.length, experiment.steps);
  const swept = trained.filter(
    ({ experiment: { neuron, lipschitz } }) =>
      neuron.surrogate.name === 'rectangle' && lipschitz.beta === PAPER_STRENGTH,
  );
  return {
    ...{ network, trained, probes, changed, changes, swept },
    probed: trained.filter(({ id }) => probes.some(({ of }) => of === id)),
    atPaper: changes.find(({ delta }) => delta === PAPER_STRENGTH),
    byDelta: deltaPoints(swept),
    lifLayers: spikeRates.length,
    steps: experiment.steps,
  };
}
