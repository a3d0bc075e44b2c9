import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { DataError } from '../../src/errors.js';
import { readText, textOf } from '../../src/files/text.js';
import { temporaryFolder } from '../helpers/folder.js';

const TEXT = '{"name": "größe θ 😀"}';
const bigEndian = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

const FORMS: Record<string, Buffer> = {
  'UTF-8': Buffer.from(TEXT),
  'UTF-8 with a byte-order mark': Buffer.from(`\ufeff${TEXT}`),
  'UTF-16, little end first': Buffer.from(`\ufeff${TEXT}`, 'utf16le'),
  'UTF-16, little end first, without a mark': Buffer.from(TEXT, 'utf16le'),
  'UTF-16, big end first': bigEndian(`\ufeff${TEXT}`),
  'UTF-16, big end first, without a mark': bigEndian(TEXT),
};

for (const [form, bytes] of Object.entries(FORMS))
  test(`readText: ${form}; the mark is no part of the text`, (t) => {
    const file = join(temporaryFolder(t), 'a.json');
    writeFileSync(file, bytes);
    t.is(readText(file, bytes.length), TEXT);
  });

test('textOf: bytes that are no text are refused by file; nothing is replaced silently', (t) => {
  for (const [bytes, message] of [
    [Buffer.from([0x22, 0xe4, 0x22]), /^a\.json: its bytes are no UTF-8 text; save it as UTF-8$/],
    [Buffer.from([0xff, 0xfe, 0x22]), /^a\.json: its bytes are no UTF-16LE text/],
    [Buffer.from([0xfe, 0xff, 0xd8, 0x00]), /^a\.json: its bytes are no UTF-16BE text/],
  ] as const)
    t.throws(() => textOf(bytes, 'a.json'), { instanceOf: DataError, message });
  t.is(textOf(new Uint8Array(), 'a.json'), '');
  for (const text of ['\0', '\0\0', '\0\0a', 'a'])
    t.is(textOf(Buffer.from(text), 'a.json'), text, 'no UTF-16');
  t.is(textOf(Buffer.from('a', 'utf16le'), 'a.json'), 'a');
});

test('readText: what is longer than its limit, absent or a folder is refused by name', (t) => {
  const folder = temporaryFolder(t);
  const file = join(folder, 'long.txt');
  writeFileSync(file, 'x'.repeat(200_001));
  t.is(readText(file, 200_001).length, 200_001);
  t.throws(() => readText(file, 200_000), {
    instanceOf: DataError,
    message: /long\.txt: more than 200000 bytes/,
  });
  t.throws(() => readText(join(folder, 'absent'), 10), {
    instanceOf: DataError,
    message: /absent: .*ENOENT/,
  });
  t.throws(() => readText(folder, 10), { instanceOf: DataError, message: /a folder, expected a file/ });
});

test('readText: a device without end ends with an error, a pipe is read', (t) => {
  if (!existsSync('/dev/zero')) return t.pass('no such device here');
  t.throws(() => readText('/dev/zero', 2 ** 20), {
    instanceOf: DataError,
    message: /more than 1048576 bytes/,
  });
  const program = `import('./dist/files/text.js').then(({ readText }) => console.log(readText('/dev/stdin', 100)))`;
  const words = ['-c', 'printf piped | "$0" -e "$1"', process.execPath, program];
  t.is(execFileSync('sh', words, { encoding: 'utf8' }), 'piped\n');
});
