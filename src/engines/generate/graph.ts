// Graph of a generated kernel's operations on four floats: equal operations are one node, and arithmetic of numbers is done while
// the graph is made.

/** Operations on values; `mask` ones give all bits of a lane or none. */
export type Operation =
  /** A number; something that the kernel's loops hand in, by name; an entry of the table of its layer, by number. */
  | 'number'
  | 'input'
  | 'table'
  | 'add'
  | 'subtract'
  | 'multiply'
  | 'divide'
  | 'negate'
  | 'abs'
  | 'sqrt'
  | 'min'
  | 'max'
  /** `a` with its sign turned round where `b` is negative. */
  | 'turn'
  | 'sign'
  | 'exp'
  | 'expOfNegative'
  | 'log'
  | 'tanh'
  | 'power'
  | 'square'
  /** h of a built-in surrogate: of the argument and its two constants. */
  | 'surrogate'
  /** 1 where the mask is set, else 0; the value where it is set, else 0; where it is not set. */
  | 'one'
  | 'keep'
  | 'clear'
  | 'select'
  | Comparison;

/** Those that give masks. */
export type Comparison = 'lt' | 'le' | 'gt' | 'ge' | 'eq' | 'ne';

/** One node; `id` counts up, and arguments come before what is made of them. */
export interface Node {
  readonly id: number;
  readonly op: Operation;
  readonly args: readonly Node[];
  /** Of a number. */
  readonly value: number;
  /** Of an input; of an entry of the table its number. */
  readonly key: string | number;
}

/** What operations are on numbers, those that are folded; the others, whose kernels round in their own way, are not. */
const FOLDED: Partial<Record<Operation, (...args: number[]) => number>> = {
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
  divide: (a, b) => a / b,
  negate: (a) => -a,
  abs: Math.abs,
  sqrt: Math.sqrt,
  min: Math.min,
  max: Math.max,
  sign: Math.sign,
  exp: Math.exp,
  log: Math.log,
  tanh: Math.tanh,
  power: Math.pow,
  square: (a) => a * a,
};

/** Makes nodes, each once. */
export class Graph {
  readonly nodes: Node[] = [];
  private readonly known = new Map<string, Node>();

  number(value: number): Node {
    return this.node('number', [], value);
  }
  input(name: string): Node {
    return this.node('input', [], 0, name);
  }
  table(slot: number): Node {
    return this.node('table', [], 0, slot);
  }

  /** The node of an operation in its simplest form. */
  of(op: Operation, ...args: Node[]): Node {
    const fold = FOLDED[op];
    if (fold && args.every((arg) => arg.op === 'number'))
      return this.number(fold(...args.map((arg) => arg.value)));
    return this.simpler(op, args) ?? this.node(op, args);
  }

  private simpler(op: string, [a, b, c]: Node[]): Node | undefined {
    switch (op) {
      case 'add':
        if (isNumber(a, 0)) return b;
        if (isNumber(b, 0)) return a;
        if (b.op === 'negate') return this.of('subtract', a, b.args[0]);
        return a.op === 'negate' ? this.of('subtract', b, a.args[0]) : undefined;
      case 'subtract':
        if (isNumber(b, 0)) return a;
        if (isNumber(a, 0)) return this.of('negate', b);
        if (b.op === 'negate') return this.of('add', a, b.args[0]);
        // v − o·v is (1 − o)·v
        return b.op === 'keep' && b.args[1] === a ? this.of('clear', b.args[0], a) : undefined;
      case 'multiply':
        return this.product(a, b) ?? this.product(b, a);
      case 'divide':
        return isNumber(b, 1) ? a : undefined;
      case 'negate':
        if (a.op === 'negate') return a.args[0];
        return a.op === 'subtract' ? this.of('subtract', a.args[1], a.args[0]) : undefined;
      case 'exp':
        return a.op === 'negate' ? this.node('expOfNegative', [a.args[0]]) : undefined;
      case 'select':
        if (b === c) return b;
        if (isNumber(c, 0)) return this.of('keep', a, b);
        return isNumber(b, 0) ? this.of('clear', a, c) : undefined;
      case 'keep':
        return isNumber(b, 1) ? this.of('one', a) : isNumber(b, 0) ? b : undefined;
      case 'clear':
        return isNumber(b, 0) ? b : undefined;
      default:
        return undefined;
    }
  }

  /** a·b by what `a` is; a spike is a mask, and its product a choice. */
  private product(a: Node, b: Node): Node | undefined {
    if (isNumber(a, 1)) return b;
    if (isNumber(a, 0)) return a;
    if (isNumber(a, -1)) return this.of('negate', b);
    if (a.op === 'one') return this.of('keep', a.args[0], b);
    if (a.op === 'keep' && isNumber(b, 1)) return a;
    if (a.op === 'subtract' && isNumber(a.args[0], 1) && a.args[1].op === 'one')
      return this.of('clear', a.args[1].args[0], b);
    if (a === b) return this.node('square', [a]);
    return a.op === 'negate' && b.op === 'negate' ? this.of('multiply', a.args[0], b.args[0]) : undefined;
  }

  private node(op: Operation, args: Node[], value = 0, key: string | number = ''): Node {
    const name = JSON.stringify([op, args.map((arg) => arg.id), String(value), Object.is(value, -0), key]);
    let node = this.known.get(name);
    if (!node) {
      node = { id: this.nodes.length, op, args, value, key };
      this.nodes.push(node);
      this.known.set(name, node);
    }
    return node;
  }
}

export const isNumber = (node: Node, value: number): boolean => node.op === 'number' && node.value === value;

/**
 * All nodes that these are made of, they too, in an order in which they can be computed.
 *
 * @param reads - what is looked at of a node
 * @param given - nodes that are there already: what they are made of is not looked at
 */
export function reachable(
  roots: Iterable<Node>,
  reads: (node: Node) => readonly Node[] = ({ args }) => args,
  given: ReadonlySet<Node> = new Set(),
): Node[] {
  const found = new Set<Node>();
  const left = [...roots];
  for (let node = left.pop(); node; node = left.pop()) {
    if (found.has(node)) continue;
    found.add(node);
    if (!given.has(node)) left.push(...reads(node));
  }
  return [...found].sort((a, b) => a.id - b.id);
}
