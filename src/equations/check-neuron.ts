// Checks the derived gradients of a neuron: with something smooth in place of the step they must be the central differences of its
// output.
import { stream } from '../random.js';
import type { NeuronDescription, SurrogateDescription } from './description.js';
import { type NeuronEquations, readNeuron } from './neuron.js';
import { neuronGradient, runNeuron, type RunSettings } from './run-neuron.js';
import { readSurrogate, type Surrogate } from './surrogate.js';
import { SettingsError } from '../errors.js';

/** The largest difference of one gradient. */
export interface GradientCheck {
  /** `x`, `initial u` or the name of a learned parameter. */
  of: string;
  /** Largest |derived − central difference|, relative to the largest central difference of this kind or to 1. */
  worst: number;
}

/** Result of {@link checkNeuron}. */
export interface NeuronCheck {
  /** Whether every difference is at most `tolerance`. */
  ok: boolean;
  tolerance: number;
  gradients: GradientCheck[];
}

/** Options of the check. */
export interface NeuronCheckOptions {
  /** Smooth, with its primitive. Default: the logistic function of slope 4. */
  surrogate?: SurrogateDescription | Required<Surrogate>;
  /** Steps of time. Default 4. */
  steps?: number;
  /** Neurons that are checked at a time, of two channels. Default 6. */
  neurons?: number;
  /** Seed of the random input. Default 1. */
  seed?: number;
  /** Default 1e-7. */
  tolerance?: number;
}

const LOGISTIC: SurrogateDescription = {
  name: 'logistic',
  derivative: '4 * sigmoid(4 * u) * sigmoid(-4 * u)',
  primitive: 'sigmoid(4 * u)',
};

/** Neurons of a layer alternate between these. */
const CHANNELS = 2;

const STEP = 1e-5; // truncation about STEP²/6·f‴, rounding about 1e-16/STEP: both below 1e-9

function smooth(given: NonNullable<NeuronCheckOptions['surrogate']>): Required<Surrogate> {
  const { derivative, primitive } = 'name' in given ? readSurrogate(given) : given;
  if (!primitive)
    throw new SettingsError(
      'checkNeuron: the surrogate has no primitive to put in place of the step; give one, or none',
    );
  return { derivative, primitive };
}

/** Arguments by name: `x`, `initial u`, or the name of a learned parameter. */
type Point = Record<string, Float64Array>;

/** The largest difference between a gradient and the central differences of a loss along one argument. */
function compare(of: string, derived: Float64Array, at: Point, loss: () => number): GradientCheck {
  const values = at[of];
  const differences = values.map((value, i) => {
    values[i] = value + STEP;
    const above = loss();
    values[i] = value - STEP;
    const below = loss();
    values[i] = value;
    return (above - below) / (2 * STEP);
  });
  const largest = Math.max(1, ...differences.map(Math.abs));
  return { of, worst: Math.max(...derived.map((value, i) => Math.abs(value - differences[i]) / largest)) };
}

/** A point near the neuron's own parameters and states, random. */
function randomPoint(
  { learned, state }: NeuronEquations,
  steps: number,
  neurons: number,
  seed: number,
): Point {
  const { normal } = stream(seed, 'probe', 'neuron');
  const around = (value: number, count: number): Float64Array =>
    new Float64Array(count).map(() => value + 0.1 * normal());
  return {
    x: new Float64Array(steps * neurons).map(normal),
    ...Object.fromEntries([...state].map(([name, rest]) => [`initial ${name}`, around(rest, neurons)])),
    ...Object.fromEntries(
      learned.map(({ name, per, initial }) => [
        name,
        around(initial, per === 'layer' ? 1 : per === 'channel' ? CHANNELS : neurons),
      ]),
    ),
  };
}

const settingsAt = ({ learned, state }: NeuronEquations, at: Point): RunSettings => ({
  learned: Object.fromEntries(learned.map(({ name }) => [name, at[name]])),
  initial: Object.fromEntries([...state.keys()].map((name) => [name, at[`initial ${name}`]])),
});

/**
 * Checks the derived gradients of a neuron: of its input, its first states and its learned parameters, through several steps,
 * against central differences of a random loss. Something smooth stands in place of the step, and what `detach` stops is held
 * at what it was. A kink right at a point (`abs` of 0) shows as a difference.
 *
 * @example
 * ```ts
 * checkNeuron(plif); // { ok: true, tolerance: 1e-7, gradients: [{ of: 'x', worst: 3e-11 }, …] }
 * ```
 * @throws SettingsError where the description is none, or the surrogate has no primitive
 */
export function checkNeuron(description: NeuronDescription, options: NeuronCheckOptions = {}): NeuronCheck {
  const { surrogate = LOGISTIC, steps = 4, neurons = 3 * CHANNELS, seed = 1, tolerance = 1e-7 } = options;
  if (neurons % CHANNELS !== 0)
    throw new SettingsError(
      `checkNeuron: ${neurons} neurons; give an even number: they are of ${CHANNELS} channels`,
    );
  const { primitive, derivative } = smooth(surrogate);
  const neuron = readNeuron(description);
  const at = randomPoint(neuron, steps, neurons, seed);
  const { normal } = stream(seed, 'probe', 'loss');
  const toOutput = new Float64Array(at.x.length).map(normal);

  const held: number[] = [];
  const recorded = { ...settingsAt(neuron, at), spike: primitive, detach: (a: number) => (held.push(a), a) };
  const trace = runNeuron(neuron, at.x, steps, recorded);
  const derived = neuronGradient(neuron, trace, toOutput, {
    ...settingsAt(neuron, at),
    spike: primitive,
    surrogate: derivative,
  });

  function loss(): number {
    let next = 0; // detached values come in the order in which they were recorded
    const again = { ...settingsAt(neuron, at), spike: primitive, detach: () => held[next++] };
    const output = runNeuron(neuron, at.x, steps, again).values[neuron.output];
    return output.reduce((sum, value, i) => sum + value * toOutput[i], 0);
  }
  const gradients = Object.keys(at).map((of) => {
    const found =
      of === 'x' ? derived.x : of.startsWith('initial ') ? derived.initial[of.slice(8)] : derived.learned[of];
    return compare(of, found, at, loss);
  });
  return { ok: gradients.every(({ worst }) => worst <= tolerance), tolerance, gradients };
}
