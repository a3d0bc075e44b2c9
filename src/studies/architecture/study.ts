// The networks: Table 7 and Fig. 9, counted from the description that the engines execute.
import type { Study } from '../study.js';

/** Parts and claims of the notebook `architecture`. */
export const architecture: Study = {
  stem: 'architecture',
  title: 'Architecture',
  figures: ['cost', 'block'],
  tables: ['layers', 'networks'],
  claims: 'counted',
};
