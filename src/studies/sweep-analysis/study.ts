// Any sweep: the table that a paper prints, marginal effects, a heat map, parallel coordinates. It reads the records of others.
import type { Study } from '../study.js';

/** Parts and claims of the notebook `sweep-analysis`. */
export const sweepAnalysis: Study = {
  stem: 'sweep-analysis',
  title: 'Sweep analysis',
  figures: ['effects', 'map', 'runs'],
  tables: ['table'],
};
