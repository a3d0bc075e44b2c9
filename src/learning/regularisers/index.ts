// The regularisers by their name in an experiment: penalties, and beside them Parseval's step, which follows each update. Adding one: its file, its line here, and what each engine does with it; engine
// results and records have a field for each.
import { lipschitz } from './lipschitz.js';
import { parseval } from './parseval.js';

export { defaultLipschitz, type LipschitzSettings } from './lipschitz.js';
export { parseval, type ParsevalSettings } from './parseval.js';

/** All regularisers by name. */
export const regularisers = { lipschitz };

/** Their settings in an experiment. */
export const regulariserFields = {
  lipschitz: lipschitz.settings,
  parseval: parseval.settings.optional(),
};
