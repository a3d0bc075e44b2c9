import test from 'ava';
import { DataError } from '../../src/errors.js';
import { readPickle } from '../../src/interchange/pickle.js';
import {
  type Pickled,
  PickledCall,
  PickledDict,
  PickledGlobal,
  PickledReference,
} from '../../src/interchange/pickled.js';

const ALLOWED = new Set(['torch.FloatStorage', 'torch._utils.f']);
/** A pickle of protocol 2 with these opcodes, one character a byte. */
const pickle = (text: string): Uint8Array => Buffer.from(`\x80\x02${text}.`, 'latin1');
const read = (text: string): Pickled => readPickle(pickle(text), ALLOWED, 'a');
const dict = (...entries: [Pickled, Pickled][]): PickledDict => {
  const made = new PickledDict();
  made.entries.push(...entries);
  return made;
};
const word = (text: string): string => `X${String.fromCharCode(text.length)}\0\0\0${text}`;

test('pickle: numbers, texts, constants', (t) => {
  const values: [opcodes: string, value: Pickled][] = [
    ['K\xff', 255],
    ['M\x01\x02', 513],
    ['J\xff\xff\xff\xff', -1],
    ['\x8a\x00', 0],
    ['\x8a\x01\xff', -1],
    ['\x8a\x05\0\0\0\0\x01', 2 ** 32],
    ['\x8a\x08\xff\xff\xff\xff\xff\xff\xff\xff', -1],
    ['G\x3f\xf8\0\0\0\0\0\0', 1.5],
    [word('ab'), 'ab'],
    ['X\x02\0\0\0\xc3\xa4', 'ä'],
    ['N', null],
    ['\x88', true],
    ['\x89', false],
  ];
  for (const [opcodes, value] of values) t.deepEqual(read(opcodes), value, JSON.stringify(opcodes));
});

test('pickle: tuples, lists and dictionaries, the memo, references', (t) => {
  t.deepEqual(read(')'), []);
  t.deepEqual(read('K\x01\x85'), [1]);
  t.deepEqual(read('K\x01K\x02\x86'), [1, 2]);
  t.deepEqual(read('K\x01K\x02K\x03\x87'), [1, 2, 3]);
  t.deepEqual(read('(K\x01(K\x02tt'), [1, [2]]);
  t.deepEqual(read(']K\x01a(K\x02K\x03e'), [1, 2, 3]);
  t.deepEqual(read(`}${word('a')}K\x01s(${word('b')}K\x02u`), dict(['a', 1], ['b', 2]));
  t.deepEqual(read(`${word('a')}q\x05h\x05\x86`), ['a', 'a']);
  t.deepEqual(read(`${word('a')}r\x05\0\0\x01j\x05\0\0\x01\x86`), ['a', 'a']);
  t.deepEqual(read('K\x07Q'), new PickledReference(7));
});

test('pickle: what is allowed is named, never called; attributes are passed over', (t) => {
  t.deepEqual(read('ctorch\nFloatStorage\n'), new PickledGlobal('torch.FloatStorage'));
  t.deepEqual(read('ctorch._utils\nf\nK\x01\x85R'), new PickledCall('torch._utils.f', [1]));
  t.deepEqual(read('ccollections\nOrderedDict\n)R}b'), dict());
});

test('pickle: any other global and any other opcode is refused by name', (t) => {
  for (const [module, name] of [
    ['os', 'system'],
    ['builtins', 'eval'],
    ['torch', 'load'],
    ['__builtin__', 'getattr'],
  ])
    t.throws(() => read(`c${module}\n${name}\n${word('x')}\x85R`), {
      instanceOf: DataError,
      message: new RegExp(
        `^a: its pickle, byte 2: names "${module}\\.${name}", which weights do not need: refused; nothing of it was run`,
      ),
    });
  const known = '}])(N\x88\x89KMJ\x8aGXqrhjt\x85\x86\x87suaecRbQ.';
  for (let code = 0; code < 256; code++) {
    const opcode = String.fromCharCode(code);
    if (known.includes(opcode)) continue;
    const hex = code.toString(16).padStart(2, '0');
    t.throws(() => read(opcode), {
      instanceOf: DataError,
      message: new RegExp(`opcode 0x${hex} is not one that`),
    });
  }
});

test('pickle: what is damaged or of another protocol is refused', (t) => {
  const cases: [text: string, message: RegExp][] = [
    ['', /takes a value where there is none/],
    ['(', /takes a value where there is none/],
    ['NN', /goes on after its end/],
    ['K', /takes a value|goes on|ends within|opcode/],
    ['X\xff\xff\xff\x7fa', /ends within an opcode \(cut off\?\)/],
    ['X\x01\0\0\0\xff', /a text that is not UTF-8/],
    ['t', /ends a group that was not begun/],
    ['h\x01', /refers to value 1, which is not there/],
    ['NK\x01K\x02s', /no dictionary/],
    ['}(K\x01u', /no dictionary/],
    ['NK\x01a', /no list/],
    ['N)R', /calls something that is no function/],
    ['ctorch\nFloatStorage\nNR', /calls something that is no function/],
    ['ccollections\nOrderedDict\nK\x01\x85R', /an OrderedDict with arguments/],
    ['NNb', /attributes of something that is no dictionary/],
    ['\x8a\x09aaaaaaaaa', /more than 64 bits/],
    ['\x8a\x08\0\0\0\0\0\0\x20\0', /above 2\^53/],
    ['ctorch', /a name without an end/],
    [`c${'x'.repeat(300)}\n`, /a name without an end/],
  ];
  for (const [text, message] of cases) t.throws(() => read(text), { instanceOf: DataError, message }, text);
  for (const bytes of [[], [0x80], [0x80, 4, 0x4e, 0x2e], [0x28, 0x2e]])
    t.throws(() => readPickle(Uint8Array.from(bytes), ALLOWED, 'a'), {
      message: /not a pickle of protocol 2/,
    });
  t.throws(() => readPickle(pickle('N').subarray(0, -1), ALLOWED, 'a'), { message: /cut off/ });
  t.throws(() => readPickle(Buffer.concat([pickle('N'), Buffer.from('N')]), ALLOWED, 'a'), {
    message: /after its end/,
  });
});

test('pickle: a group of 200,000 values is read, and one list in itself is no harm', (t) => {
  t.is((read(`](${'N'.repeat(200_000)}e`) as Pickled[]).length, 200_000);
  const own = read(']q\0h\0a') as Pickled[];
  t.is(own[0], own);
});
