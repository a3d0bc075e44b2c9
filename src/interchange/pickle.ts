// The few opcodes of Python's pickle that `torch.save` writes for a dictionary of tensors. A pickle is a program; this reader
// runs none of it: whatever a pickle would import or call is a name in the result, and only names of the list are let through.
// Source: pickletools.py of CPython, which describes every opcode.
import { DataError } from '../errors.js';
import { inertText } from '../text.js';
import { type Pickled, PickledCall, PickledDict, PickledGlobal, PickledReference } from './pickled.js';

/** Where a group on the stack begins. */
const MARK = Symbol('mark');
const ORDERED_DICT = 'collections.OrderedDict';
const MOST_OPCODES = 10_000_000;
const LONGEST_GLOBAL = 200;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Reads a pickle.
 *
 * @param bytes - the pickle, whole: nothing may follow its end
 * @param allowed - the globals that may be named, `module.name`; `collections.OrderedDict` is one always
 * @param file - its name, for errors
 * @throws DataError naming the global or opcode that is not let through, or where the pickle is damaged
 */
export function readPickle(bytes: Uint8Array, allowed: ReadonlySet<string>, file: string): Pickled {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const memo = new Map<number, Pickled>();
  const stack: (Pickled | typeof MARK)[] = [];
  let at = 0;
  let start = 0;

  const fail = (found: string): never => {
    throw new DataError(
      file,
      `its pickle, byte ${start}: ${found}`,
      'nothing of it was run; save the weights again with torch.save(model.float().state_dict(), FILE)',
    );
  };
  const take = (length: number): Buffer => {
    if (length > bytes.length - at) fail('ends within an opcode (cut off?)');
    at += length;
    return view.subarray(at - length, at);
  };
  const text = (length: number): string => {
    const piece = take(length);
    try {
      return utf8.decode(piece);
    } catch {
      return fail('a text that is not UTF-8');
    }
  };
  const line = (): string => {
    const end = view.indexOf(0x0a, at);
    if (end < 0 || end - at > LONGEST_GLOBAL) fail('a name without an end');
    const found = view.toString('latin1', at, end);
    at = end + 1;
    return found;
  };
  const pop = (): Pickled => {
    const value = stack.pop();
    return value === undefined || value === MARK ? fail('takes a value where there is none') : value;
  };
  const group = (): Pickled[] => {
    const from = stack.lastIndexOf(MARK);
    if (from < 0) fail('ends a group that was not begun');
    const values = stack.splice(from) as Pickled[];
    return values.slice(1);
  };
  const put = (place: number): void => {
    const value = pop();
    stack.push(value);
    memo.set(place, value);
  };
  const get = (place: number): void => {
    const value = memo.get(place);
    stack.push(value === undefined ? fail(`refers to value ${place}, which is not there`) : value);
  };
  const fill = (values: readonly Pickled[]): void => {
    const dict = pop();
    if (!(dict instanceof PickledDict) || values.length % 2 !== 0)
      return fail('sets entries of something that is no dictionary');
    for (let i = 0; i < values.length; i += 2) dict.entries.push([values[i], values[i + 1]]);
    stack.push(dict);
  };
  const tuple = (length: number): void => {
    const values = Array.from({ length }, pop).reverse();
    stack.push(values);
  };
  const append = (values: readonly Pickled[]): void => {
    const list = pop();
    if (!Array.isArray(list)) return fail('appends to something that is no list');
    for (const value of values) (list as Pickled[]).push(value);
    stack.push(list);
  };
  const global = (): void => {
    const name = `${line()}.${line()}`;
    if (name !== ORDERED_DICT && !allowed.has(name))
      fail(`names ${inertText(JSON.stringify(name))}, which weights do not need: refused`);
    stack.push(new PickledGlobal(name));
  };
  const call = (): void => {
    const args = pop();
    const called = pop();
    if (!(called instanceof PickledGlobal) || !Array.isArray(args))
      return fail('calls something that is no function');
    if (called.name !== ORDERED_DICT) return void stack.push(new PickledCall(called.name, args as Pickled[]));
    if (args.length > 0) fail('an OrderedDict with arguments');
    stack.push(new PickledDict());
  };
  /** Attributes of an object, such as `_metadata` of a state dict: not needed. */
  const build = (): void => {
    pop();
    const target = pop();
    if (!(target instanceof PickledDict)) fail('sets attributes of something that is no dictionary');
    stack.push(target);
  };
  const long = (length: number): number => {
    if (length > 8) fail('a whole number of more than 64 bits');
    const digits = take(length);
    const padded = Buffer.alloc(8, length > 0 && digits[length - 1] & 0x80 ? 0xff : 0);
    digits.copy(padded);
    const value = Number(padded.readBigInt64LE());
    return Number.isSafeInteger(value) ? value : fail('a whole number above 2^53');
  };

  if (view[0] !== 0x80 || view[1] !== 2) fail('not a pickle of protocol 2, which torch.save writes');
  const opcodes: Record<string, () => void> = {
    '}': () => void stack.push(new PickledDict()),
    ']': () => void stack.push([]),
    ')': () => void stack.push([]),
    '(': () => void stack.push(MARK),
    N: () => void stack.push(null),
    '\x88': () => void stack.push(true),
    '\x89': () => void stack.push(false),
    K: () => void stack.push(take(1)[0]),
    M: () => void stack.push(take(2).readUInt16LE()),
    J: () => void stack.push(take(4).readInt32LE()),
    '\x8a': () => void stack.push(long(take(1)[0])),
    G: () => void stack.push(take(8).readDoubleBE()),
    X: () => void stack.push(text(take(4).readUInt32LE())),
    q: () => put(take(1)[0]),
    r: () => put(take(4).readUInt32LE()),
    h: () => get(take(1)[0]),
    j: () => get(take(4).readUInt32LE()),
    t: () => void stack.push(group()),
    '\x85': () => tuple(1),
    '\x86': () => tuple(2),
    '\x87': () => tuple(3),
    s: () => fill([pop(), pop()].reverse()),
    u: () => fill(group()),
    a: () => append([pop()]),
    e: () => append(group()),
    c: global,
    R: call,
    b: build,
    Q: () => void stack.push(new PickledReference(pop())),
  };
  at = 2;
  for (let i = 0; i < MOST_OPCODES; i++) {
    start = at;
    const opcode = String.fromCharCode(take(1)[0]);
    if (opcode === '.') {
      const result = pop();
      if (stack.length > 0 || at !== bytes.length) fail('goes on after its end');
      return result;
    }
    const run = Object.hasOwn(opcodes, opcode) ? opcodes[opcode] : undefined;
    if (run === undefined)
      fail(
        `opcode 0x${opcode.charCodeAt(0).toString(16).padStart(2, '0')} is not one that weights need: refused`,
      );
    run!();
  }
  return fail(`more than ${MOST_OPCODES} steps`);
}
