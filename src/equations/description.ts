// Descriptions: a neuron and a surrogate as plain data, and the forms of their fields. Tests: test/equations/neuron.test.ts,
// test/equations/surrogate.test.ts.
import { z } from 'zod';
import { SettingsError } from '../errors.js';
import { label, number, positive, settings } from '../settings.js';
import { inertText } from '../text.js';

/** A parameter that is learned. */
export interface LearnedParameter {
  learned: true;
  /** Scope of one value: all neurons of a layer, those of a channel, or none. */
  per: 'layer' | 'channel' | 'neuron';
  /** Its value before the first update: a number, or an expression of parameters that are numbers. */
  initial: number | string;
  /** Standard deviation of a normal number that is added to it, another for each value, drawn from the experiment's seed. Default: none. */
  spread?: number;
}

/**
 * A neuron as equations: plain data, which stands in an experiment and in its record.
 *
 * @example PLIF (Fang et al. 2021)
 * ```ts
 * const plif = {
 *   name: 'plif',
 *   parameters: { w: { per: 'layer', learned: true, initial: '-log(tau0 - 1)' }, tau0: 2, theta: 1 },
 *   state: { u: 0 },
 *   step: ['v = u + (x - u) * sigmoid(w)', 'o = spike(v - theta)', 'u = (1 - detach(o)) * v'],
 *   output: 'o',
 * } satisfies NeuronDescription;
 * ```
 */
export interface NeuronDescription {
  /** Its name in lists, figures and errors. */
  name: string;
  /** Numbers, which are settings, and learned parameters. Default: none. */
  parameters?: Record<string, number | LearnedParameter>;
  /** Variables carried from one step to the next, with their values before the first step. */
  state: Record<string, number>;
  /**
   * One step, equation by equation in order: `name = expression`. `x` is the input current. A state stands for its value
   * from the step before until it is set, once. `o = spike(a)`, at most one, is 1 where a is above 0, and `v`, set before
   * it, is the potential that SGS scales its gradient by.
   */
  step: string[];
  /** The variable that the layer hands on: the spike, or something analog. */
  output: string;
}

/**
 * A surrogate derivative h(u) as an equation.
 *
 * @example Dspike (Li et al. 2021)
 * ```ts
 * const dspike = {
 *   name: 'dspike',
 *   parameters: { b: 3 },
 *   derivative: 'where(abs(u) < 1/2, b * (1 - tanh(b * u)^2) / (2 * tanh(b / 2)), 0)',
 * } satisfies SurrogateDescription;
 * ```
 */
export interface SurrogateDescription {
  name: string;
  /** Numbers by name. Default: none. */
  parameters?: Record<string, number>;
  /** h in `u`, the argument of `spike`, and the parameters. */
  derivative: string;
  /** H with H′ = h, running from 0 to 1: what takes the step's place where a gradient is checked. */
  primitive?: string;
}

const text = z.string().min(1);
const learned = settings({
  learned: z.literal(true),
  per: z.enum(['layer', 'channel', 'neuron']),
  initial: z.union([number, text]),
  spread: positive.optional(),
});

const neuron = settings({
  name: label,
  parameters: z.record(z.string(), z.union([number, learned])).optional(),
  state: z.record(z.string(), number),
  step: z.array(text).min(1).max(32),
  output: text,
});

const surrogate = settings({
  name: label,
  parameters: z.record(z.string(), number).optional(),
  derivative: text,
  primitive: text.optional(),
});

/** The most parameters, and the most states, that a description may have. */
const MOST_NAMES = 32;

/** The keys of an object as they are, `__proto__` among them, which a schema would leave out. */
export const ownKeys = (value: unknown): string[] =>
  typeof value === 'object' && value !== null ? Object.keys(value) : [];

function checked<T>(kind: string, schema: z.ZodType<T>, given: unknown): T {
  const named = (given as { name?: unknown } | null)?.name;
  const what = typeof named === 'string' ? `${kind} "${inertText(named.slice(0, 40))}"` : kind;
  for (const field of ['parameters', 'state'])
    if (ownKeys((given as Record<string, unknown> | null)?.[field]).length > MOST_NAMES)
      throw new SettingsError(
        `${what}: more than ${MOST_NAMES} names in ${field}; give at most ${MOST_NAMES}`,
      );
  const read = schema.safeParse(given);
  if (read.success) return read.data;
  const [{ path, message }] = read.error.issues;
  throw new SettingsError(inertText([what, ...path.map(String)].join('.').slice(0, 120) + `: ${message}`));
}

/** The description of a neuron with every field of its form; throws SettingsError that names the field otherwise. */
export const checkedNeuron = (given: unknown): NeuronDescription => checked('neuron', neuron, given);

/** The same of a surrogate. */
export const checkedSurrogate = (given: unknown): SurrogateDescription =>
  checked('surrogate', surrogate, given);
