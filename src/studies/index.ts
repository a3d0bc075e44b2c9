// The studies, in the order in which their notebooks are executed and stand in the report.
import { architecture } from './architecture/study.js';
import { comparison } from './comparison/study.js';
import { energy } from './energy/study.js';
import { events } from './events/study.js';
import { flagship } from './flagship/study.js';
import { firstResults } from './first-results/study.js';
import { latency } from './latency/study.js';
import { lipschitzSweep } from './lipschitz-sweep/study.js';
import { methodsStudy } from './methods/study.js';
import { neuronAndSurrogates } from './neuron-and-surrogates/study.js';
import { noiseRobustness } from './noise-robustness/study.js';
import { sgsAblation } from './sgs-ablation/study.js';
import type { Study } from './study.js';
import { sweepAnalysis } from './sweep-analysis/study.js';
import { trainingSetSize } from './training-set-size/study.js';

/** All studies. */
export const STUDIES: readonly Study[] = [
  firstResults,
  neuronAndSurrogates,
  architecture,
  sgsAblation,
  lipschitzSweep,
  noiseRobustness,
  latency,
  energy,
  trainingSetSize,
  methodsStudy,
  flagship,
  comparison,
  sweepAnalysis,
  events,
];

/** Their notebooks' stems, in their order. */
export const NOTEBOOKS: readonly string[] = STUDIES.map(({ stem }) => stem);
