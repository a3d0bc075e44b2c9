// Expressions as text in one spelling, for hashes and for display. Reading the text gives the same expression again.
import { LEVEL } from './definition.js';
import type { Assignment, Expression } from './expression.js';
import { definitionOf } from './functions.js';

/** Precedence of an expression's outermost operator. A negative number begins with a sign. */
export function levelOf(expression: Expression): number {
  if (expression.kind === 'number' && expression.value < 0) return LEVEL.sign;
  return (expression.kind === 'call' && definitionOf(expression.fn).operator?.level) || LEVEL.atom;
}

/** The least levels that the two sides of an operator have without brackets. */
export function sideLevels(level: number): [left: number, right: number] {
  if (level === LEVEL.power) return [LEVEL.atom, LEVEL.sign];
  return [level === LEVEL.comparison ? level + 1 : level, level + 1];
}

/** The expression in brackets where it binds less tightly than `least`. */
function within(expression: Expression, least: number): string {
  const text = print(expression);
  return levelOf(expression) < least ? `(${text})` : text;
}

/** The canonical text of an expression: single spaces around operators, no bracket that is not needed. */
export function print(expression: Expression): string {
  if (expression.kind === 'number') return String(expression.value);
  if (expression.kind === 'name') return expression.name;
  const { fn, args } = expression;
  const { operator, arity } = definitionOf(fn);
  if (!operator) return `${fn}(${args.map(print).join(', ')})`;
  const { text, level } = operator;
  if (arity === 1) return `${text}${within(args[0], level)}`;
  const [left, right] = sideLevels(level);
  const space = level === LEVEL.power ? '' : ' ';
  return `${within(args[0], left)}${space}${text}${space}${within(args[1], right)}`;
}

/** The canonical text of an equation. */
export const printAssignment = ({ name, value }: Assignment): string => `${name} = ${print(value)}`;
