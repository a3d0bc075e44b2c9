// The surrogates by name, in the order in which they are documented. Adding one: its file, and its line here.
import { z } from 'zod';
import { SettingsError } from '../errors.js';
import { positive, settings } from '../settings.js';
import { atan } from './atan.js';
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
} satisfies Record<string, Surrogate>;

/** The name of a built-in surrogate. */
export type SurrogateName = keyof typeof builtIn;
/** All built-in surrogates by name. */
export const surrogates: Readonly<Record<SurrogateName, Surrogate>> = builtIn;
/** Their names. */
export const SURROGATE_NAMES = Object.keys(builtIn) as SurrogateName[];

/** A surrogate as an experiment names it: the name, and the shape parameter where it is not the default. */
export interface SurrogateSettings {
  name: SurrogateName;
  /** a, γ, α or σ; positive. Default: the one with unit peak and unit area. */
  parameter?: number;
}

/** What an experiment may say of it. */
export const surrogateSchema = settings({
  name: z.enum(SURROGATE_NAMES),
  parameter: positive.min(1e-6).optional(),
}).refine(({ name, parameter }) => surrogates[name].parameter !== undefined || parameter === undefined, {
  path: ['parameter'],
  error: ({ input }) => `${(input as SurrogateSettings).name} has no parameter; leave it out`,
});

/** The shape parameter in force. Throws SettingsError when it is not positive. */
export function surrogateParameter({ name, parameter }: SurrogateSettings): number {
  const value = parameter ?? surrogates[name].parameter?.default ?? 1;
  if (!(value > 0)) throw new SettingsError(`surrogate ${name}: its parameter must be > 0, got ${value}`);
  return value;
}
