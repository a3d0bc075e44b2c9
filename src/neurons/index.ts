// The models of neurons by name. Adding one: its file, and its line here. Where an experiment names none it is `lif`, so
// that experiments have the ids that they had before there was a choice.
import { lif } from './lif.js';

/** All models of neurons by name. */
export const neurons = { lif };

/** What an experiment may say of its neurons. */
export const neuronSchema = neurons.lif.settings;
