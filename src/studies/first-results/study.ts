// First results: the whole flow on one training, from images to spikes and energy. Tests: test/studies/trials.test.ts.
import type { ExperimentInput } from '../../experiment/experiment.js';
import { desk } from '../../sweep/presets/desk.js';
import { paper } from '../../sweep/presets/paper.js';
import { EVALUATIONS, type PlannedTrial } from '../../sweep/presets/plan.js';
import { quick } from '../../sweep/presets/quick.js';
import type { Study } from '../study.js';

/** Its records carry the name that they were made under. */
const trial = (base: ExperimentInput, seed: number): PlannedTrial => ({
  settings: { ...base, name: 'quickstart', seed },
  evaluations: [EVALUATIONS.confusion, EVALUATIONS.energy, EVALUATIONS.probe],
});

/** Trials, parts and claims of the notebook `first-results`. */
export const firstResults: Study = {
  stem: 'first-results',
  title: 'First results',
  trials: {
    quick: [trial(quick.base, 0)],
    desk: [trial(desk.small, 0)],
    paper: [trial(paper.base, 2022)],
  },
  figures: ['learning', 'spike-rates', 'confusion'],
  tables: ['energy'],
};
