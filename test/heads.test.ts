// The first sentence of a source says what the file is.
import { readdirSync, readFileSync } from 'node:fs';
import test from 'ava';

const sources = ['src', 'bench'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`),
);

test('no head opens with a question word: a file is a thing or does one', (t) => {
  const asking = sources.filter((file) =>
    /^\/\/ (What|How|Which|Where|Whether|Who|When|Why)\b/.test(readFileSync(file, 'utf8')),
  );
  t.deepEqual(asking, []);
});
