// Equations as a graph of what a kernel computes. What depends on parameters of a layer or of its channels alone is not the
// kernel's work: the calling thread evaluates it in float64, and the kernel reads it from a table.
import { type CallNode, type Expression, call, name, nodesOf, num } from '../../equations/expression.js';
import { CONSTANTS, isComparison } from '../../equations/functions.js';
import { evaluate } from '../../equations/evaluate.js';
import { print } from '../../equations/print.js';
import { type Comparison, type Graph, isNumber, type Node, type Operation } from './graph.js';

/** What has a meaning only where a spike is: no part of the table. */
const OF_SPIKES = new Set(['spike', 'spikeFrom', 'surrogate', 'sgs']);
/** Powers with a whole exponent up to this one are products. */
const LARGEST_PRODUCT = 8;

const COMPARISONS: Readonly<Record<string, Comparison>> = {
  ...{ less: 'lt', lessOrEqual: 'le', greater: 'gt', greaterOrEqual: 'ge', equal: 'eq', notEqual: 'ne' },
};

/** Names of the numbers of a table that no description holds. */
export const DELTA = 'δ';
export const FLOOR = 'floor↓';
/** Of neurons that are judged: what a term of the loss pulls `v − θ` and the spikes of the layer by. */
export const PULL = { offset: 'pull↓', slope: 'pull↓·', spike: 'pull↓o' } as const;

/** Lowers expressions into one graph and collects what is read from the table. */
export class Lowering {
  /** What the entries of the table are, in their order. */
  readonly table: Expression[] = [];
  private readonly slots = new Map<string, number>();
  /** Names and what computes them. */
  private readonly values = new Map<string, Node>();

  /**
   * @param known - the names whose values the calling thread knows, by channel
   * @param surrogate - h of an argument
   */
  constructor(
    readonly graph: Graph,
    private readonly known: ReadonlySet<string>,
    private readonly surrogate: (lowering: Lowering, argument: Node) => Node,
  ) {}

  /** Says what computes a name. */
  set(name: string, value: Node): void {
    this.values.set(name, value);
  }

  /** The node that computes a name. */
  get(name: string): Node {
    const value = this.values.get(name);
    if (!value) throw new Error(`${name} is not computed`); // names are checked when a description is read
    return value;
  }

  /** The node of an entry of the table. */
  entry(expression: Expression): Node {
    const key = print(expression);
    let slot = this.slots.get(key);
    if (slot === undefined) {
      slot = this.table.push(expression) - 1;
      this.slots.set(key, slot);
    }
    return this.graph.table(slot);
  }

  /** The number of the entry of a constant. */
  constant(value: number): number {
    const key = Object.is(value, -0) ? '−0' : `number ${value}`;
    let slot = this.slots.get(key);
    if (slot === undefined) {
      slot = this.table.push(num(value)) - 1;
      this.slots.set(key, slot);
    }
    return slot;
  }

  private isKnown(expression: Expression): boolean {
    for (const node of nodesOf(expression)) {
      if (node.kind === 'name' && !this.known.has(node.name) && !CONSTANTS.has(node.name)) return false;
      if (node.kind === 'call' && OF_SPIKES.has(node.fn)) return false;
    }
    return true;
  }

  /** The node of an expression's value. */
  lower(expression: Expression): Node {
    if (expression.kind === 'number') return this.graph.number(expression.value);
    if (this.isKnown(expression)) {
      const parts = [...nodesOf(expression)];
      const named = parts.some((node) => node.kind === 'name' && this.known.has(node.name));
      return named ? this.entry(expression) : this.graph.number(evaluate(expression, {}));
    }
    return expression.kind === 'name' ? this.get(expression.name) : this.call(expression);
  }

  private call({ fn, args }: CallNode): Node {
    const { graph } = this;
    switch (fn) {
      case 'detach':
        return this.lower(args[0]);
      case 'spike':
        return graph.of('one', this.above(this.lower(args[0]), 'gt'));
      case 'spikeFrom':
        return graph.of('one', this.above(this.lower(args[0]), 'ge'));
      case 'surrogate':
        return this.surrogate(this, this.lower(args[0]));
      case 'sgs':
        return this.scale(args.map((arg) => this.lower(arg)));
      case 'where':
        return graph.of('select', this.mask(args[0]), this.lower(args[1]), this.lower(args[2]));
      case 'divide':
        // a quotient takes five times as long as a product
        if (this.isKnown(args[1]))
          return graph.of('multiply', this.lower(args[0]), this.lower(call('divide', [num(1), args[1]])));
        return graph.of('divide', this.lower(args[0]), this.lower(args[1]));
      case 'power':
        return this.power(this.lower(args[0]), this.lower(args[1]));
      case 'sigmoid':
        return this.sigmoid(this.lower(args[0]));
      case 'min':
      case 'max':
        return this.extreme(fn, this.lower(args[0]), this.lower(args[1]));
      default:
        return graph.of(fn as Operation, ...args.map((arg) => this.lower(arg)));
    }
  }

  private mask(condition: Expression): Node {
    if (condition.kind !== 'call' || !isComparison(condition.fn))
      throw new Error('a condition is a comparison'); // as the parser has it
    const [a, b] = condition.args.map((arg) => this.lower(arg));
    return this.graph.of(COMPARISONS[condition.fn], a, b);
  }

  /** Where a is above 0, or 0. A difference is so exactly where its first part is above the second, in floats too. */
  private above(a: Node, comparison: 'gt' | 'ge'): Node {
    if (a.op === 'subtract') return this.graph.of(comparison, a.args[0], a.args[1]);
    return this.graph.of(comparison, a, this.graph.number(0));
  }

  /** Eq. (5): 1 + δ·sign(g)·(v − o), not below the floor. Where g is 0 the scale does not matter, so its sign is that of its bit. */
  private scale([g, v, o]: Node[]): Node {
    const { graph } = this;
    const distance = graph.of('turn', graph.of('subtract', v, o), g);
    const scaled = graph.of('multiply', this.entry(name(DELTA)), distance);
    return graph.of('max', graph.of('add', scaled, graph.number(1)), this.entry(name(FLOOR)));
  }

  /** NaN goes through the first argument only: never a number that is known. */
  private extreme(op: 'min' | 'max', a: Node, b: Node): Node {
    return a.op === 'number' || a.op === 'table' ? this.graph.of(op, b, a) : this.graph.of(op, a, b);
  }

  /** σ(z) = 1/(1 + e), e = exp(−z), and σ(−z) = e·σ(z): both from one exponential. */
  private sigmoid(z: Node): Node {
    const { graph } = this;
    const turned = z.op === 'negate';
    const e = graph.of('exp', graph.of('negate', turned ? z.args[0] : z));
    const one = graph.number(1);
    const sigmoid = graph.of('divide', one, graph.of('add', one, e));
    return turned ? graph.of('multiply', e, sigmoid) : sigmoid;
  }

  private power(a: Node, b: Node): Node {
    const { graph } = this;
    if (isNumber(b, 0.5)) return graph.of('sqrt', a);
    const n = Math.abs(b.value);
    if (b.op !== 'number' || !Number.isInteger(n) || n > LARGEST_PRODUCT) return graph.of('power', a, b);
    let product: Node | undefined;
    for (let factor = a, left = n; left > 0; left >>= 1) {
      if (left & 1) product = product ? graph.of('multiply', product, factor) : factor;
      if (left > 1) factor = graph.of('multiply', factor, factor);
    }
    const one = graph.number(1);
    if (!product) return one;
    return b.value < 0 ? graph.of('divide', one, product) : product;
  }
}
