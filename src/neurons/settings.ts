// The neuron settings of an experiment: the numbers of the LIF, or equations, which are its own or those of a built-in model by
// name. A name becomes the equations it stands for, so that an experiment and its record say whole what was trained.
import { z } from 'zod';
import { didYouMean } from '../did-you-mean.js';
import {
  type LearnedParameter,
  type NeuronDescription,
  type NeuronEquations,
  readNeuron,
} from '../equations/index.js';
import { SettingsError } from '../errors.js';
import { chosenBy, settings } from '../settings.js';
import type { DeltaInput } from '../surrogates/delta.js';
import type { SurrogateInput } from '../surrogates/settings.js';
import type { GradientSettings } from '../surrogates/sgs.js';
import { NEURON_NAMES, type NeuronName, neurons } from './index.js';
import { gradientFields, lifSchema, type NeuronSettings } from './lif.js';

/** Neurons that are equations, complete. */
export interface EquationNeuron extends GradientSettings {
  /** The equations in one spelling, with the numbers in force. */
  model: NeuronDescription;
}

/** The neurons of an experiment: LIF, or equations. Both say what the gradient through the spike is. */
export type NeuronChoice = NeuronSettings | EquationNeuron;

/** Settings of which anything may be left out. */
type Written<Settings extends GradientSettings> = Partial<
  Omit<Settings, 'surrogate' | 'delta' | 'comparison'>
> & {
  surrogate?: SurrogateInput;
  /** SGS strength δ ≥ 0, one for all layers or as a rule says. Default 1e-4. */
  delta?: number | DeltaInput;
  /** Whether neurons fire at their threshold too. Default `>`: above it only. */
  comparison?: '>' | '>=';
};

/** Input of neurons that are equations. */
export interface EquationNeuronInput extends Written<GradientSettings> {
  /** A built-in model by name, or one's own. */
  model: NeuronName | NeuronDescription;
  /** Other values of its parameters by name; of a learned one a number is its initial value. Default: as the model has them. */
  parameters?: Record<string, number | LearnedParameter>;
}

/** Input: missing fields take their defaults. Without `model`, or with `lif`, the LIF. */
export type NeuronInput = (Written<NeuronSettings> & { model?: 'lif' | 'mpbn' }) | EquationNeuronInput;

/** Whether the neurons are equations. */
export const isEquations = (neuron: NeuronChoice): neuron is EquationNeuron => 'model' in neuron;

/** Of descriptions that were read before. A description that an experiment or a network holds does not change. */
const read = new WeakMap<NeuronDescription, NeuronEquations>();

/** A neuron's description, read and differentiated once. Throws SettingsError where it is none. */
export function equationsOf(description: NeuronDescription): NeuronEquations {
  const known = read.get(description) ?? readNeuron(description);
  read.set(description, known);
  return known;
}

/** A copy of a description in one spelling, shared with no other code. Throws SettingsError where it is none. */
export function spelled(given: NeuronDescription): NeuronDescription {
  const equations = readNeuron(given);
  read.set(equations.description, equations);
  return equations.description;
}

/** Models that an experiment can name: equations, and LIF whose potential is normalised. */
const NAMES: readonly string[] = [...NEURON_NAMES, 'mpbn'];

/**
 * The equations that a name stands for, or those given.
 *
 * @throws SettingsError where no built-in model has the name
 */
export function modelOf(given: NeuronName | NeuronDescription): NeuronDescription {
  if (typeof given !== 'string') return given;
  if (Object.hasOwn(neurons, given)) return neurons[given];
  if ((given as string) === 'mpbn')
    throw new SettingsError(
      'mpbn has a batch norm inside and is no equations: it is LIF with norm potential, which experiments name neuron.model mpbn, and networks layers.mpbn',
    );
  throw new SettingsError(
    `no neuron is named ${JSON.stringify(String(given).slice(0, 40))}; expected one of ${NAMES.join(', ')}, or equations${didYouMean(given, NAMES)}`,
  );
}

/** A description with other values of its parameters. Throws SettingsError where it has none of that name. */
export function withParameters(
  description: NeuronDescription,
  given: Readonly<Record<string, number | LearnedParameter>>,
): NeuronDescription {
  const parameters = { ...description.parameters };
  const known = Object.keys(parameters);
  for (const [name, value] of Object.entries(given)) {
    if (!Object.hasOwn(parameters, name))
      throw new SettingsError(
        `${description.name} has no parameter ${JSON.stringify(name.slice(0, 40))}; it has ${known.join(', ') || 'none'}${didYouMean(name, known)}`,
      );
    const old = parameters[name];
    const learned = typeof old === 'object' && typeof value === 'number';
    parameters[name] = learned ? { ...old, initial: value } : value;
  }
  return { ...description, parameters };
}

type Given = GradientSettings & { model: NeuronDescription; parameters?: EquationNeuronInput['parameters'] };

/** Equations: of a name, with the parameters set, in one spelling. Problems stand at `model` or `parameters`. */
const equationSchema = settings({
  model: z.unknown(),
  parameters: z.unknown().optional(),
  ...gradientFields,
}).transform((given, context): EquationNeuron => {
  const { model, parameters, ...gradient } = given as Given;
  let path: 'model' | 'parameters' = 'model';
  try {
    const whole = spelled(modelOf(model));
    if (parameters === undefined) return { model: whole, ...gradient };
    path = 'parameters';
    if (typeof parameters !== 'object' || parameters === null || Array.isArray(parameters))
      throw new SettingsError('expected an object with numbers by the names of parameters');
    return { model: spelled(withParameters(whole, parameters)), ...gradient };
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    context.addIssue({ code: 'custom', path: [path], message: error.message });
    return z.NEVER;
  }
});

/** The LIF by its name: as if it had not been named. */
const namedLif = lifSchema.extend({ model: z.literal('lif') }).transform(({ model: _, ...given }) => given);
/** LIF whose potential is normalised, by its name. */
const namedMpbn = lifSchema
  .extend({ model: z.literal('mpbn') })
  .transform(({ model: _, ...given }): NeuronSettings => ({ ...given, norm: 'potential' }));

function schemaOf(given: unknown): z.ZodType<NeuronChoice> {
  const model =
    typeof given === 'object' && given !== null && Object.hasOwn(given, 'model')
      ? (given as { model: unknown }).model
      : undefined;
  if (model === 'lif') return namedLif;
  if (model === 'mpbn') return namedMpbn;
  return model === undefined ? lifSchema : equationSchema;
}

/** Settings of an experiment's neurons. An absent field is left out: it must not move an id. */
export const neuronSchema = chosenBy(schemaOf).transform((given): NeuronChoice => {
  if (!('comparison' in given) || given.comparison !== undefined) return given;
  const { comparison: _, ...rest } = given;
  return rest as NeuronChoice;
});

/**
 * The numbers of the LIF, for a layer of type `lif`.
 *
 * @throws SettingsError where the settings are those of equations, or of neurons whose potential is normalised
 */
export function lifOf(neuron: NeuronChoice, layer: string): NeuronSettings {
  if (isNormed(neuron))
    throw new SettingsError(
      `${layer} is a layer of LIF neurons, and the settings are those of mpbn; take the network of \`experimentNetwork\`, or layers of type mpbn`,
    );
  return numbersOf(neuron, layer);
}

/**
 * The numbers of the LIF, for a layer of type `lif` or `mpbn`.
 *
 * @throws SettingsError where the settings are those of equations
 */
export function numbersOf(neuron: NeuronChoice, layer: string): NeuronSettings {
  if (!isEquations(neuron)) return neuron;
  throw new SettingsError(
    `${layer} is a layer of LIF neurons, and the settings are those of ${neuron.model.name}; give tau, theta, reset and detachReset, or layers of type neuron`,
  );
}

/**
 * The threshold θ at the start, which threshold-dependent batch norm scales by: of equations their parameter `theta`.
 *
 * @throws SettingsError where the equations have none
 */
export function thresholdOf(neuron: NeuronChoice): number {
  if (!isEquations(neuron)) return neuron.theta;
  const { fixed, learned } = equationsOf(neuron.model);
  const theta = fixed.get('theta') ?? learned.find(({ name }) => name === 'theta')?.initial;
  if (theta !== undefined) return theta;
  throw new SettingsError(
    `${neuron.model.name} has no parameter theta, by which batch norm of kind tdbn scales; name its threshold theta, or take batchNorm.kind standard`,
  );
}

/** Whether the potential of the neurons is normalised: layers `mpbn` in place of `lif`. */
export const isNormed = (neuron: NeuronChoice): boolean =>
  !isEquations(neuron) && neuron.norm === 'potential';

/** Name of the neurons in tables: `lif`, `mpbn` or the name of the equations. */
export const neuronName = (neuron: NeuronChoice): string => {
  if (isEquations(neuron)) return neuron.model.name;
  return isNormed(neuron) ? 'mpbn' : 'lif';
};
