// A surrogate's description, read: h, and H where it is given, as functions of numbers.
import { SettingsError } from '../errors.js';
import { didYouMean } from '../did-you-mean.js';
import { checkedSurrogate, ownKeys, type SurrogateDescription } from './description.js';
import { evaluator } from './evaluate.js';
import { type Expression, nodesOf } from './expression.js';
import { CONSTANTS } from './functions.js';
import { nameFault, parse } from './parse.js';
import { equationError, quoted } from './place.js';
import { print } from './print.js';

/** The argument of a surrogate. */
const ARGUMENT = 'u';

/** h(u), and H(u) with H′ = h. */
export interface Surrogate {
  derivative(u: number): number;
  primitive?(u: number): number;
}

/** A surrogate ready to be interpreted. */
export interface SurrogateEquations extends Surrogate {
  /** The description with its equations in one spelling: what is hashed. */
  description: SurrogateDescription;
  expressions: { derivative: Expression; primitive?: Expression };
}

/** Reads one of its two equations. */
function readEquation(label: string, text: string, parameters: readonly string[]): Expression {
  const expression = parse(text, label);
  const known = [ARGUMENT, ...parameters];
  for (const node of nodesOf(expression)) {
    if (node.kind === 'name' && !known.includes(node.name) && !CONSTANTS.has(node.name))
      throw equationError(
        ...[{ label, text }, node.at, `unknown name ${quoted(node.name)}`],
        `one of ${known.join(', ')}${didYouMean(node.name, known)}`,
      );
    if (node.kind === 'call' && (node.fn === 'spike' || node.fn === 'detach'))
      throw equationError(
        { label, text },
        node.at,
        `${node.fn} in a surrogate`,
        'a function of u without it',
      );
  }
  return expression;
}

/**
 * Reads a surrogate's description.
 *
 * @example
 * ```ts
 * readSurrogate({ name: 'parabola', derivative: 'max(0, 1 - u^2)' }).derivative(0.5); // 0.75
 * ```
 * @throws SettingsError that names the equation, the place and what was expected
 */
export function readSurrogate(given: SurrogateDescription): SurrogateEquations {
  const description = checkedSurrogate(given);
  const label = `surrogate ${quoted(description.name)}`;
  for (const key of ownKeys(given.parameters)) {
    const fault = nameFault(key) ?? (key === ARGUMENT ? 'is the argument; take another name' : null);
    if (fault) throw new SettingsError(`${label}, parameters: ${quoted(key)} ${fault}`);
  }
  const { parameters = {} } = description;
  const names = Object.keys(parameters);
  const derivative = readEquation(`${label}, derivative`, description.derivative, names);
  const primitive =
    description.primitive === undefined
      ? undefined
      : readEquation(`${label}, primitive`, description.primitive, names);
  const equation = { derivative: print(derivative), ...(primitive && { primitive: print(primitive) }) };
  return interpreted({ ...description, ...equation }, { derivative, primitive });
}

/**
 * A surrogate whose h is an expression of `u` and numbers that no text is read for, and so may be longer than a text.
 */
export const surrogateOf = (name: string, derivative: Expression): SurrogateEquations =>
  interpreted({ name, derivative: print(derivative) }, { derivative });

/** With its functions of numbers. */
function interpreted(
  description: SurrogateDescription,
  expressions: SurrogateEquations['expressions'],
): SurrogateEquations {
  const { parameters = {} } = description;
  const slots = new Map([ARGUMENT, ...Object.keys(parameters)].map((name, i) => [name, i]));
  const compiled = (expression: Expression) => {
    const compute = evaluator(expression, slots);
    const values = [0, ...Object.values(parameters)];
    return (u: number): number => {
      values[0] = u;
      return compute(values);
    };
  };
  const { derivative, primitive } = expressions;
  return {
    description,
    expressions,
    derivative: compiled(derivative),
    ...(primitive && { primitive: compiled(primitive) }),
  };
}
