// The surrogates by name, in the order in which they are documented. Adding one: its file, and its line here.
import { z } from 'zod';
import { readSurrogate, type SurrogateDescription, type SurrogateEquations } from '../equations/index.js';
import { SettingsError } from '../errors.js';
import { chosenBy, positive, readBy, settings } from '../settings.js';
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

/** A built-in surrogate as an experiment names it: the name, and the shape parameter where it is not the default. */
export interface NamedSurrogate {
  name: SurrogateName;
  /** a, γ, α or σ; positive. Default: the one with unit peak and unit area. */
  parameter?: number;
  /** What a description has and a name has not. */
  derivative?: undefined;
}

/** A surrogate of an experiment: a built-in one by its name, or one's own as an equation. */
export type SurrogateSettings = NamedSurrogate | SurrogateDescription;

/** A surrogate as people write it. Both forms are one type: of several, Tab in a notebook would not offer the names. */
export type SurrogateInput = { name: SurrogateName | (string & {}) } & Partial<
  Omit<NamedSurrogate, 'name' | 'derivative'> & Omit<SurrogateDescription, 'name'>
>;

/** Whether a surrogate is given as an equation. */
export const isDescribed = (surrogate: SurrogateSettings): surrogate is SurrogateDescription =>
  surrogate.derivative !== undefined;

const named: z.ZodType<NamedSurrogate> = settings({
  name: z.enum(SURROGATE_NAMES),
  parameter: positive.min(1e-6).optional(),
}).refine(({ name, parameter }) => surrogates[name].parameter !== undefined || parameter === undefined, {
  path: ['parameter'],
  error: ({ input }) => `${(input as NamedSurrogate).name} has no parameter; leave it out`,
});

/** In one spelling. Names of built-in ones are theirs: tables tell surrogates by their names. */
const described = readBy((given): SurrogateDescription => {
  const { description } = readSurrogate(given as SurrogateDescription);
  if (Object.hasOwn(surrogates, description.name))
    throw new SettingsError(`"${description.name}" is the name of a built-in surrogate; take another`);
  return description;
});

const hasEquation = (given: unknown): boolean =>
  typeof given === 'object' && given !== null && Object.hasOwn(given, 'derivative');

/** What an experiment may say of it. */
export const surrogateSchema = chosenBy<SurrogateSettings>((given) =>
  hasEquation(given) ? (described as z.ZodType<SurrogateSettings>) : named,
);

/** The shape parameter in force. Throws SettingsError when it is not positive. */
export function surrogateParameter({ name, parameter }: NamedSurrogate): number {
  const value = parameter ?? surrogates[name].parameter?.default ?? 1;
  if (!(value > 0)) throw new SettingsError(`surrogate ${name}: its parameter must be > 0, got ${value}`);
  return value;
}

/** Of descriptions that were read before. A description that an experiment or a network holds does not change. */
const read = new WeakMap<SurrogateDescription, SurrogateEquations>();

/** A surrogate's description, read once. */
export function surrogateEquations(description: SurrogateDescription): SurrogateEquations {
  const known = read.get(description) ?? readSurrogate(description);
  read.set(description, known);
  return known;
}

/** h(u) of a surrogate in force, float64. Throws SettingsError where it is none. */
export function derivativeOf(surrogate: SurrogateSettings): (u: number) => number {
  if (isDescribed(surrogate)) return surrogateEquations(surrogate).derivative;
  const { derivative } = surrogates[surrogate.name];
  const parameter = surrogateParameter(surrogate);
  return (u) => derivative(u, parameter);
}
