// Networks trained on event data, side by side: what each was, what it saw, and how often it is right.
import { classNames, dataTitle, isEventData } from '../../data/sets/index.js';
import { networkLabel } from '../../network/architectures.js';
import type { EvaluationRecord, RunRecord } from '../../records/record.js';

/** A network trained on recordings of events. */
export interface EventNetwork {
  /** The data set, as people write it. */
  data: string;
  network: string;
  steps: number;
  pipeline: string | null;
  /** Recordings. */
  trained: number;
  tested: number;
  /** Test accuracy after the last epoch, in %. */
  accuracy: number | null;
  /** Accuracy of guessing, in %. */
  chance: number;
  /** Its confusion matrix, where it was made. */
  confusion: EvaluationRecord | undefined;
  run: RunRecord;
}

/**
 * The finished networks on event data among runs, one data set after the other, by seed.
 *
 * @param runs - those on other data are left out
 * @param evaluations - of some of the runs
 */
export const eventNetworks = (
  runs: readonly RunRecord[],
  evaluations: readonly EvaluationRecord[],
): EventNetwork[] =>
  runs
    .filter(({ data, outcome }) => isEventData(data.name) && outcome.status === 'done')
    .sort((a, b) => b.data.name.localeCompare(a.data.name, 'en') || a.experiment.seed - b.experiment.seed)
    .map((run) => {
      const { experiment, data, outcome } = run;
      return {
        data: dataTitle(data.name),
        network: networkLabel(experiment.network),
        steps: experiment.steps,
        pipeline: experiment.data.pipeline ?? null,
        trained: data.split.train,
        tested: data.split.test,
        accuracy: outcome.testAccuracy === undefined ? null : 100 * outcome.testAccuracy,
        chance: 100 / classNames(experiment.data.name).length,
        confusion: evaluations.find(({ of, evaluation }) => of === run.id && evaluation.kind === 'confusion'),
        run,
      };
    });
