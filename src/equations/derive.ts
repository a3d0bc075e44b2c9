// Reverse-mode differentiation of a list of equations, as equations. `∂y` is the derivative of the loss with respect to y.
import { SettingsError } from '../errors.js';
import { type Assignment, type Expression, name, nodesOf, num } from './expression.js';
import { definitionOf, sum } from './functions.js';
import { adjointOf } from './names.js';

/** The most nodes that a derivation may have: an interpreter visits each of them for every neuron and step. */
const MOST_NODES = 20_000;
/** The most places in which one name may stand: its derivative is a sum of as many terms, and sums are read recursively. */
const MOST_PLACES = 300;

/** Whether an expression depends on one of the names. */
function dependsOn(expression: Expression, names: ReadonlySet<string>): boolean {
  for (const node of nodesOf(expression)) if (node.kind === 'name' && names.has(node.name)) return true;
  return false;
}

const isZero = (expression: Expression): boolean => expression.kind === 'number' && expression.value === 0;

/** The variables that depend on what is asked for, and it itself. */
function activeNames(equations: readonly Assignment[], wanted: readonly string[]): Set<string> {
  const active = new Set(wanted);
  for (const { name: set, value } of equations) if (dependsOn(value, active)) active.add(set);
  return active;
}

/**
 * The equations of the derivatives, in an order in which they can be computed. A derivative that is 0 everywhere has no
 * equation but where it was asked for.
 *
 * @param equations - each variable is set once, before it is used
 * @param seeds - what variables receive of the gradient from outside the list
 * @param wanted - the names whose derivatives are asked for: parameters, the input, what is known before
 * @throws SettingsError where the derivation becomes too long
 */
export function derive(
  equations: readonly Assignment[],
  seeds: ReadonlyMap<string, Expression>,
  wanted: readonly string[],
): Assignment[] {
  const active = activeNames(equations, wanted);
  const received = new Map<string, Expression[]>();
  const tooLong = (what: string): SettingsError =>
    new SettingsError(
      `the equations of ${equations.map((equation) => equation.name).join(', ')} have ${what}; split them, with names for their parts`,
    );
  let size = 0;
  const give = (to: string, gradient: Expression): void => {
    if (isZero(gradient)) return;
    const others = received.get(to) ?? [];
    if (others.length === MOST_PLACES) throw tooLong(`"${to}" in more than ${MOST_PLACES} places`);
    for (const _node of nodesOf(gradient))
      if (++size > MOST_NODES) throw tooLong(`gradients of more than ${MOST_NODES} terms`);
    received.set(to, [...others, gradient]);
  };

  /** Hands the gradient that arrives at an expression on to the names in it. */
  function spread(gradient: Expression, expression: Expression, target: string): void {
    if (isZero(gradient) || expression.kind === 'number') return;
    if (expression.kind === 'name') {
      if (active.has(expression.name)) give(expression.name, gradient);
      return;
    }
    if (!dependsOn(expression, active)) return;
    const parts = definitionOf(expression.fn).adjoint(gradient, expression.args, { target });
    expression.args.forEach((argument, i) => spread(parts[i], argument, target));
  }

  const total = (variable: string): Expression =>
    sum([...(seeds.has(variable) ? [seeds.get(variable)!] : []), ...(received.get(variable) ?? [])]);

  const derived: Assignment[] = [];
  for (const { name: variable, value } of [...equations].reverse()) {
    const gradient = total(variable);
    if (!active.has(variable) || isZero(gradient)) continue;
    derived.push({ name: adjointOf(variable), value: gradient });
    spread(name(adjointOf(variable)), value, variable);
  }
  for (const variable of wanted) derived.push({ name: adjointOf(variable), value: total(variable) });
  return derived.map((equation) => (isZero(equation.value) ? { ...equation, value: num(0) } : equation));
}
