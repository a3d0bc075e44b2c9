// jsep, narrowed to the equation language: `^` is a power that binds tighter than a sign, commas stand between arguments only,
// there is no `?` and no plugin, and every token has its place. jsep itself is not configured: others may use it as it is.
// Tests: test/equations/parse.test.ts.
import jsep from 'jsep';
import { equationError, type Place, quoted } from './place.js';

/** The longest text of one equation and its deepest brackets: jsep reads recursively. */
export const LIMITS = { characters: 1000, brackets: 50 } as const;

const OPERAND = 'a number, a name, a call or "("';
const OPERATOR = 'an operator (+ - * / ^, or a comparison in where) or the end';
const SIGNS = new Set(['+', '-', '*', '/', '<', '<=', '>', '>=', '==', '!=']);
const FOREIGN = /[^ \t\r\nA-Za-z0-9_.,()+\-*/^<>=!]/;

/** The part of jsep's class that is used; its types name only the function around it. */
interface Parser {
  index: number;
  readonly char: string;
  readonly expr: string;
  parse(): jsep.Expression;
  gobbleSpaces(): void;
  gobbleExpression(): jsep.Expression;
  gobbleExpressions(until?: number): jsep.Expression[];
  gobbleToken(): jsep.Expression | false;
  gobbleBinaryOp(): string | false;
  runHook(hook: string, node?: jsep.Expression): jsep.Expression | undefined;
  searchHook(hook: string): undefined;
  throwError(message: string): never;
}
const { Jsep } = jsep as unknown as { Jsep: new (text: string) => Parser };

class Scanner extends Jsep {
  /** Where each token begins. */
  readonly places = new Map<object, number>();

  constructor(
    private readonly place: Place,
    /** The text, of which everything before the equation's right side is blank. */
    text: string,
  ) {
    super(text);
  }

  /** Plugins are no part of the language. */
  override runHook(_hook: string, node?: jsep.Expression): jsep.Expression | undefined {
    return node;
  }
  override searchHook(): undefined {}

  /** A token and its powers: before signs and other operators, and from the right. */
  override gobbleToken(): jsep.Expression {
    this.gobbleSpaces();
    const at = this.index;
    const node = super.gobbleToken();
    if (!node) this.refuse(`found ${this.here()}`, OPERAND);
    if (!this.places.has(node)) this.places.set(node, at);
    this.gobbleSpaces();
    if (this.char !== '^') return node;
    this.index++;
    return { type: 'BinaryExpression', operator: '^', left: node, right: this.gobbleToken() };
  }

  override gobbleBinaryOp(): string | false {
    const found = super.gobbleBinaryOp();
    if (found === false || SIGNS.has(found)) return found;
    this.index -= found.length;
    return this.refuse(`no operator ${quoted(found)}`, found === '**' ? '^ for a power' : OPERATOR);
  }

  /** An expression ends at a comma, a bracket or the end: jsep lets arguments stand side by side. */
  override gobbleExpression(): jsep.Expression {
    const node = super.gobbleExpression();
    if (!',)'.includes(this.char)) this.refuse(`found ${this.here()}`, OPERATOR);
    return node;
  }

  /** One expression where jsep takes a list of them. */
  override gobbleExpressions(until?: number): jsep.Expression[] {
    const node = this.gobbleExpression();
    if (this.index < this.expr.length && this.expr.charCodeAt(this.index) !== until)
      this.refuse(`found ${this.here()}`, until === undefined ? OPERATOR : `${OPERATOR} of the bracket`);
    return [node];
  }

  override throwError(message: string): never {
    const found = message.charAt(0).toLowerCase() + message.slice(1);
    return this.refuse(found, message.startsWith('Unclosed') ? '")"' : OPERAND);
  }

  private refuse(found: string, expected: string): never {
    throw equationError(this.place, this.index, found, expected);
  }

  private here = (): string => (this.index < this.expr.length ? quoted(this.char) : 'the end');
}

/** What jsep would read for long, or as something that the language does not have. */
function checkText(place: Place): void {
  const { text } = place;
  if (text.length > LIMITS.characters)
    throw equationError(
      ...[place, LIMITS.characters, `the equation has ${text.length} characters`],
      `at most ${LIMITS.characters}: split it`,
    );
  const foreign = FOREIGN.exec(text);
  if (foreign)
    throw equationError(
      ...[place, foreign.index, `found ${quoted(foreign[0])}`],
      'numbers, names, + - * / ^, comparisons, brackets and commas',
    );
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '(' && ++depth > LIMITS.brackets)
      throw equationError(
        place,
        at,
        `brackets ${depth} deep`,
        `at most ${LIMITS.brackets}: split the equation`,
      );
    if (text[at] === ')') depth--;
  }
}

/**
 * Reads the text of a place from `from` on: jsep's tree, and where each of its tokens begins.
 *
 * @throws SettingsError with the place, where the text is too long or deep or none of the language
 */
export function scan(place: Place, from: number): { tree: jsep.Expression; places: Map<object, number> } {
  checkText(place);
  const scanner = new Scanner(place, ' '.repeat(from) + place.text.slice(from));
  return { tree: scanner.parse(), places: scanner.places };
}
