// An equation once it is read: a tree of numbers, names and calls. Operators are calls too, so that everything that can be
// computed stands in one table (functions.ts). Tests: test/equations/parse.test.ts.

/** A number as it was written. */
export interface NumberNode {
  readonly kind: 'number';
  readonly value: number;
  /** Where it begins in its text, from 0; −1 of what no text holds. */
  readonly at: number;
}

/** A parameter, the input, a state or a variable of the step. */
export interface NameNode {
  readonly kind: 'name';
  readonly name: string;
  readonly at: number;
}

/** A function or operator with its arguments; `fn` is its key in the table of functions. */
export interface CallNode {
  readonly kind: 'call';
  readonly fn: string;
  readonly args: readonly Expression[];
  readonly at: number;
}

/** An expression of the equation language. Data, never code. */
export type Expression = NumberNode | NameNode | CallNode;

/** One equation: `name = value`. */
export interface Assignment {
  readonly name: string;
  readonly value: Expression;
}

const NOWHERE = -1;

export const num = (value: number, at = NOWHERE): NumberNode => ({ kind: 'number', value, at });
export const name = (text: string, at = NOWHERE): NameNode => ({ kind: 'name', name: text, at });
export const call = (fn: string, args: readonly Expression[], at = NOWHERE): CallNode => ({
  ...{ kind: 'call', fn, args, at },
});

/** Every node of an expression, it first, from left to right. */
export function* nodesOf(expression: Expression): Generator<Expression> {
  const left = [expression];
  for (let node = left.pop(); node; node = left.pop()) {
    yield node;
    if (node.kind === 'call') left.push(...[...node.args].reverse());
  }
}

/** The same expression with other names; `rename` gives the new one. */
export function renamed(expression: Expression, rename: (old: string) => string): Expression {
  if (expression.kind === 'number') return expression;
  if (expression.kind === 'name') return name(rename(expression.name), expression.at);
  return call(
    expression.fn,
    expression.args.map((argument) => renamed(argument, rename)),
    expression.at,
  );
}
