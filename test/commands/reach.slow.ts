// What each option reaches: the setting, file, job or number that its name says. Every option of the table stands in one of
// the scenes here; a new one without a scene fails.
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { createProgram } from '../../src/commands/cli.js';
import { placesOf, type ReproduceOptions } from '../../src/commands/reproduction/options.js';
import { experiment } from '../../src/experiment/experiment.js';
import { toNir } from '../../src/interchange/nir/to-graph.js';
import { encodeNir } from '../../src/interchange/nir/write.js';
import { convNet } from '../../src/network/architectures.js';
import { initialWeights } from '../../src/network/initialise.js';
import { experimentOf } from '../../src/commands/train-experiment.js';
import { settingAt, setSetting } from '../../src/experiment/settings-path.js';
import { originOf } from '../../src/figures/origin.js';
import { saveTable } from '../../src/figures/save.js';
import { here } from '../../src/files/owner.js';
import { createNotebook, formatNotebook } from '../../src/notebooks/nbformat.js';
import { openRuns } from '../../src/records/folder.js';
import { createLease, leaseFile, leasesFolder } from '../../src/records/lease/file.js';
import type { EvaluationRecord, RunRecord } from '../../src/records/record.js';
import { COMMAND_TABLE } from '../helpers/command-table.js';
import { temporaryFolder } from '../helpers/folder.js';
import { sampleRun } from '../helpers/records.js';
import { sgsOn } from '../helpers/sgs.js';
import { standIn } from '../helpers/slurm.js';
import { madeGrid } from '../helpers/sweep.js';

const covered = new Set<string>();

/** A scene for options of a command. */
function scene(command: string, flags: string, run: (t: ExecutionContext) => Promise<void> | void): void {
  for (const flag of flags.split(' ')) covered.add(`${command} ${flag}`);
  test.serial(`sgs ${command}: ${flags}`, run);
}

/** 20 images, one update. */
const SMALL = {
  network: { architecture: 'convNet', width: 0.0625 },
  data: { name: 'shapes10', trainLimit: 20, testLimit: 20 },
  epochs: 1,
  batchSize: 20,
} as const;
const SMALL_WORDS = [
  ...['--data', 'shapes10', '--width', '0.0625', '--train-limit', '20', '--test-limit', '20'],
  ...['--batch-size', '20', '--epochs', '1'],
];
const COMMON = '--engine --threads --backend --data-dir --runs';

function jsonFile(t: ExecutionContext, value: unknown): string {
  const file = join(temporaryFolder(t), 'a.json');
  writeFileSync(file, JSON.stringify(value));
  return file;
}

const idIn = (text: string): string => /(run|eval)-[0-9a-f]{16}/.exec(text)![0];
const runRecords = (folder: string): RunRecord[] =>
  openRuns(folder)
    .list()
    .records.filter((record): record is RunRecord => record.kind === 'run');

/** Checks `--engine`, `--backend` and `--threads` of a command: what it opens, and what it cannot. */
async function checkEngine(
  t: ExecutionContext,
  run: (...more: string[]) => Promise<{ code: number; stdout: string; stderr: string }>,
): Promise<void> {
  t.regex((await run('--threads', '2')).stderr, /^engine event, .*, 2 threads/m);
  t.regex((await run('--engine', 'event', '--threads', '1')).stderr, /^engine event, .*, 1 thread\b/m);
  t.regex((await run('--engine', 'event', '--backend', 'cpu')).stderr, /backend cpu belongs to engine tfjs/);
}

/** What options of `train` say of the experiment: path, and the text that the option is given. */
const SETTINGS: Record<string, [path: string, text: string]> = {
  '--width': ['network.width', '0.25'],
  '--steps': ['steps', '7'],
  '--epochs': ['epochs', '3'],
  '--batch-size': ['batchSize', '11'],
  '--lr': ['optimizer.learningRate', '0.02'],
  '--surrogate': ['neuron.surrogate.name', 'atan'],
  '--delta': ['neuron.delta', '0.125'],
  '--beta': ['lipschitz.beta', '0.25'],
  '--seed': ['seed', '5'],
  '--validation': ['data.validation', '0.375'],
  '--train-limit': ['data.trainLimit', '101'],
  '--test-limit': ['data.testLimit', '102'],
  '--name': ['name', 'a name'],
  '--twin': ['network.twin', 'ann'],
};

/** The experiment that words of `sgs train` describe. */
async function described(...words: string[]): Promise<ReturnType<typeof experimentOf>> {
  const program = await createProgram();
  const command = program.commands.find((each) => each.name() === 'train')!;
  let found: ReturnType<typeof experimentOf> | undefined;
  command.action((file: string | undefined, options: Record<string, unknown>) => {
    found = experimentOf(file, options);
  });
  program.parse(['train', ...words], { from: 'user' });
  return found!;
}

scene('train', `${Object.keys(SETTINGS).join(' ')} --architecture --data --set`, async (t) => {
  const before = await described('--data', 'shapes10');
  const changed = (path: string, value: unknown): unknown => {
    const settings = JSON.parse(JSON.stringify(before)) as Record<string, unknown>;
    setSetting(settings, path, value);
    return settings;
  };
  const plain = (settings: unknown): unknown => JSON.parse(JSON.stringify(settings));
  for (const [flag, [path, text]] of Object.entries(SETTINGS)) {
    const value = Number.isNaN(Number(text)) ? text : Number(text);
    t.notDeepEqual(settingAt(before, path), value, flag);
    t.deepEqual(plain(await described('--data', 'shapes10', flag, text)), changed(path, value), flag);
    t.deepEqual(
      plain(await described('--data', 'shapes10', '--set', `${path}=${text}`)),
      changed(path, value),
      path,
    );
  }
  t.deepEqual(
    plain(await described('--data', 'shapes10', '--architecture', 'resnet19')),
    changed('network', { architecture: 'resnet19' }),
  );
  t.like(await described('--data', 'shapes10-dvs'), { data: { name: 'shapes10-dvs' }, steps: 10 });
  t.is((await described('--data', 'shapes10', '--set', 'name=a=b')).name, 'a=b', 'the first = parts');
});

scene('train', '--data-path', async (t) => {
  const { data } = await described('--data-path', '/somewhere/faces.npz');
  t.like(data, { name: 'faces', path: '/somewhere/faces.npz' });
});

scene('train', '--method --as', async (t) => {
  const words = ['--data', 'shapes10', '--method', 'tet', 'tebn'];
  t.like(await described(...words), { loss: { kind: 'tet' }, batchNorm: { kind: 'tebn' }, epochs: 5 });
  t.like(await described(...words.slice(0, 4), '--as', 'own'), { loss: { kind: 'tet' }, epochs: 150 });
});

scene('methods', '--kind --json', async (t) => {
  const { stdout } = await sgsOn(temporaryFolder(t))('methods', '--kind', 'norm', '--json');
  const kinds = (JSON.parse(stdout) as { kind: string }[]).map(({ kind }) => kind);
  t.deepEqual([...new Set(kinds)], ['norm']);
});

scene('trial', '--data-path', async (t) => {
  const file = jsonFile(t, { experiment: { ...SMALL, data: { ...SMALL.data, name: 'mine' } } });
  const { stderr } = await sgsOn(temporaryFolder(t))('trial', file, '--data-path', '/somewhere/faces.npz');
  t.regex(stderr, /\/somewhere\/faces\.npz: there is no such file or folder/);
});

scene('train', COMMON, async (t) => {
  const [folder, other] = [temporaryFolder(t), temporaryFolder(t)];
  const sgs = sgsOn(folder);
  let seed = 0;
  await checkEngine(t, (...more) => sgs('train', ...SMALL_WORDS, '--seed', String(seed++), ...more));
  t.is((await sgs('train', ...SMALL_WORDS, '--engine', 'tfjs', '--backend', 'cpu')).code, 0);
  t.deepEqual(
    runRecords(folder)
      .map(({ numerics: { engine, backend } }) => `${engine} ${backend}`)
      .sort(),
    ['event wasm', 'event wasm', 'tfjs cpu'],
  );
  t.is((await sgs('train', ...SMALL_WORDS, '--runs', other)).code, 0);
  t.deepEqual([runRecords(folder).length, runRecords(other).length], [3, 1]);
  const missing = await sgs('train', '--data', 'cifar10', '--data-dir', join(other, 'nothing'));
  t.is(missing.code, 1);
  t.true(missing.stderr.includes(join(other, 'nothing')), missing.stderr);
});

/** What is written while something runs: the text, and the names that files get. */
async function writesOf(run: () => Promise<unknown>): Promise<{ texts: string[]; names: string[] }> {
  const said = { texts: [] as string[], names: [] as string[] };
  const { renameSync, writeFileSync } = fs;
  fs.renameSync = (from, to) => {
    said.names.push(String(to));
    renameSync(from, to);
  };
  fs.writeFileSync = (file, data, options) => {
    if (typeof data === 'string') said.texts.push(data);
    writeFileSync(file, data, options);
  };
  syncBuiltinESMExports();
  try {
    await run();
    return said;
  } finally {
    Object.assign(fs, { renameSync, writeFileSync });
    syncBuiltinESMExports();
  }
}

const checkpoints = ({ names }: { names: string[] }): number =>
  names.filter((name) => name.includes('checkpoints')).length;
const FIVE_UPDATES = ['--train-limit', '20', '--batch-size', '4'];

scene('train', '--checkpoint-seconds', async (t) => {
  const sgs = sgsOn(temporaryFolder(t));
  const count = async (...words: string[]): Promise<number> =>
    checkpoints(await writesOf(() => sgs('train', ...SMALL_WORDS, ...FIVE_UPDATES, ...words)));
  const [often, seldom] = [
    await count('--checkpoint-seconds', '0'),
    await count('--checkpoint-seconds', '1000', '--seed', '1'),
  ];
  t.true(often >= seldom + 4, `${often} checkpoints with 0 s, ${seldom} with 1000 s`);
});

scene('train', '--again', async (t) => {
  const folder = temporaryFolder(t);
  const sgs = sgsOn(folder);
  const id = idIn((await sgs('train', ...SMALL_WORDS)).stdout);
  const again = await sgs('train', '--again', id);
  t.regex(again.stderr, new RegExp(`^${id} is done already`, 'm'));
  t.is((await sgs('train', '--again', id, '--seed', '1')).code, 1, 'with other settings it is refused');
});

scene('trial', `${COMMON} --until --checkpoint-seconds --lease-seconds --no-wait --take-over`, async (t) => {
  const [folder, other] = [temporaryFolder(t), temporaryFolder(t)];
  const sgs = sgsOn(folder);
  let seed = 0;
  const trial = (more: object, ...words: string[]): ReturnType<typeof sgs> =>
    sgs('trial', jsonFile(t, { experiment: { ...SMALL, seed: seed++, ...more } }), ...words);
  await checkEngine(t, (...words) => trial({}, ...words));
  await trial({}, '--runs', other);
  t.is(runRecords(other).length, 1);
  const missing = await trial({ data: { name: 'cifar10' } }, '--data-dir', join(other, 'nothing'));
  t.true(missing.stderr.includes(join(other, 'nothing')), missing.stderr);

  const until = await trial({ epochs: 2 }, '--until', '1', '--threads', '1');
  t.like(openRuns(folder).get(idIn(until.stdout)), { outcome: { status: 'interrupted', epoch: 1 } });
  const five = { data: SMALL.data, batchSize: 4 };
  const often = await writesOf(() => trial(five, '--checkpoint-seconds', '0', '--lease-seconds', '7.5'));
  const seldom = await writesOf(() => trial(five, '--checkpoint-seconds', '1000'));
  t.true(checkpoints(often) >= checkpoints(seldom) + 4);
  t.true(often.texts.some((text) => text.includes('lease 7500 ms')));
  t.true(seldom.texts.some((text) => text.includes('lease 60000 ms')));

  const file = jsonFile(t, { experiment: { ...SMALL, epochs: 2, seed: 99 } });
  const id = idIn((await sgs('trial', file, '--until', '1')).stdout);
  const [{ length: leases }] = [readdirSync(leasesFolder(folder)).filter((name) => name.startsWith(id))];
  const token = leases + 1;
  createLease(leaseFile(leasesFolder(folder), id, token), {
    ...{ done: 0.5, state: 'held', token, leaseMs: 60_000, owner: 'f'.repeat(16), host: 'vm' },
    ...{ pid: process.pid, place: here() },
  });
  const busy = await sgs('trial', file, '--no-wait');
  t.is(busy.code, 75, busy.stderr);
  const taken = await sgs('trial', file, '--no-wait', '--take-over', String(token));
  t.is(taken.code, 0, taken.stderr);
  t.is((openRuns(folder).get(id) as RunRecord).outcome.status, 'done');
});

let trained: { folder: string; id: string } | undefined;
/** A folder with a run that is trained once for all evaluations. */
async function trainedRun(): Promise<{ folder: string; id: string }> {
  if (trained) return trained;
  const folder = fs.mkdtempSync(join((await import('node:os')).tmpdir(), 'sgs-reach-'));
  const { stdout } = await sgsOn(folder)('train', ...SMALL_WORDS, '--threads', '1');
  return (trained = { folder, id: idIn(stdout) });
}
test.after.always(() => {
  if (trained) fs.rmSync(trained.folder, { recursive: true, force: true });
  trained = undefined; // a measurement of the tests runs them twice
});

for (const [command, kind, flags] of [
  ['eval', 'test', '--kind'],
  ['noise', 'noise', '--definition --levels --noise-seed --per-step'],
  ['energy', 'energy', ''],
] as const)
  scene(command, `${flags} --limit --data-path ${COMMON}`.trim(), async (t) => {
    const { folder, id } = await trainedRun();
    const sgs = sgsOn(folder);
    const made = async (...words: string[]): Promise<EvaluationRecord> => {
      const { stdout, stderr } = await sgs(command, id, ...words);
      t.regex(stdout, /eval-/, stderr);
      return openRuns(folder).get(/eval-[0-9a-f]{16}/.exec(stdout)![0]) as EvaluationRecord;
    };
    const { evaluation } = await made('--limit', '17');
    t.like(evaluation, { kind, limit: 17 });
    if (command === 'eval') {
      t.like((await made('--kind', 'confusion')).evaluation, { kind: 'confusion' });
      t.like((await made('--kind', 'probe', '--limit', '5')).evaluation, { kind: 'probe', limit: 5 });
    }
    if (command === 'noise') {
      t.like(evaluation, { definition: 'gaussian-pixel-sigma-clip', seed: 0, perStep: false });
      const more = [
        '--definition',
        'salt-pepper-values',
        '--levels',
        '0,0.25',
        '--noise-seed',
        '3',
        '--per-step',
      ];
      t.deepEqual((await made(...more, '--limit', '9')).evaluation as unknown, {
        ...{ kind: 'noise', definition: 'salt-pepper-values', levels: [0, 0.25] },
        ...{ seed: 3, perStep: true, limit: 9 },
      });
    }
    let limit = 1;
    await checkEngine(t, (...words) => sgs(command, id, '--limit', String(limit++), ...words));
    const nowhere = join(folder, 'nowhere');
    t.true((await sgs(command, id, '--runs', nowhere)).stderr.includes(`no record "${id}" in ${nowhere}`));
    const elsewhere = temporaryFolder(t);
    const cifar = sampleRun({ settings: { data: { name: 'cifar10' } } });
    openRuns(elsewhere).put(cifar);
    const missing = await sgs(command, cifar.id, '--runs', elsewhere, '--data-dir', nowhere);
    t.true(missing.stderr.includes(nowhere), missing.stderr);
    const own = sampleRun({ settings: { data: { name: 'mine', path: 'a.npz' } } });
    openRuns(elsewhere).put(own);
    const moved = await sgs(command, own.id, '--runs', elsewhere, '--data-path', join(nowhere, 'b.npz'));
    t.true(moved.stderr.includes(join(nowhere, 'b.npz')), moved.stderr);
  });

scene('diagnose', `--limit --probes --epsilon --initial --json --data-path ${COMMON}`, async (t) => {
  const { folder, id } = await trainedRun();
  const sgs = sgsOn(folder);
  const seen = async (...words: string[]) =>
    JSON.parse((await sgs('diagnose', id, '--json', ...words)).stdout);
  const usual = await seen('--threads', '1');
  t.like(usual, { run: id, weights: 'trained', facts: { examples: 20 } });
  t.like(usual.facts.alignment, { probes: 32, epsilon: 0.1 });
  t.like((await seen('--limit', '12', '--probes', '0')).facts, { examples: 12, alignment: undefined });
  t.like((await seen('--epsilon', '0.5', '--probes', '2')).facts.alignment, { probes: 2, epsilon: 0.5 });
  t.is((await seen('--initial', '--probes', '0')).weights, 'initial');
  await checkEngine(t, (...words) => sgs('diagnose', id, '--probes', '0', ...words));
  const nowhere = join(folder, 'nowhere');
  t.true((await sgs('diagnose', id, '--runs', nowhere)).stderr.includes(`no record "${id}" in ${nowhere}`));
  const elsewhere = temporaryFolder(t);
  const own = sampleRun({ settings: { data: { name: 'mine', path: 'a.npz' } } });
  openRuns(elsewhere).put(own);
  const of = (...words: string[]) => sgs('diagnose', own.id, '--runs', elsewhere, ...words);
  t.true((await of('--data-dir', nowhere)).stderr.includes(join(nowhere, 'a.npz')));
  t.true((await of('--data-path', join(nowhere, 'b.npz'))).stderr.includes(join(nowhere, 'b.npz')));
});

/** Words of `sbatch` for options of the cluster, and words of the tasks for options of the trials. */
const CLUSTER = [
  ...[
    '--partition',
    'low',
    '--time',
    '1:00:00',
    '--gpus',
    '1',
    '--cpus',
    '2',
    '--memory',
    '4G',
    '--account',
    'me',
  ],
  ...['--at-most', '3', '--array-size', '2', '--sbatch=--qos=low', '--sbatch=--exclusive'],
];
const TRIAL = [
  '--checkpoint-seconds',
  '7',
  '--lease-seconds',
  '8',
  '--engine',
  'event',
  '--data-dir',
  '/data',
];

function checkSubmission(t: ExecutionContext, submissions: string[][]): void {
  const [first, second] = submissions;
  for (const word of [
    ...['--partition=low', '--time=1:00:00', '--gpus=1', '--cpus-per-task=2', '--mem=4G', '--account=me'],
    ...['--array=0-1%3', '--qos=low', '--exclusive'],
  ])
    t.true(first.includes(word), `${word} in ${first.join(' ')}`);
  t.true(second.some((word) => word.startsWith('--dependency=afterany:')));
  const tasks = first.slice(first.findIndex((word) => word.endsWith('job.sh'))).join(' ');
  for (const words of [
    ...['--checkpoint-seconds 7', '--lease-seconds 8', '--engine event', '--data-dir /data', '--threads 2'],
  ])
    t.true(tasks.includes(words), `${words} in ${tasks}`);
}

const FLAGS_OF_CLUSTER =
  '--slurm --partition --time --gpus --cpus --memory --account --at-most --array-size --sbatch';
const SWEEP = { base: { ...SMALL, batchSize: 10 }, axes: { 'neuron.delta': [0, 0.1, 0.2] } };

scene(
  'sweep',
  `${FLAGS_OF_CLUSTER} --checkpoint-seconds --lease-seconds ${COMMON} --retry-failed`,
  async (t) => {
    const [folder, other] = [temporaryFolder(t), temporaryFolder(t)];
    const sgs = sgsOn(folder);
    const { submissions } = standIn(t);
    const done = await sgs('sweep', jsonFile(t, SWEEP), '--slurm', ...CLUSTER, ...TRIAL, '--runs', other);
    t.is(done.code, 0, done.stderr);
    checkSubmission(t, submissions());
    t.true(existsSync(join(other, 'sweeps', 'sweep', 'job.sh')));
    const halving = { ...SWEEP, base: { ...SWEEP.base, epochs: 2 }, search: { kind: 'halving', rungs: [1] } };
    const words = ['sweep', jsonFile(t, halving), '--slurm', '--retry-failed', '--backend', 'cpu'];
    t.is((await sgs(...words)).code, 0);
    const last = submissions().at(-1)!.join(' ');
    t.true(last.includes('--retry-failed') && last.includes('--backend cpu'), last);
    const threads = await sgs('sweep', jsonFile(t, SWEEP), '--dry-run', '--threads', '2', '--jobs', '1');
    t.regex(threads.stdout, /1 at a time × 2 threads/);
  },
);

scene('sweep', '--jobs --dry-run --status', async (t) => {
  const folder = temporaryFolder(t);
  const sgs = sgsOn(folder);
  const dry = await sgs('sweep', jsonFile(t, SWEEP), '--dry-run', '--jobs', '3');
  t.regex(dry.stdout, /3 of 3 trials to do[^]*3 at a time/);
  t.is((await sgs('sweep', jsonFile(t, SWEEP), '--status')).stdout.match(/ missing /g)?.length, 3);
  t.deepEqual(runRecords(folder), []);
});

scene('reproduce', `${FLAGS_OF_CLUSTER} --checkpoint-seconds --lease-seconds ${COMMON}`, async (t) => {
  const [folder, other] = [temporaryFolder(t), temporaryFolder(t)];
  const sgs = sgsOn(folder);
  const { submissions } = standIn(t);
  const words = ['reproduce', '--only', 'latency', '--slurm', ...CLUSTER, ...TRIAL, '--runs', other];
  const done = await sgs(...words);
  t.is(done.code, 0, done.stderr);
  checkSubmission(t, submissions());
  t.deepEqual(readdirSync(folder), []);
  t.is(
    (await sgs('reproduce', '--only', 'latency', '--slurm', '--backend', 'cpu', '--runs', folder)).code,
    0,
  );
  t.true(submissions().at(-1)!.join(' ').includes('--backend cpu'));
  const refused = await sgs('reproduce', '--only', 'latency', '--slurm', '--threads', '2', '--runs', other);
  t.regex(refused.stderr, /--threads is for .* on this machine/);
});

scene(
  'reproduce',
  '--preset --data --only --no-train --keep --dry-run --status --retry-failed --jobs',
  async (t) => {
    const folder = temporaryFolder(t);
    const sgs = sgsOn(folder);
    const rows = async (...words: string[]): Promise<string> =>
      (await sgs('reproduce', '--dry-run', '--runs', folder, '--data-dir', folder, ...words)).stdout;
    const [quick, latency, cifar] = [
      await rows(),
      await rows('--only', 'latency'),
      await rows('--only', 'latency', '--data', 'cifar10'),
    ];
    t.true(latency.split('\n').length < quick.split('\n').length);
    t.notRegex(latency, /cifar10/);
    t.regex(cifar, /cifar10/);
    t.regex(await rows('--only', 'latency', '--preset', 'desk'), /cifar10/);
    const status = await sgs('reproduce', '--only', 'latency', '--status', '--runs', folder);
    t.regex(status.stdout, / missing /);
    t.deepEqual(runRecords(folder), []);
    const placed = (more: Partial<ReproduceOptions>): boolean =>
      placesOf({ preset: 'quick', ...more }).afresh;
    t.deepEqual([placed({}), placed({ keep: true }), placed({ train: false })], [true, false, false]);
    const refused = await sgs('reproduce', '--slurm', '--jobs', '2');
    t.regex(refused.stderr, /--jobs is for .* on this machine/);
  },
);

scene('reproduce', '--jobs --threads --retry-failed', async (t) => {
  const folder = temporaryFolder(t);
  const sgs = sgsOn(folder);
  const words = ['reproduce', '--only', 'first-results', '--runs', folder];
  const started = (): boolean =>
    existsSync(leasesFolder(folder)) && readdirSync(leasesFolder(folder)).length > 0;
  const stop = setInterval(() => started() && process.emit('SIGTERM'), 100);
  const stopped = await sgs(...words, '--jobs', '1', '--threads', '2');
  clearInterval(stop);
  t.is(stopped.code, 130);
  t.regex(stopped.stdout + stopped.stderr, /1 trials?, 1 at a time × 2 threads/);
  const [record] = runRecords(folder);
  openRuns(folder).put({
    ...record,
    outcome: { ...record.outcome, status: 'failed', reason: 'out of luck (tried 2 times)' },
  });
  const { submissions } = standIn(t);
  t.regex((await sgs(...words, '--slurm')).stdout, /^1 of 1 trials have their record/m, 'given up');
  await sgs(...words, '--slurm', '--retry-failed');
  t.is(submissions().length, 1);
});

const grid = madeGrid([0, 0.1], [0, 1e-4], [0, 1, 2], (delta, beta, seed) => ({
  test: (70 + (delta > 0 ? 2 + seed / 2 : 0) + (beta > 0 ? 1 : 0) + seed) / 100,
  validation: 0.6 + delta,
}));

function gridFolder(t: ExecutionContext): string {
  const folder = temporaryFolder(t);
  for (const record of grid) openRuns(folder).put(record);
  return folder;
}

scene(
  'runs compare',
  '--by --where --baseline --columns --ignore --measure --test --interval --format --output --runs',
  async (t) => {
    const folder = gridFolder(t);
    const sgs = sgsOn(temporaryFolder(t));
    const compared = (...words: string[]): ReturnType<typeof sgs> =>
      sgs('runs', 'compare', '--runs', folder, '--by', 'neuron.delta', ...words);
    const only = ['--where', 'lipschitz.beta=0'];
    const csv = async (...words: string[]): Promise<Record<string, string>[]> => {
      const { stdout, stderr, code } = await compared('--format', 'csv', ...words);
      t.is(code, 0, stderr);
      const [head, ...rows] = stdout
        .trim()
        .split('\n')
        .map((line) => line.split(','));
      return rows.map((row) => Object.fromEntries(row.map((value, i) => [head[i], value])));
    };
    const plain = await csv(...only);
    t.deepEqual(
      plain.map((row) => row['neuron.delta']),
      ['0', '0.1'],
    );
    t.deepEqual(
      plain.map(({ seeds }) => seeds),
      ['3', '3'],
      '--where leaves out the other half',
    );
    t.is((await compared()).code, 1, 'what else differs is refused');
    const [one] = grid.filter(({ experiment: { seed } }) => seed === 0);
    const other = grid.find(
      ({ experiment: { seed, lipschitz } }) => seed === 1 && lipschitz.beta !== one.experiment.lipschitz.beta,
    )!;
    t.is((await compared(one.id, other.id)).code, 1);
    t.is((await csv('--ignore', 'lipschitz.beta', '--', one.id, other.id)).length, 1);
    t.true('lipschitz.beta' in (await csv('--columns'))[0]);
    t.notDeepEqual(await csv(...only, '--baseline', 'neuron.delta=0'), plain);
    t.notDeepEqual(await csv(...only, '--test', 'sign-flip'), plain);
    t.notDeepEqual(await csv(...only, '--interval', 'bootstrap'), plain);
    t.regex((await compared(...only, '--measure', 'validationAccuracy')).stdout, /validation accuracy/);
    t.regex((await compared(...only, '--format', 'markdown')).stdout, /^\| neuron/);
    const output = join(temporaryFolder(t), 'table.csv');
    await compared(...only, '--format', 'csv', '--output', output);
    t.is(readFileSync(output, 'utf8'), (await compared(...only, '--format', 'csv')).stdout);
  },
);

scene('runs export', '--format --output --table --where --runs', async (t) => {
  const folder = gridFolder(t);
  const sgs = sgsOn(temporaryFolder(t));
  const exported = async (...words: string[]): Promise<string> =>
    (await sgs('runs', 'export', '--runs', folder, ...words)).stdout;
  t.is((JSON.parse(await exported('--format', 'json')) as unknown[]).length, 12);
  t.is((JSON.parse(await exported('--format', 'json', '--table', 'epochs')) as unknown[]).length, 36);
  const half = await exported('--format', 'json', '--where', 'neuron.delta=0.1');
  t.is((JSON.parse(half) as unknown[]).length, 6);
  const output = join(temporaryFolder(t), 'runs.csv');
  t.is(await exported('--output', output), '');
  t.is(readFileSync(output, 'utf8'), await exported('--format', 'csv'));
});

scene('runs import', '--dry-run --replace-unfinished --runs', async (t) => {
  const [from, into] = [temporaryFolder(t), temporaryFolder(t)];
  const sgs = sgsOn(temporaryFolder(t));
  openRuns(from).put(sampleRun());
  t.regex((await sgs('runs', 'import', from, '--runs', into, '--dry-run')).stderr, /^would be: 1 added/);
  t.deepEqual(runRecords(into), []);
  openRuns(into).put(sampleRun({ status: 'interrupted', stop: { step: 3, reason: 'stopped' } }));
  t.is((await sgs('runs', 'import', from, '--runs', into)).code, 1);
  t.is(runRecords(into)[0].outcome.status, 'interrupted');
  t.is((await sgs('runs', 'import', from, '--runs', into, '--replace-unfinished')).code, 0);
  t.is(runRecords(into)[0].outcome.status, 'done');
});

scene('runs list', '--where --sort --limit --wide', async (t) => {
  const folder = temporaryFolder(t);
  openRuns(folder).put(sampleRun());
  const words = ['runs', 'list', '--where', 'epochs=12345', '--sort', 'time', '--limit', '1', '--wide'];
  const { stdout, code } = await sgsOn(folder)(...words);
  t.is(code, 0);
  t.false(stdout.includes(sampleRun().id), 'no run has so many epochs');
});

scene('runs show', '--json', async (t) => {
  const folder = temporaryFolder(t);
  openRuns(folder).put(sampleRun());
  const { stdout } = await sgsOn(folder)('runs', 'show', sampleRun().id, '--json');
  t.is((JSON.parse(stdout) as { id: string }).id, sampleRun().id);
});

for (const command of ['runs list', 'runs show', 'runs digests'])
  scene(command, '--runs', async (t) => {
    const folder = temporaryFolder(t);
    const sgs = sgsOn(temporaryFolder(t));
    const { id } = sampleRun();
    openRuns(folder).put(sampleRun());
    const words = [...command.split(' '), ...(command === 'runs show' ? [id] : []), '--runs', folder];
    const { stdout, code } = await sgs(...words);
    t.is(code, 0);
    t.true(stdout.includes(command === 'runs digests' ? `1 records are listed in ${folder}` : id), stdout);
  });

scene('data', '--data-dir --source', async (t) => {
  const file = join(temporaryFolder(t), 'file');
  writeFileSync(file, '');
  const sgs = sgsOn(temporaryFolder(t));
  const source = await sgs(
    'data',
    'cifar10',
    '--source',
    'gopher://nowhere.invalid/',
    '--data-dir',
    temporaryFolder(t),
  );
  t.is(source.code, 1);
  t.regex(source.stderr, /gopher:\/\/nowhere\.invalid\//);
  const folder = await sgs(
    'data',
    'cifar10',
    '--source',
    'http://127.0.0.1:9/',
    '--data-dir',
    join(file, 'x'),
  );
  t.is(folder.code, 1);
  t.true(folder.stderr.includes(file), folder.stderr);
});

function notebook(t: ExecutionContext, code: string): string {
  const file = join(temporaryFolder(t), 'a.ipynb');
  const cells = [{ code: "let preset = 'none';", tags: ['parameters'] }, { code }];
  writeFileSync(file, formatNotebook(createNotebook(cells)));
  return file;
}
const SLOW = 'await new Promise((done) => setTimeout(done, 60_000));';

scene('notebooks run', '--output --no-save --timeout --set --jobs', async (t) => {
  const sgs = sgsOn(temporaryFolder(t));
  const file = notebook(t, 'console.log(`<${preset}>`);');
  const before = readFileSync(file, 'utf8');
  const output = temporaryFolder(t);
  const run = await sgs('notebooks', 'run', file, '--set', 'preset=a=b', '--output', output);
  t.is(run.code, 0, run.stderr);
  t.true(readFileSync(join(output, 'a.ipynb'), 'utf8').includes('<a=b>'));
  t.is(readFileSync(file, 'utf8'), before);
  const slow = notebook(t, SLOW);
  const unsaved = readFileSync(slow, 'utf8');
  const late = await sgs('notebooks', 'run', slow, '--no-save', '--timeout', '1');
  t.is(late.code, 1);
  t.regex(late.stderr, /1 s|timeout|longer/);
  t.is(readFileSync(slow, 'utf8'), unsaved);
  const log = join(temporaryFolder(t), 'log');
  const say = (text: string): string =>
    `require('node:fs').appendFileSync(${JSON.stringify(log)}, '${text}');`;
  const one = (): string =>
    notebook(t, `${say('<')} await new Promise((done) => setTimeout(done, 1000)); ${say('>')}`);
  t.is((await sgs('notebooks', 'run', one(), one(), '--no-save', '--jobs', '1')).code, 0);
  t.is(readFileSync(log, 'utf8'), '<><>');
});

scene('notebooks check', '--update --jobs --timeout', async (t) => {
  const sgs = sgsOn(temporaryFolder(t));
  const file = notebook(t, "console.log('made');");
  t.is((await sgs('notebooks', 'check', file, '--update', '--jobs', '1')).code, 0);
  t.true(readFileSync(file, 'utf8').includes('"made\\n"'), 'renewed');
  const slow = notebook(t, SLOW);
  writeFileSync(slow, readFileSync(file, 'utf8').replace("console.log('made');", SLOW));
  t.is((await sgs('notebooks', 'check', slow, '--timeout', '1', '--jobs', '1')).code, 1);
  const nowhere = join(temporaryFolder(t), 'nowhere.ipynb');
  t.deepEqual(await sgs('notebooks', '--check', nowhere), await sgs('notebooks', 'check', nowhere));
});
covered.add('notebooks --check');

scene('weights export', '--runs', async (t) => {
  const [folder, other] = [temporaryFolder(t), temporaryFolder(t)];
  await sgsOn(folder)('train', ...SMALL_WORDS);
  const [{ id }] = runRecords(folder);
  const file = join(other, 'a.npz');
  const sgs = sgsOn(other);
  t.is((await sgs('weights', 'export', id, file)).code, 1, 'the run is not there');
  t.is((await sgs('weights', 'export', id, file, '--runs', folder)).code, 0);
  t.true(existsSync(file));
});

scene(
  'nir import',
  '--output --dt --euler --exponential --reset --comparison --data --steps --limit --engine --threads --backend --data-dir',
  async (t) => {
    const folder = temporaryFolder(t);
    const sgs = sgsOn(folder);
    const network = convNet({ classes: 10, width: 1 / 16, size: 32 });
    const settings = experiment({
      network: { architecture: 'convNet' },
      data: { name: 'shapes10' },
      steps: 2,
    });
    const file = join(folder, 'network.nir');
    writeFileSync(file, await encodeNir(toNir(network, initialWeights(network, 1), settings)));
    const neuronOf = async (...words: string[]): Promise<unknown> => {
      const output = join(folder, 'a.safetensors');
      const { code, stderr } = await sgs('nir', 'import', file, '--output', output, ...words);
      t.is(code, 0, stderr);
      return JSON.parse(readFileSync(join(folder, 'a.json'), 'utf8'));
    };
    const tau = async (...words: string[]): Promise<number> =>
      ((await neuronOf(...words)) as { neuron: { tau: number } }).neuron.tau;
    t.is(await tau('--euler'), 0.5);
    t.is(await tau('--euler', '--dt', '5e-5'), 0.75);
    t.true(Math.abs((await tau('--exponential')) - Math.exp(-0.5)) < 1e-7);
    t.like(await neuronOf('--euler', '--reset', 'subtract', '--steps', '7'), {
      steps: 7,
      neuron: { reset: 'soft' },
    });
    const words = ['nir', 'import', file, '--output', join(folder, 'b.safetensors'), '--euler'];
    t.is((await sgs(...words, '--comparison', '>=')).code, 1);
    const data = ['--data', 'shapes10', '--limit', '20'];
    const byEvent = await sgs(...words, ...data, '--engine', 'event', '--threads', '1');
    t.regex(byEvent.stdout, /on 20 test examples of shapes10/);
    t.regex(byEvent.stderr, /event.*1 thread/);
    const byTfjs = await sgs(...words, ...data, '--engine', 'tfjs', '--backend', 'cpu');
    t.regex(byTfjs.stderr, /tfjs.*cpu/);
    t.is((await sgs(...words, '--data', 'cifar10', '--data-dir', folder)).code, 1, 'no data set is there');
  },
);

scene('nir check', '--json', async (t) => {
  const sgs = sgsOn(temporaryFolder(t));
  const { code, stdout } = await sgs('nir', 'check', 'data/conformance/norse/lif_norse.nir', '--json');
  t.is(code, 0);
  t.is((JSON.parse(stdout) as { nodes: unknown[] }).nodes.length, 4);
});

scene('nir export', '--profile --vocabulary --pool --dt --runs', async (t) => {
  const [folder, other] = [temporaryFolder(t), temporaryFolder(t)];
  await sgsOn(folder)('train', ...SMALL_WORDS);
  const [{ id }] = runRecords(folder);
  const sgs = sgsOn(other);
  const write = async (...options: string[]): Promise<Buffer | undefined> => {
    const file = join(other, 'a.nir');
    rmSync(file, { force: true });
    const { code } = await sgs('nir', 'export', id, file, ...options);
    return code === 0 ? readFileSync(file) : undefined;
  };
  t.is(await write(), undefined, 'the run is not there');
  const plain = ['--vocabulary', 'plain', '--runs', folder];
  const options = [['--pool', 'sum'], ['--profile', 'ode'], ['--dt', '0.001'], []];
  const files: (Buffer | undefined)[] = [await write('--runs', folder)];
  for (const option of options) files.push(await write(...plain, ...option));
  t.is(new Set(files.map((bytes) => bytes!.toString('base64'))).size, 5);
});

scene('weights import', '--experiment --output --names', async (t) => {
  const folder = temporaryFolder(t);
  const sgs = sgsOn(folder);
  await sgs('train', ...SMALL_WORDS);
  const [{ id }] = runRecords(folder);
  const experiment = jsonFile(t, SMALL);
  const output = join(folder, 'b.safetensors');
  const words = ['weights', 'import', openRuns(folder).weightsPath(id), '--experiment', experiment];
  const imported = await sgs(...words, '--names', 'sgs', '--output', output);
  t.is(imported.code, 0, imported.stderr);
  t.deepEqual(readFileSync(output), readFileSync(openRuns(folder).weightsPath(id)));
  t.regex((await sgs(...words, '--names', 'pytorch', '--output', output)).stderr, /does not fit convNet/);
});

scene('report', '--figures --runs', async (t) => {
  const [folder, runs] = [temporaryFolder(t), temporaryFolder(t)];
  openRuns(runs).put(sampleRun());
  saveTable([{ a: 1 }], {
    folder,
    stem: 'energy-measured',
    origin: originOf([sampleRun()], { command: '', notebook: 'energy' }),
  });
  const sgs = sgsOn(temporaryFolder(t));
  const pages = ['index.html', 'RESULTS.md'].map((name) => join(folder, name));
  const { code, stdout } = await sgs('report', '--figures', folder, '--runs', runs);
  t.is(code, 0);
  t.deepEqual(stdout.trim().split('\n'), pages);
  const results = (): string => readFileSync(pages[1], 'utf8');
  t.regex(results(), /: 1 training$/m);
  await sgs('report', '--figures', folder);
  t.regex(results(), /1 of the trainings behind the outputs are not among the records here/);
});

scene('report', '--title --output', async (t) => {
  const folder = temporaryFolder(t);
  const sgs = sgsOn(folder);
  const output = join(folder, 'page.html');
  const notebook = 'notebooks/tutorials/02-looking-inside.ipynb';
  const { stdout, code } = await sgs('report', notebook, '--title', 'Mine', '--output', output);
  t.is(code, 0);
  t.is(stdout, `${output}\n`);
  t.true(readFileSync(output, 'utf8').includes('<title>Mine</title>'));
  t.regex(
    (await sgs('report', '--title', 'Mine')).stderr,
    /--title and --output are of the page of a notebook/,
  );
});

scene('doctor', `--architecture --width --classes --steps --batch-size ${COMMON}`, async (t) => {
  const [folder, data] = [temporaryFolder(t), temporaryFolder(t)];
  openRuns(folder).put(sampleRun());
  const words = [
    ...[
      '--architecture',
      'convNet',
      '--width',
      '0.25',
      '--classes',
      '7',
      '--steps',
      '3',
      '--batch-size',
      '11',
    ],
    ...['--threads', '1', '--data-dir', data, '--runs', folder],
  ];
  const sgs = sgsOn(temporaryFolder(t));
  const { stdout } = await sgs('doctor', ...words, '--engine', 'event');
  // 3 → 8 → 16 → 32 channels, kernels of 3 × 3; batch norm; 32 · 4 · 4 features to 7 classes.
  const parameters = 9 * (3 * 8 + 8 * 16 + 16 * 32) + 2 * (8 + 16 + 32) + 32 * 16 * 7 + 7;
  t.regex(stdout, new RegExp(`convNet-w0.25 +${parameters.toLocaleString('en')} parameters`));
  t.regex(stdout, /at T = 3, training with batch 11[^]*\(engine\s+event\)/);
  t.regex(stdout, new RegExp(`data sets \\(in ${data}\\)[^]*– cifar10 +not there\\n +→ sgs data cifar10\\n`));
  t.regex(stdout, new RegExp(`records +1 in ${folder}`));
  const tfjs = await sgs('doctor', '--width', '0.0625', '--batch-size', '2', '--backend', 'cpu');
  t.regex(tfjs.stdout, /\(engine\s+tfjs,\s+backend\s+cpu\)/);
});

scene('doctor', '--tune', async (t) => {
  const { stdout } = await sgsOn(temporaryFolder(t))(
    'doctor',
    '--width',
    '0.0625',
    '--batch-size',
    '2',
    '--tune',
  );
  const section = stdout.split('engine webgpu\n')[1].split('\n\n')[0].replaceAll(/\s+/g, ' ');
  t.regex(section, /resnet19 T = 2, batch 100: 186 dispatches a step, 1\.4\d GiB/);
  // Nothing to measure without a card, or on one that the processor stands for.
  const none = /– card there is no graphics card|– card package webgpu (is not installed|cannot be loaded)/;
  const software = /– card .*\(software\): for tests.* – --engine auto never takes it/;
  const measured =
    /--engine auto (takes it from [\d,]+ MACs|does not take it: engine event is faster) .*here [\d.]+ s/;
  t.true(
    [none, software, measured].some((word) => word.test(section)),
    section,
  );
});

test('every option of every command has a scene here', (t) => {
  const all = Object.entries(COMMAND_TABLE).flatMap(([command, { options }]) =>
    Object.keys(options).map((flag) => `${command} ${flag}`),
  );
  t.deepEqual([...covered].sort(), all.sort());
});
