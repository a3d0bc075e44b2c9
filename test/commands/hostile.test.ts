// Names, keys, file names and foreign text with escape sequences, through every command that prints some: the terminal is
// never told anything but text.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { openRuns } from '../../src/records/folder.js';
import { temporaryFolder } from '../helpers/folder.js';
import { sampleEvaluation, sampleRun } from '../helpers/records.js';
import { sgsOn, type CommandResult } from '../helpers/sgs.js';

/** Title of the window, clipboard, colour, C1's CSI and OSC, a null, text turned around, a line of its own. */
const HOSTILE =
  '\x1b]0;owned\x07\x1b]52;c;AAAA\x1b\\\x1b[31mred\x9b2J\x9d0;x\x9c\0\x7f\u202egnp.\u2066\r\nsgs: done';
// oxlint-disable-next-line no-control-regex
const OBEYED = /[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/;

const checkInert = (t: ExecutionContext, { stdout, stderr }: CommandResult, what: string): void => {
  t.notRegex(stdout, OBEYED, `${what}: stdout`);
  t.notRegex(stderr, OBEYED, `${what}: stderr`);
};

/** Runs with a stdout that is a terminal. */
async function onTerminal(run: () => Promise<CommandResult>): Promise<CommandResult> {
  const { isTTY } = process.stdout;
  process.stdout.isTTY = true;
  try {
    return await run();
  } finally {
    process.stdout.isTTY = isTTY;
  }
}

const SMALL = {
  name: HOSTILE.slice(0, 200),
  network: { architecture: 'convNet', width: 0.0625 },
  data: { name: 'shapes10', trainLimit: 20, testLimit: 20 },
  epochs: 1,
  batchSize: 20,
} as const;

test('nothing in src prints past print.ts, and nothing writes to the terminal but what draws there', (t) => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  const withoutComments = (name: string): string =>
    readFileSync(join('src', name), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
  const found = files.filter((name) =>
    /console\.|std(out|err)\.write/.test(withoutComments(name).replaceAll('window.console', '')),
  );
  t.deepEqual(found.sort(), ['cell/interrupt.ts', 'print.ts']);
});

test.serial('records: list, show, compare, export and import', async (t) => {
  const folder = temporaryFolder(t);
  const runs = openRuns(folder);
  const [first, second] = [0, 1].map((seed) =>
    sampleRun({
      settings: { name: HOSTILE, seed },
      status: seed ? 'failed' : 'done',
      ...(seed && { stop: { reason: HOSTILE } }),
    }),
  );
  for (const record of [first, second]) runs.put(record);
  runs.put({ ...sampleEvaluation(), ...{} });
  writeFileSync(join(folder, 'run-0123456789abcdef.json'), `{"kind": ${JSON.stringify(HOSTILE)}}`);
  const sgs = sgsOn(folder);
  const list = await sgs('runs', 'list');
  checkInert(t, list, 'list');
  t.true(list.stdout.includes('\\u001b]0;owned\\u0007'), 'spelled out, on its line');
  checkInert(t, await sgs('runs', 'show', second.id), 'show');
  const show = await sgs('runs', 'show', '--json', second.id);
  checkInert(t, show, 'show --json');
  t.deepEqual(JSON.parse(show.stdout), JSON.parse(JSON.stringify(second)), 'still the same JSON');
  checkInert(t, await sgs('runs', 'compare', first.id, second.id), 'compare');
  const plain = await sgs('runs', 'export', '--format', 'csv');
  t.true(plain.stdout.includes(HOSTILE.slice(0, 12)), 'a file or a pipe gets what the record says');
  for (const words of [
    ['runs', 'export', '--format', 'csv'],
    ['runs', 'export', '--format', 'json'],
    ...['text', 'markdown', 'csv'].map((format) => ['runs', 'compare', '--by', 'name', '--format', format]),
  ])
    checkInert(t, await onTerminal(() => sgs(...words)), words.join(' '));
  const there = join(temporaryFolder(t), HOSTILE.replaceAll('\0', '').replaceAll('/', ''));
  mkdirSync(there);
  writeFileSync(join(there, `${HOSTILE.replaceAll('\0', '')}.json`), '{');
  writeFileSync(join(there, `${first.id}.json`), readFileSync(join(folder, `${first.id}.json`)));
  const imported = await sgs('runs', 'import', there);
  checkInert(t, imported, 'import');
  t.regex(imported.stdout, /left out|damaged/);
});

test.serial('trainings: train, trial, sweep and evaluations', async (t) => {
  const folder = temporaryFolder(t);
  const sgs = sgsOn(folder);
  const file = join(folder, `a${HOSTILE.replaceAll('\0', '').replaceAll('/', '')}.json`);
  writeFileSync(file, JSON.stringify(SMALL));
  const trained = await sgs('train', file, '--threads', '1');
  t.is(trained.code, 0, trained.stderr);
  checkInert(t, trained, 'train');
  const [id] = /run-[0-9a-f]{16}/.exec(trained.stdout)!;
  writeFileSync(file, JSON.stringify({ experiment: SMALL, evaluations: [] }));
  checkInert(t, await sgs('trial', file, '--threads', '1'), 'trial');
  checkInert(t, await sgs('eval', id, '--limit', '20'), 'eval');
  writeFileSync(file, JSON.stringify({ base: SMALL, axes: { name: [HOSTILE] } }));
  checkInert(t, await sgs('sweep', file, '--dry-run'), 'sweep, refused');
  writeFileSync(file, JSON.stringify({ base: SMALL, axes: { [HOSTILE]: [HOSTILE] } }));
  checkInert(t, await sgs('sweep', file, '--dry-run'), 'sweep, an axis');
  writeFileSync(file, JSON.stringify({ base: SMALL, axes: { 'data.split': [HOSTILE, 'b'] } }));
  checkInert(t, await sgs('sweep', file, '--dry-run'), 'sweep, a value');
  writeFileSync(file, JSON.stringify({ base: SMALL, axes: { 'neuron.delta': [0, 0.1] } }));
  checkInert(t, await sgs('sweep', file, '--status'), 'sweep --status');
});

test.serial('what is refused: commands, options, values, files, ids, keys, folders', async (t) => {
  const folder = temporaryFolder(t);
  const sgs = sgsOn(folder);
  const file = join(folder, 'a.json');
  writeFileSync(file, `{"${JSON.stringify(HOSTILE).slice(1, -1)}": 1, "a": 1}`);
  const spoken = HOSTILE.replaceAll('\0', '');
  for (const words of [
    [spoken],
    ['train', `--${spoken}`],
    ['train', '--data', spoken],
    ['train', '--epochs', spoken],
    ['train', '--set', spoken],
    ['train', '--set', `${spoken}=1`],
    ['train', '--set', `neuron.reset=${spoken}`],
    ['train', spoken],
    ['train', file],
    ['trial', spoken],
    ['sweep', file],
    ['sweep', spoken],
    ['eval', spoken],
    ['noise', 'run-0', '--definition', spoken],
    ['energy', spoken],
    ['runs', 'show', spoken],
    ['runs', 'list', '--runs', join(folder, spoken)],
    ['runs', 'compare', spoken],
    ['runs', 'compare', '--by', spoken],
    ['runs', 'compare', '--by', 'epochs', '--where', `${spoken}=1`],
    ['runs', 'export', '--output', spoken],
    ['runs', 'import', spoken],
    ['data', spoken],
    ['notebooks', 'run', spoken],
    ['notebooks', 'check', spoken],
    ['reproduce', '--only', spoken],
    ['report', '--figures', join(folder, spoken)],
    ['doctor', '--architecture', spoken],
  ]) {
    const result = await sgs(...words);
    checkInert(t, result, words.slice(0, -1).join(' '));
    t.true(result.stdout.length + result.stderr.length > 0, words[0]);
  }
});
