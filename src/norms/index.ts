// The batch norms by name whose map may differ from step to step. Adding one: its file, and its line here; its name in
// experiments and its run on every engine follow from the list.
import { bntt } from './bntt.js';
import type { StepNorm } from './norm.js';
import { stepwise } from './stepwise.js';
import { tebn } from './tebn.js';

const builtIn = { stepwise, tebn, bntt } satisfies Record<string, StepNorm>;

/** The name of a batch norm over time. */
export type StepNormName = keyof typeof builtIn;
/** All of them, in the order in which they are documented. */
export const stepNorms: Readonly<Record<StepNormName, StepNorm>> = builtIn;
/** Their names. */
export const STEP_NORM_NAMES = Object.keys(builtIn) as StepNormName[];
