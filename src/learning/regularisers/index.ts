// The regularisers by their name in an experiment. Adding one: its file, its line here, and what each engine does with it; engine
// results and records have a field for each.
import { lipschitz } from './lipschitz.js';

export { defaultLipschitz, type LipschitzSettings } from './lipschitz.js';

/** All regularisers by name. */
export const regularisers = { lipschitz };

/** What an experiment may say of them. */
export const regulariserFields = { lipschitz: lipschitz.settings };
