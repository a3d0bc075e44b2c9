// The surrogate settings of an experiment: a built-in one by its name, a table, STDB, or one's own as an equation; a factor of its
// height; and what it is a function of. And h in force, in plain numbers.
import { z } from 'zod';
import { readSurrogate, type SurrogateDescription, type SurrogateEquations } from '../equations/index.js';
import { surrogateOf } from '../equations/surrogate.js';
import { SettingsError } from '../errors.js';
import { chosenBy, positive, settings } from '../settings.js';
import { SURROGATE_NAMES, type SurrogateName, surrogates } from './index.js';
import {
  isTied,
  parameterAtEnd,
  parameterSchema,
  type SurrogateParameter,
  type SurrogateParameterInput,
} from './parameter.js';
import type { StatefulSurrogate } from './stateful.js';
import { STDB_DECAY, stdbEquations, type StdbSurrogate } from './stdb.js';
import { tableExpression, tableFields, tableProblem, type TableSurrogate } from './table.js';
import { tiedRectangle } from './tied.js';

/** Common settings of surrogates. */
export interface SurrogateForm {
  /** A factor of h, positive: 0.3 in Diet-SNN, BNTT and STDB. Default 1. */
  height?: number;
  /**
   * Argument of h: the argument of `spike` as the equations have it, `v − θ` (`difference`, left out); or `ratio`: that
   * divided by `theta`, of LIF v/θ − 1, so that the gradient of v has the factor 1/θ of the chain rule, as in Diet-SNN.
   */
  argument?: 'ratio';
}

/** A built-in surrogate as an experiment names it: the name, and the shape parameter where it is not the default. */
export interface NamedSurrogate extends SurrogateForm {
  name: SurrogateName;
  /** a, γ, α, σ, b or β; positive. Default: the one with unit peak and unit area. Or the rule by which it changes. */
  parameter?: SurrogateParameter;
  /** What a description has and a name has not. */
  derivative?: undefined;
}

/** A surrogate of an experiment: a built-in one by its name, a table, STDB, or one's own as an equation. */
export type SurrogateSettings =
  | NamedSurrogate
  | (TableSurrogate & SurrogateForm & { derivative?: undefined })
  | (StdbSurrogate & SurrogateForm & { derivative?: undefined })
  | (SurrogateDescription & SurrogateForm);

/** A surrogate as people write it. All forms are one type: of several, Tab in a notebook would not offer the names. */
export type SurrogateInput = { name: SurrogateName | 'stdb' | 'table' | (string & {}) } & Partial<
  Omit<TableSurrogate, 'name'> &
    Omit<SurrogateDescription, 'name'> & {
      /** a, γ, α, σ, b or β, or the rule by which it changes. Default: the surrogate's. */
      parameter: number | SurrogateParameterInput;
      /** A factor of h, positive. Default 1. */
      height: number;
      /** Argument of h: `difference` v − θ, or `ratio` v/θ − 1 with the chain rule's 1/θ. Default difference. */
      argument: 'difference' | 'ratio';
    }
>;

/** The names that an experiment can give. */
export const NAMED_SURROGATES = [...SURROGATE_NAMES, 'stdb'] as const;

const form = {
  height: positive.optional(),
  argument: z
    .enum(['difference', 'ratio'])
    .transform((argument) => (argument === 'ratio' ? argument : undefined))
    .optional(),
};

/** Whether a parameter can be any surrogate's. */
const isNumberRule = (parameter: SurrogateParameter | undefined): boolean => !isTied(parameter);

const named = settings({
  name: z.enum(SURROGATE_NAMES, {
    error: () =>
      `Invalid option: expected one of ${[...NAMED_SURROGATES, 'table'].map((name) => `"${name}"`).join('|')}, or an equation as derivative`,
  }),
  parameter: parameterSchema.optional(),
  ...form,
})
  .refine(({ name, parameter }) => surrogates[name].parameter !== undefined || parameter === undefined, {
    path: ['parameter'],
    error: ({ input }) => `${(input as NamedSurrogate).name} has no parameter; leave it out`,
  })
  .refine(({ name, parameter }) => name === 'rectangle' || isNumberRule(parameter), {
    path: ['parameter'],
    error: ({ input }) =>
      `rule norm is the rectangle's, got ${(input as NamedSurrogate).name}; take name rectangle`,
  })
  .refine(({ argument, parameter }) => argument === undefined || isNumberRule(parameter), {
    path: ['argument'],
    error: 'rule norm gives the width in the unit of the potential; leave argument out',
  });

const table = settings({ ...tableFields, ...form }).superRefine((given, context) => {
  const problem = tableProblem(given);
  if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
});

const stdb = settings({
  name: z.literal('stdb'),
  parameter: parameterSchema.optional(),
  height: form.height,
}).refine(({ parameter }) => isNumberRule(parameter), {
  path: ['parameter'],
  error: "rule norm is the rectangle's, got stdb; take name rectangle",
});

const ofEquation = settings({ ...form }).loose();

/** In one spelling. Names of built-in ones are theirs: tables tell surrogates by their names. */
const described = ofEquation.transform((given, context): SurrogateDescription & SurrogateForm => {
  const { height, argument, ...rest } = given as unknown as SurrogateDescription & SurrogateForm;
  try {
    const { description } = readSurrogate(rest);
    if (Object.hasOwn(surrogates, description.name) || ['table', 'stdb'].includes(description.name))
      throw new SettingsError(`"${description.name}" is the name of a built-in surrogate; take another`);
    return { ...description, height, argument };
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    context.addIssue({ code: 'custom', message: error.message });
    return z.NEVER;
  }
});

function schemaOf(given: unknown): z.ZodType<SurrogateSettings> {
  const has = (field: string): boolean =>
    typeof given === 'object' && given !== null && Object.hasOwn(given, field);
  const name = has('name') ? (given as { name: unknown }).name : undefined;
  if (has('derivative')) return described as z.ZodType<SurrogateSettings>;
  if (name === 'table') return table as z.ZodType<SurrogateSettings>;
  return (name === 'stdb' ? stdb : named) as z.ZodType<SurrogateSettings>;
}

/** Its settings in an experiment. An absent field is left out: it must not move an id. */
export const surrogateSchema = chosenBy<SurrogateSettings>(schemaOf).transform((given) => {
  if (!Object.values(given).includes(undefined)) return given;
  const filled = Object.entries(given).filter(([, value]) => value !== undefined);
  return Object.fromEntries(filled) as unknown as SurrogateSettings;
});

type Described = SurrogateDescription & SurrogateForm;

/** Whether a surrogate is a function of the argument of the spike that is given by its name. */
export const isNamed = (surrogate: SurrogateSettings): surrogate is NamedSurrogate =>
  surrogate.derivative === undefined && Object.hasOwn(surrogates, surrogate.name) && !hasTiedWidth(surrogate);

/** Whether its width follows a batch norm. */
export const hasTiedWidth = (surrogate: SurrogateSettings): boolean =>
  'parameter' in surrogate && isTied(surrogate.parameter);

/**
 * The shape parameter in force; of one that changes during the training its last value, of rule `cosine` its first.
 * Throws SettingsError when it is not positive.
 */
export function surrogateParameter({ name, parameter }: Pick<NamedSurrogate, 'name' | 'parameter'>): number {
  const value = parameterAtEnd(parameter) ?? surrogates[name].parameter?.default ?? 1;
  if (!(value > 0)) throw new SettingsError(`surrogate ${name}: its parameter must be > 0, got ${value}`);
  return value;
}

/** Of descriptions and tables that were read before. What an experiment or a network holds does not change. */
const read = new WeakMap<object, SurrogateEquations>();

/** A surrogate's description, or a table, read once; its height is a factor that is left out. */
export function surrogateEquations(surrogate: SurrogateSettings | SurrogateDescription): SurrogateEquations {
  let known = read.get(surrogate);
  if (known) return known;
  if (surrogate.derivative === undefined)
    known = surrogateOf('table', tableExpression(surrogate as TableSurrogate));
  else {
    const { height: _height, argument: _argument, ...description } = surrogate as Described;
    known = readSurrogate(description);
  }
  read.set(surrogate, known);
  return known;
}

/** The equations of a surrogate that has a state of its own; undefined of any other. */
export function statefulSurrogate(surrogate: SurrogateSettings): StatefulSurrogate | undefined {
  if (hasTiedWidth(surrogate)) return tiedRectangle;
  if (surrogate.name !== 'stdb' || surrogate.derivative !== undefined) return undefined;
  return stdbEquations(parameterAtEnd((surrogate as StdbSurrogate).parameter) ?? STDB_DECAY);
}

/**
 * h(u) of a surrogate in force, float64, its height included. Throws SettingsError where it is none, or no function of u alone.
 */
export function derivativeOf(surrogate: SurrogateSettings): (u: number) => number {
  const h = shapeOf(surrogate);
  const { height } = surrogate;
  return height === undefined ? h : (u) => height * h(u);
}

function shapeOf(surrogate: SurrogateSettings): (u: number) => number {
  if (statefulSurrogate(surrogate))
    throw new SettingsError(
      `surrogate ${surrogate.name}: it depends on more than the argument of the spike; look at it by probe`,
    );
  if (!isNamed(surrogate)) return surrogateEquations(surrogate).derivative;
  const { derivative } = surrogates[surrogate.name];
  const parameter = surrogateParameter(surrogate);
  return (u) => derivative(u, parameter);
}
