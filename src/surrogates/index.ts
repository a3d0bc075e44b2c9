// The surrogates by name, in the order in which they are documented. Adding one: its file, and its line here. What an experiment
// says of them is settings.ts.
import { atan } from './atan.js';
import { dspike } from './dspike.js';
import { exponential } from './exponential.js';
import { fastSigmoid } from './fast-sigmoid.js';
import { gaussian } from './gaussian.js';
import { identity } from './identity.js';
import { rectangle } from './rectangle.js';
import { sigmoid } from './sigmoid.js';
import type { Surrogate } from './surrogate.js';
import { triangle } from './triangle.js';

export type { Surrogate } from './surrogate.js';

const builtIn = {
  rectangle,
  triangle,
  sigmoid,
  atan,
  gaussian,
  fastSigmoid,
  identity,
  dspike,
  exponential,
} satisfies Record<string, Surrogate>;

/** The name of a built-in surrogate. */
export type SurrogateName = keyof typeof builtIn;
/** All built-in surrogates by name. */
export const surrogates: Readonly<Record<SurrogateName, Surrogate>> = builtIn;
/** Their names. */
export const SURROGATE_NAMES = Object.keys(builtIn) as SurrogateName[];
