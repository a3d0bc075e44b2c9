// The recipes of CONTRIBUTING.md for a surrogate and for a neuron, followed to the letter on copies of the tree, which are then
// built, tested and trained with.
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import test, { type ExecutionContext } from 'ava';
import type { RunRecord } from '../src/records/record.js';
import { temporaryFolder } from './helpers/folder.js';

const run = promisify(execFile);

/** What a recipe needs of the tree. */
const COPIED = [
  'src',
  'scripts',
  'test',
  'bench',
  'package.json',
  'tsconfig.json',
  'data/paper',
  'CONTRIBUTING.md',
];

interface Block {
  language: string;
  file: string;
  text: string;
}

/** The blocks of a section of CONTRIBUTING.md that name a file. */
function blocksOf(heading: string): Block[] {
  const section = readFileSync('CONTRIBUTING.md', 'utf8')
    .split(/^## /m)
    .find((part) => part.startsWith(heading))!;
  return [...section.matchAll(/^```(\w+) (\S+)\n(.*?)^```$/gms)].map(([, language, file, text]) => ({
    language,
    file,
    text,
  }));
}

/** The text with the added lines of a diff, each behind the line that stands above it there; that line must be there once. */
function patched(before: string, diff: string): string {
  const lines = before.split('\n');
  let at = -1;
  for (const line of diff.split('\n').filter((each) => each !== '' && each !== '@@')) {
    if (line.startsWith('+')) lines.splice(++at, 0, line.slice(1));
    else {
      const found = lines.flatMap((each, i) => (each === line.slice(1) ? [i] : []));
      if (found.length !== 1) throw new Error(`${found.length} lines are ${JSON.stringify(line.slice(1))}`);
      [at] = found;
    }
  }
  return lines.join('\n');
}

test('patched: added lines stand behind the line above them; a line that is not there once is an error', (t) => {
  t.is(patched('a\nb\nc', ' a\n+x\n@@\n c\n+y\n+z\n'), 'a\nx\nb\nc\ny\nz');
  t.throws(() => patched('a\na', ' a\n+x'), { message: /2 lines are "a"/ });
  t.throws(() => patched('a', ' b\n+x'), { message: /0 lines are "b"/ });
});

/** Follows the recipe of a section on a copy of the tree, which is then compiled. Gives what runs `node` there. */
async function followed(t: ExecutionContext, heading: string) {
  const root = temporaryFolder(t);
  for (const name of COPIED) cpSync(name, join(root, name), { recursive: true });
  symlinkSync(join(process.cwd(), 'node_modules'), join(root, 'node_modules'), 'junction');
  const blocks = blocksOf(heading);
  t.deepEqual(
    blocks.map(({ language }) => language),
    ['ts', 'diff', 'diff'],
  );
  for (const { language, file, text } of blocks) {
    const path = join(root, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, language === 'ts' ? text : patched(readFileSync(path, 'utf8'), text));
  }
  const node = (...words: string[]) =>
    run(process.execPath, words, {
      cwd: root,
      env: { ...process.env, SGS_RUNS: join(root, 'runs') },
      maxBuffer: 2 ** 26,
    });
  await node('node_modules/@typescript/native/bin/tsc');
  return node;
}

test('a surrogate by the recipe of CONTRIBUTING.md: its tests pass, and it trains on all engines with accuracies and losses within 1e-3', async (t) => {
  const node = await followed(t, 'A surrogate');
  await node('scripts/build-kernels.mjs');
  const tests = await node(
    'test/run.mjs',
    'test/surrogates/index.test.ts',
    'test/engines/event/ops/neurons.test.ts',
  );
  t.regex(tests.stdout, /parabola: unit area/);
  const small = [
    ...['train', '--data', 'shapes10', '--surrogate', 'parabola', '--width', '0.125', '--epochs', '1'],
    ...['--train-limit', '100', '--test-limit', '50', '--batch-size', '25'],
  ];
  const records: RunRecord[] = [];
  for (const engine of ['plain', 'event', 'tfjs']) {
    const { stdout } = await node('scripts/sgs.mjs', ...small, '--engine', engine);
    const file = /^record: (.*)$/m.exec(stdout)![1];
    records.push(JSON.parse(readFileSync(file, 'utf8')) as RunRecord);
  }
  const [plain, ...fast] = records;
  t.is(plain.experiment.neuron.surrogate.name as string, 'parabola');
  for (const record of fast) {
    t.is(record.outcome.status, 'done');
    t.true(Math.abs(record.rows[0].trainLoss! - plain.rows[0].trainLoss!) < 1e-3);
    t.true(Math.abs(record.outcome.testAccuracy! - plain.outcome.testAccuracy!) <= 0.02);
  }
});

test('a neuron by the recipe of CONTRIBUTING.md: its tests pass, and it trains on all engines with losses within 1e-3', async (t) => {
  const node = await followed(t, 'A neuron');
  await node('scripts/build-kernels.mjs');
  const tests = await node(
    'test/run.mjs',
    'test/neurons/descriptions.test.ts',
    'test/engines/plain/equations.test.ts',
    'test/engines/tfjs/equations.test.ts',
  );
  t.regex(tests.stdout, /alif: with its values at first, 200 steps/);
  const small = [
    ...['train', '--data', 'shapes10', '--set', 'neuron.model=alif', '--width', '0.125', '--epochs', '1'],
    ...['--train-limit', '100', '--test-limit', '50', '--batch-size', '25'],
  ];
  const losses: number[] = [];
  for (const engine of ['plain', 'tfjs', 'event']) {
    const { stdout } = await node('scripts/sgs.mjs', ...small, '--engine', engine);
    const record = JSON.parse(readFileSync(/^record: (.*)$/m.exec(stdout)![1], 'utf8')) as RunRecord;
    t.like(record.experiment.neuron, { model: { name: 'alif' } });
    losses.push(record.rows[0].trainLoss!);
  }
  for (const loss of losses) t.true(Math.abs(losses[0] - loss) < 1e-3);
});
