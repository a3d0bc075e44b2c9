// Text to expression: what jsep read becomes a tree of numbers, names and known calls. Nothing of a text is ever run, and
// whatever is not listed here is refused with its place.
import type jsep from 'jsep';
import { didYouMean } from '../did-you-mean.js';
import { type Assignment, call, type Expression, name, num } from './expression.js';
import { CALLABLE, definitionOf, FUNCTIONS, isComparison, RESERVED } from './functions.js';
import { equationError, type Place, quoted } from './place.js';
import { LIMITS, scan } from './scan.js';

/** The most numbers, names and calls in one equation. */
const MOST_NODES = 400;
/** A name: a letter, then letters, digits and underscores. */
const NAME = /^[A-Za-z][A-Za-z0-9_]{0,39}$/;

/** The operators with two sides, by their sign. */
const INFIX = new Map(
  [...FUNCTIONS].flatMap(([key, { arity, operator }]): [string, string][] =>
    arity === 2 && operator ? [[operator.text, key]] : [],
  ),
);

/** Why a text cannot be a name; null where it can. Names are keys of objects too: none that every object has. */
export function nameFault(text: string): string | null {
  if (!NAME.test(text)) return 'is no name: a letter, then at most 39 letters, digits and underscores';
  if (RESERVED.has(text)) return 'means a function or a constant; take another name';
  return text in {} ? 'is a name that every object has; take another' : null;
}

/** One reading of one text. */
class Reader {
  private nodes = 0;

  constructor(
    private readonly place: Place,
    private readonly places: ReadonlyMap<object, number>,
  ) {}

  /** @param inherited - where it begins at the latest: operators have no place of their own */
  read(node: jsep.Expression, inherited = 0): Expression {
    const at = this.places.get(node) ?? this.beginning(node) ?? inherited;
    if (++this.nodes > MOST_NODES)
      this.refuse(at, 'a long equation', `at most ${MOST_NODES} numbers, names and calls: split it`);
    const { type } = node;
    const operator = String(node.operator);
    if (type === 'Literal') return this.number(node as jsep.Literal, at);
    if (type === 'Identifier') return this.name((node as jsep.Identifier).name, at);
    if (type === 'CallExpression') return this.call(node as jsep.CallExpression, at);
    if (type === 'UnaryExpression' && operator === '-')
      return call('negate', [this.read((node as unknown as jsep.UnaryExpression).argument, at)], at);
    if (type === 'BinaryExpression' && INFIX.has(operator)) {
      const { left, right } = node as jsep.BinaryExpression;
      return call(INFIX.get(operator)!, [this.read(left, at), this.read(right, at)], at);
    }
    const what = type === 'UnaryExpression' ? `the sign ${quoted(operator)}` : WHAT[type];
    return this.refuse(at, `found ${what ?? type}`, 'numbers, names, operators and calls of functions');
  }

  private beginning(node: jsep.Expression): number | undefined {
    let first: jsep.Expression | undefined = node;
    while (first && !this.places.has(first)) first = (first as jsep.BinaryExpression).left;
    return first && this.places.get(first);
  }

  private number({ value, raw }: jsep.Literal, at: number): Expression {
    if (typeof value !== 'number') return this.refuse(at, `found ${quoted(raw)}`, 'a number or a name');
    if (!Number.isFinite(value))
      return this.refuse(at, `${quoted(raw)} is too large`, 'a number below 1.8e308');
    return num(value, at);
  }

  private name(text: string, at: number): Expression {
    if (CALLABLE.includes(text)) return this.refuse(at, `${quoted(text)} is a function`, `${text}(…)`);
    if (!NAME.test(text))
      return this.refuse(
        at,
        `found ${quoted(text)}`,
        'a name: a letter, then letters, digits and underscores',
      );
    return name(text, at);
  }

  private call({ callee, arguments: given }: jsep.CallExpression, at: number): Expression {
    const text = callee.type === 'Identifier' ? (callee as jsep.Identifier).name : null;
    const known = `one of ${CALLABLE.join(', ')}`;
    if (text === null) return this.refuse(at, 'only a function can be called', known);
    if (!CALLABLE.includes(text))
      return this.refuse(at, `no function ${quoted(text)}`, known + didYouMean(text, CALLABLE));
    const { arity } = definitionOf(text);
    if (given.length !== arity)
      return this.refuse(at, `${text} has ${given.length} arguments`, arity === 1 ? 'one' : `${arity}`);
    return call(
      text,
      given.map((argument) => this.read(argument, at)),
      at,
    );
  }

  private refuse(at: number, found: string, expected: string): never {
    throw equationError(this.place, at, found, expected);
  }
}

/** What jsep reads and the language does not have. */
const WHAT: Readonly<Record<string, string>> = {
  MemberExpression: 'a member of something',
  ThisExpression: 'the word "this"',
};

/** Comparisons stand as conditions, conditions are comparisons. */
function checkConditions(place: Place, expression: Expression, condition = false): void {
  const compares = expression.kind === 'call' && isComparison(expression.fn);
  if (compares && !condition)
    throw equationError(
      ...[place, expression.at, 'a comparison has no gradient'],
      'comparisons only as the first argument of where, as in where(a < b, a, b)',
    );
  if (condition && !compares)
    throw equationError(
      place,
      expression.at,
      'the first argument of where is a condition',
      'a comparison, such as u > 0',
    );
  if (expression.kind === 'call')
    expression.args.forEach((argument, i) =>
      checkConditions(place, argument, expression.fn === 'where' && i === 0),
    );
}

/** Reads from a place in the text on. */
function parseFrom(place: Place, from: number): Expression {
  const { tree, places } = scan(place, from);
  const expression = new Reader(place, places).read(tree, from);
  checkConditions(place, expression);
  return expression;
}

/**
 * Reads an expression.
 *
 * @example
 * ```ts
 * parse('u + (x - u) * sigmoid(w)');
 * ```
 * @param text - numbers, names, `+ - * / ^` (a power binds tighter than a sign: −x² is −(x²)), comparisons within `where`,
 *   calls of the functions of functions.ts; at most 1,000 characters
 * @param label - what to call it in an error
 * @throws SettingsError with the place and what was expected there
 */
export const parse = (text: string, label = 'expression'): Expression => parseFrom({ label, text }, 0);

/** Reads an equation, `name = expression`; throws as {@link parse} does. */
export function parseAssignment(text: string, label = 'equation'): Assignment {
  const place = { label, text };
  const head = /^\s*([A-Za-z]\w*)\s*=(?!=)/.exec(text.slice(0, LIMITS.characters));
  if (!head) throw equationError(place, 0, 'no equation', 'name = expression, such as v = tau * u + x');
  const fault = nameFault(head[1]);
  if (fault)
    throw equationError(place, text.indexOf(head[1]), `${quoted(head[1])} ${fault}`, 'a name of a variable');
  return { name: head[1], value: parseFrom(place, head[0].length) };
}
