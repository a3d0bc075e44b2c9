// Every network whose energy was measured, with its setting, accuracy and ratio. Tests: test/studies/views.test.ts.
import type { EnergyGroup } from './subjects.js';

/** A row for a group of trainings that differ in nothing but their seed. */
export const measuredRow = (group: EnergyGroup): object => {
  const { network, dataset, experiment, runs, rate, ratio } = group;
  return {
    network,
    data: dataset,
    trainedOn: runs[0].data.split.train,
    T: experiment.steps,
    delta: experiment.neuron.delta,
    beta: experiment.lipschitz.beta,
    epochs: experiment.epochs,
    seeds: runs.length,
    testAccuracy:
      runs.reduce((sum, { outcome }) => sum + 100 * (outcome.testAccuracy ?? NaN), 0) / runs.length,
    meanInputRate: 100 * rate.mean,
    TS: experiment.steps * rate.mean,
    timesLess: ratio.mean,
    sd: ratio.sd,
  };
};
