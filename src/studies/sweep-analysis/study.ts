// Any sweep: the table that a paper prints, marginal effects, a heat map, parallel coordinates. It reads the records of others.
import type { Study } from '../study.js';

/** What the notebook `sweep-analysis` gives. */
export const sweepAnalysis: Study = {
  stem: 'sweep-analysis',
  title: 'Sweep analysis',
  figures: ['effects', 'map', 'runs'],
  tables: ['table'],
};
