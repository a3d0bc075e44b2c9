// The neurons of a layer as engines run them. LIF by its numbers is its own case; everything that its numbers cannot say, such as
// a surrogate with a state of its own, makes it equations.
import { judged, type NeuronDescription, type NeuronEquations } from '../equations/index.js';
import { type Assignment, call, type Expression, name, nodesOf, num } from '../equations/expression.js';
import { handedBack } from '../equations/names.js';
import { parseAssignment } from '../equations/parse.js';
import { print } from '../equations/print.js';
import { SettingsError } from '../errors.js';
import { deltaOf } from '../surrogates/delta.js';
import { statefulSurrogate } from '../surrogates/settings.js';
import type { GradientSettings, InForce } from '../surrogates/sgs.js';
import type { StatefulSurrogate } from '../surrogates/stateful.js';
import { lifDescription, type LifInForce } from './lif.js';
import { equationsOf, lifOf, type NeuronChoice, numbersOf } from './settings.js';

/** The value of a surrogate that has a state, in the derived equations: of the argument of the spike, times its height. */
export const SURROGATE_VALUE = 'h(u)';
const HEIGHT = 'h.height';
/** The spike that is 1 at the threshold too. */
const AT_THRESHOLD = 'spikeFrom';

/** A layer of neurons: LIF, or equations of its own. */
interface NeuronLayer {
  name: string;
  model?: NeuronDescription;
}

/** Settings with the strength of SGS that a layer has. */
export const gradientInForce = <Settings extends GradientSettings>(
  settings: Settings,
  layer: string,
): InForce<Settings> => ({ ...settings, delta: deltaOf(settings.delta, layer) });

/**
 * The numbers of LIF whose potential is normalised, in force.
 *
 * @throws SettingsError where the settings are those of equations, or the surrogate looks at more than z − θ
 */
export function normedInForce(choice: NeuronChoice, layer: string): LifInForce {
  const { surrogate } = choice;
  if (statefulSurrogate(surrogate) || surrogate.argument !== undefined)
    throw new SettingsError(
      `${layer} (mpbn): its surrogate is a function of the normalised potential less theta, and ${surrogate.name} as it is set looks at more; take a built-in one by its name and a number, or an equation`,
    );
  return gradientInForce(numbersOf(choice, layer), layer);
}

/**
 * The equations of a layer of neurons; undefined of LIF that its numbers say all of.
 *
 * @param options - `always`: LIF too, of an engine that cannot run it otherwise; `isJudged`: terms of the loss look at the
 *   neurons (equations/judged.ts)
 * @throws SettingsError where the surrogate asks for something that the neurons have not
 */
export function equationsInForce(
  { name: layer, model }: NeuronLayer,
  choice: NeuronChoice,
  { always = false, isJudged = false }: { always?: boolean; isJudged?: boolean } = {},
): NeuronEquations | undefined {
  const { surrogate, comparison } = choice;
  const stateful = statefulSurrogate(surrogate);
  const special = always || isJudged || stateful || surrogate.argument !== undefined;
  if (model === undefined && !special) return undefined;
  const description = model ?? lifDescription(lifOf(choice, layer));
  const key = JSON.stringify([description, surrogate.argument, stateful && surrogate, comparison, isJudged]);
  let equations = known.get(key);
  if (!equations) {
    equations = equationsOf(surrogate.argument === 'ratio' ? ratioOf(description) : description);
    if (isJudged) equations = judged(equations);
    if (comparison === '>=') equations = firingAtThreshold(equations);
    if (stateful) equations = withStateful(equations, stateful, surrogate.height);
    if (known.size >= REMEMBERED) known.delete(known.keys().next().value!);
    known.set(key, equations);
  }
  return equations;
}

/** Equations by what they are made of. */
const known = new Map<string, NeuronEquations>();
const REMEMBERED = 64;

/** The neuron whose spike looks at its argument in units of `theta`. */
function ratioOf(description: NeuronDescription): NeuronDescription {
  const refuse = (why: string): never => {
    throw new SettingsError(
      `surrogate.argument ratio divides the argument of the spike by theta: ${description.name} ${why}; leave argument out`,
    );
  };
  const names = new Set(Object.keys(description.parameters ?? {}));
  const step = description.step.map((text) => {
    const { name: target, value } = parseAssignment(text);
    if (value.kind !== 'call' || value.fn !== 'spike') {
      names.add(target);
      return text;
    }
    if (!names.has('theta')) refuse('has no theta before its spike');
    for (const node of nodesOf(value.args[0]))
      if (node.kind === 'call' && node.fn === 'divide')
        for (const part of nodesOf(node.args[1]))
          if (part.kind === 'name' && part.name === 'theta') refuse('divides it by theta already');
    return `${target} = spike((${print(value.args[0])}) / theta)`;
  });
  return { ...description, step };
}

/** Whether the argument of the spike is above 0, or 0. */
const firingAtThreshold = (equations: NeuronEquations): NeuronEquations => ({
  ...equations,
  forward: equations.forward.map(({ name: target, value }) => ({
    name: target,
    value: value.kind === 'call' && value.fn === 'spike' ? call(AT_THRESHOLD, value.args) : value,
  })),
});

/** The equations with the surrogate's state among theirs, and its h in the place of every `surrogate(…)`. */
function withStateful(
  equations: NeuronEquations,
  { numbers, state, derivative }: StatefulSurrogate,
  height?: number,
): NeuronEquations {
  const { spike, forward, backward, fixed } = equations;
  if (spike === null) return equations;
  const { value } = forward.find((equation) => equation.name === spike)!;
  const argument = value.kind === 'call' ? value.args[0] : value;
  const h = derivative(argument);
  const scaled = height === undefined ? h : call('multiply', [name(HEIGHT), h]);
  const inPlace = (expression: Expression): Expression =>
    expression.kind !== 'call'
      ? expression
      : expression.fn === 'surrogate'
        ? name(SURROGATE_VALUE)
        : call(expression.fn, expression.args.map(inPlace), expression.at);
  const derived: Assignment[] = [
    { name: SURROGATE_VALUE, value: scaled },
    ...backward.map((equation) => ({ name: equation.name, value: inPlace(equation.value) })),
    { name: handedBack(state.name), value: num(0) },
  ];
  return {
    ...equations,
    fixed: new Map([
      ...fixed,
      ...Object.entries(numbers),
      ...(height === undefined ? [] : [[HEIGHT, height] as const]),
    ]),
    state: new Map([[state.name, state.initial], ...equations.state]), // the last may be one that is judged
    forward: [...forward, { name: state.name, value: state.next(spike) }],
    backward: derived,
  };
}

/** Whether h is one of the derived equations. */
export const hasOwnSurrogate = ({ backward }: NeuronEquations): boolean =>
  backward[0]?.name === SURROGATE_VALUE;

/** The same equations with other numbers, such as widths that follow a batch norm. */
export const withNumbers = (
  equations: NeuronEquations,
  numbers: Readonly<Record<string, number>>,
): NeuronEquations => ({ ...equations, fixed: new Map([...equations.fixed, ...Object.entries(numbers)]) });
