// How commands end: 0, 1, 2 no such command line, 3 diverged, 75 (reach.slow.ts), 130 interrupted, 141 (output.test.ts); and ids
// that may mean several records. Needs dist (npm run build).
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { openRuns } from '../../src/records/folder.js';
import type { RunRecord } from '../../src/records/record.js';
import { temporaryFolder } from '../helpers/folder.js';
import { sampleRun } from '../helpers/records.js';
import { sgsOn } from '../helpers/sgs.js';

const SMALL = {
  network: { architecture: 'convNet', width: 0.0625 },
  data: { name: 'shapes10', trainLimit: 20, testLimit: 20 },
  epochs: 1,
  batchSize: 10,
} as const;
const DIVERGING = { ...SMALL, optimizer: { kind: 'sgd', learningRate: 1e38 } };

function jsonFile(t: ExecutionContext, value: unknown): string {
  const file = join(temporaryFolder(t), 'a.json');
  writeFileSync(file, JSON.stringify(value));
  return file;
}

test.serial('0: what is done, help and version; 1: what could not be done', async (t) => {
  const sgs = sgsOn(temporaryFolder(t));
  for (const words of [
    ['runs', 'list'],
    ['help'],
    ['--help'],
    ['--version'],
    ['help', 'train'],
    ['train', '--help'],
  ])
    t.is((await sgs(...words)).code, 0, words.join(' '));
  for (const words of [
    ['train', 'absent.json'],
    ['train', '--set', 'neuron.tau=7'],
    ['runs', 'show', 'run-0'],
    ['runs', 'compare'],
    ['sweep', 'absent.json'],
    ['data', 'cifar10', '--source', 'gopher://nowhere.invalid/'],
    ['notebooks', 'run', 'absent.ipynb'],
  ]) {
    const { code, stderr } = await sgs(...words);
    t.is(code, 1, words.join(' '));
    t.regex(stderr, /^sgs: /m, words.join(' '));
    t.notRegex(stderr, /\n {4}at /);
  }
});

test.serial(
  '2: no command, an unknown one or one too much, unknown options, missing and superfluous arguments',
  async (t) => {
    const sgs = sgsOn(temporaryFolder(t));
    for (const words of [
      [],
      ['trian'],
      ['runs'],
      ['runs', 'lits'],
      ['notebooks'],
      ['train', '--epoch', '3'],
      ['train', 'a.json', 'b.json'],
      ['runs', 'list', 'all'],
      ['runs', 'show'],
      ['energy'],
      ['trial'],
      ['sweep'],
      ['data'],
      ['data', 'mnist'],
      ['runs', 'import'],
    ]) {
      const { code, stderr } = await sgs(...words);
      t.is(code, 2, words.join(' '));
      t.true(stderr.length > 0);
    }
  },
);

test.serial('3: a training that diverges, by train, again by train, and by trial', async (t) => {
  const sgs = sgsOn(temporaryFolder(t));
  const train = await sgs('train', jsonFile(t, DIVERGING));
  t.is(train.code, 3, train.stderr);
  t.regex(train.stdout, /^run-[0-9a-f]{16} {2}diverged after 0 epochs/);
  t.is((await sgs('train', jsonFile(t, DIVERGING))).code, 3, 'what the record says is said again');
  const trial = await sgs('trial', jsonFile(t, { experiment: { ...DIVERGING, seed: 1 } }));
  t.is(trial.code, 3, trial.stderr);
});

/** Runs the built command line and interrupts it as soon as it has said something. */
async function interrupted(
  folder: string,
  ready: RegExp,
  ...words: string[]
): Promise<[number | null, string]> {
  const child = spawn(process.execPath, ['scripts/sgs.mjs', ...words], {
    env: { ...process.env, SGS_RUNS: folder },
  });
  let said = '';
  let sent = false;
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (part: Buffer) => {
      said += part.toString();
      if (!sent && ready.test(said)) sent = child.kill('SIGINT');
    });
  const [code] = (await once(child, 'close')) as [number | null];
  return [code, said];
}

test.serial('130: a training that is interrupted, by a signal; it says so and can be resumed', async (t) => {
  const folder = temporaryFolder(t);
  const long = { ...SMALL, epochs: 100_000 };
  const [code, said] = await interrupted(folder, /^epoch 2\//m, 'train', jsonFile(t, long), '--threads', '1');
  t.is(code, 130, said);
  t.regex(said, /Stopping at the next safe point/);
  const [id] = /run-[0-9a-f]{16}/.exec(said)!;
  t.is((openRuns(folder).get(id) as RunRecord).outcome.status, 'interrupted');
  t.true(openRuns(folder).hasCheckpoint(id));
});

/** Tells this process that it is interrupted, once a run has a checkpoint, as a signal would. */
function interruptWhenSaved(t: ExecutionContext, folder: string): void {
  const timer = setInterval(() => {
    if (!existsSync(join(folder, 'checkpoints')) || readdirSync(join(folder, 'checkpoints')).length === 0)
      return;
    clearInterval(timer);
    process.emit('SIGINT');
    process.removeAllListeners('SIGINT'); // a second one would end the test
  }, 20);
  t.teardown(() => clearInterval(timer));
}

test.serial('130 too in this process: train and trial', async (t) => {
  const long = { ...SMALL, epochs: 100_000 };
  for (const [command, given] of [
    ['train', long],
    ['trial', { experiment: long }],
  ] as const) {
    const folder = temporaryFolder(t);
    interruptWhenSaved(t, folder);
    const words = [command, jsonFile(t, given), '--threads', '1', '--checkpoint-seconds', '0'];
    const { code, stdout, stderr } = await sgsOn(folder)(...words);
    t.is(code, 130, stderr);
    t.regex(stdout, /^run-[0-9a-f]{16}/);
  }
});

test.serial(
  'an id that may be several is refused with the candidates by every command that takes one; none is taken',
  async (t) => {
    const folder = temporaryFolder(t);
    const runs = openRuns(folder);
    const byDigit = new Map<string, string[]>();
    for (let seed = 0; [...byDigit.values()].every(({ length }) => length < 2); seed++) {
      const record = sampleRun({ settings: { seed } });
      runs.put(record);
      const digit = record.id.slice(4, 5);
      byDigit.set(digit, [...(byDigit.get(digit) ?? []), record.id]);
    }
    const [digit, ids] = [...byDigit].find(([, { length }]) => length === 2)!;
    const sgs = sgsOn(folder);
    for (const text of [digit, `run-${digit}`])
      for (const words of [
        ['eval', text],
        ['noise', text],
        ['energy', text],
        ['runs', 'show', text],
        ['runs', 'compare', text],
        ['runs', 'compare', text, '--by', 'seed'],
        ['train', '--again', text],
      ]) {
        const { code, stdout, stderr } = await sgs(...words);
        t.is(code, 1, words.join(' '));
        t.true(
          stderr.includes(`${JSON.stringify(text)} may be ${ids.sort().join(', ')}; give more digits`),
          stderr,
        );
        t.is(stdout, '');
      }
    for (const text of ['', 'run-', 'run', 'eval-', '-'])
      t.regex((await sgs('runs', 'show', '--', text)).stderr, /names no record; give its id/, text);
    t.is(
      (JSON.parse((await sgs('runs', 'show', '--json', ids[0].slice(4))).stdout) as { id: string }).id,
      ids[0],
    );
  },
);
