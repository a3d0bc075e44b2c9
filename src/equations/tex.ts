// Expressions as TeX, the way the field writes them: θ for theta, ū for the derivative of the loss with respect to u.
import type { Assignment, Expression } from './expression.js';
import { definitionOf } from './functions.js';
import { levelOf, sideLevels } from './print.js';

const GREEK = new Set(
  'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi rho sigma tau phi chi psi omega'.split(
    ' ',
  ),
);

/** A name, of which digits at the end and what follows an underscore are an index: tau0, g_t. */
function nameTex(name: string): string {
  const [, stem, index] = /^([A-Za-z]+)_?(.*)$/.exec(name)!;
  const base = GREEK.has(stem) ? `\\${stem}` : stem.length === 1 ? stem : `\\mathrm{${stem}}`;
  return index === '' ? base : `${base}_{${index.replaceAll('_', '\\_')}}`;
}

/** A name of an equation, derived ones among them (neuron.ts says what their signs mean). */
function variableTex(name: string): string {
  const [, sign, stem, past] = /^(∂[⁺↑]?)?(\w+)(\[t-1\])?$/.exec(name)!;
  const base = nameTex(stem);
  if (sign === '∂↑') return `g_{${base}}`;
  const barred = sign ? `\\bar{${base}}` : base;
  if (sign === '∂⁺') return `\\bar{${base}}^{+}`;
  return past ? `{${barred}}_{t-1}` : barred;
}

function numberTex(value: number): string {
  const [digits, exponent] = String(value).split('e');
  return exponent === undefined ? digits : `${digits} \\cdot 10^{${Number(exponent)}}`;
}

const bracketed = (expression: Expression, least: number): string =>
  levelOf(expression) < least ? `\\left(${tex(expression)}\\right)` : tex(expression);

/** The TeX of an expression, for a formula between dollars. */
export function tex(expression: Expression): string {
  if (expression.kind === 'number') return numberTex(expression.value);
  if (expression.kind === 'name') return expression.name === 'pi' ? '\\pi' : variableTex(expression.name);
  const { fn, args } = expression;
  const { operator, arity, tex: own } = definitionOf(fn);
  if (!operator)
    return own ? own(...args.map(tex)) : `\\operatorname{${fn}}\\left(${args.map(tex).join(', ')}\\right)`;
  const { level } = operator;
  if (arity === 1) return `${operator.tex}${bracketed(args[0], level)}`;
  if (fn === 'divide') return `\\frac{${tex(args[0])}}{${tex(args[1])}}`;
  const [left, right] = sideLevels(level);
  if (fn === 'power') return `{${bracketed(args[0], left)}}^{${tex(args[1])}}`;
  // Two numbers side by side would read as one.
  const sign = fn === 'multiply' && args[1].kind === 'number' ? '\\cdot' : operator.tex;
  return `${bracketed(args[0], left)} ${sign} ${bracketed(args[1], right)}`;
}

/** Equations below each other, aligned, as a formula of Markdown. */
export function equationsTex(equations: readonly Assignment[]): string {
  const lines = equations.map(({ name, value }) => `${variableTex(name)} &= ${tex(value)}`);
  return `$$\n\\begin{aligned}\n${lines.join(' \\\\\n')}\n\\end{aligned}\n$$`;
}
