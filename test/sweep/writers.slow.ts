// Many processes on one folder of records: killed, stopped, short of disk, with clocks that jump. Needs dist (npm run
// build) for the threads that beat; Linux, and root for the small disk.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import test, { type ExecutionContext } from 'ava';
import { stream } from '../../src/random.js';
import { openRuns, type Runs } from '../../src/records/folder.js';
import { compile } from '../helpers/compile.js';
import { temporaryFolder } from '../helpers/folder.js';
import { testWithDisk } from '../helpers/needs.js';
import { numerics, sampleRun, sampleWeights } from '../helpers/records.js';
import { weightsDigest } from '../../src/records/safetensors.js';

/** Makes the time of day jump by years at every look, for the process that loads it. */
const JUMPING = `data:text/javascript,let n=0;Date.now=()=>1e12*(1+(n++&3));`;

interface Writer {
  child: ChildProcess;
  /** Everything it said, by line. */
  said(): string[];
  ended: Promise<[code: number | null, signal: NodeJS.Signals | null]>;
}

interface Job {
  folder: string;
  first?: number;
  count: number;
  stepMs?: number;
  leaseMs?: number;
  waiting?: 'wait' | 'skip';
  clockJumps?: boolean;
}

function start(script: string, job: Job): Writer {
  const { folder, first = 0, count, stepMs = 5, leaseMs = 60_000, waiting = 'skip', clockJumps } = job;
  const words = [folder, first, count, stepMs, leaseMs, waiting].map(String);
  const child = spawn(process.execPath, [...(clockJumps ? ['--import', JUMPING] : []), script, ...words], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'], // the channel ends it when this process is killed
  });
  let text = '';
  for (const pipe of [child.stdout, child.stderr])
    pipe?.on('data', (more: Buffer) => (text += more.toString()));
  const ended = once(child, 'close') as Writer['ended'];
  return { child, ended, said: () => text.split('\n').filter(Boolean) };
}

/** Waits until a writer has said a line that begins so. */
async function says(writer: Writer, beginning: string): Promise<string> {
  for (;;) {
    const line = writer.said().find((each) => each.startsWith(beginning));
    if (line) return line;
    if (writer.child.exitCode !== null || writer.child.signalCode !== null) {
      await writer.ended;
      throw new Error(`ended without saying ${beginning}: ${writer.said().join('\n')}`);
    }
    await wait(5);
  }
}

/** Stops a process where it stands; returns when it does, or has ended. */
async function freeze({ child }: Writer): Promise<void> {
  child.kill('SIGSTOP');
  const stands = (): boolean => {
    try {
      return /^\d+ \(.*\) [TZ]/.test(readFileSync(`/proc/${child.pid}/stat`, 'latin1'));
    } catch {
      return true; // there is no such process any more
    }
  };
  while (!stands()) await wait(5);
}

/**
 * Starts a writer on one run in a folder of its own and stops it some milliseconds after it has begun. On a loaded
 * machine it may have written its record by then: then another is started.
 */
async function frozenAmid(
  t: ExecutionContext,
  script: string,
  job: Omit<Job, 'folder'>,
  milliseconds = (): number => 0,
): Promise<{ owner: Writer; folder: string }> {
  const { id } = sampleRun({ settings: { seed: job.first ?? 0 } });
  for (;;) {
    const folder = temporaryFolder(t);
    const owner = start(script, { folder, ...job });
    await says(owner, 'claimed');
    await wait(milliseconds());
    await freeze(owner);
    if (!openRuns(folder).has(id)) return { owner, folder };
    owner.child.kill('SIGKILL');
    await owner.ended;
  }
}

/** Everything in a folder can be read, and records have the weights that they should. */
function inspect(t: ExecutionContext, runs: Runs): number {
  const { records, corrupt } = runs.list();
  t.deepEqual(corrupt, []);
  for (const record of records) {
    if (record.kind !== 'run') continue;
    t.is(record.outcome.status, 'done');
    t.is(weightsDigest(runs.readWeights(record.id)), record.weightsDigest!);
  }
  return records.length;
}

test.serial(
  '8 processes of two sweeps that share trials, killed at random 200 times: no lost, corrupt or second record',
  async (t) => {
    const script = compile(t, 'test/helpers/trial-writer.ts');
    const folder = temporaryFolder(t);
    const runs = openRuns(folder);
    const random = stream(1, 'probe', 'kill');
    const KILLS = 200;
    const lines: string[] = [];
    let kills = 0;
    // Sweep A begins with seed 0, sweep B with seed 20, and neither ends while there are kills: nearly all is in both.
    const lane = async (lane: number): Promise<void> => {
      while (kills < KILLS) {
        const writer = start(script, {
          folder,
          first: lane % 2 === 0 ? 0 : 20,
          count: 100_000,
          stepMs: 20,
          clockJumps: lane % 4 > 1,
        });
        await says(writer, 'claimed');
        await wait(random.uniform() * 400);
        writer.child.kill('SIGKILL');
        t.deepEqual(await writer.ended, [null, 'SIGKILL'], writer.said().join('\n'));
        kills++;
        lines.push(...writer.said());
        inspect(t, runs);
      }
    };
    await Promise.all(Array.from({ length: 8 }, (_, i) => lane(i)));
    const atKills = runs.list().records.length;
    const begun = lines.map((line) => Number(/^claimed (\d+) /.exec(line)?.[1] ?? 0));
    const trials = Math.max(...begun) + 1;
    const last = [0, 20].map((first) => start(script, { folder, first, count: trials - first, stepMs: 0 }));
    for (const writer of last) t.deepEqual(await writer.ended, [0, null], writer.said().join('\n'));
    lines.push(...last.flatMap((writer) => writer.said()));
    t.is(inspect(t, runs), trials);
    const wrote = lines.filter((line) => line.startsWith('wrote '));
    t.is(new Set(wrote).size, wrote.length, 'no record was written twice');
    t.deepEqual(
      lines.filter((line) => /refused|Error/.test(line)),
      [],
      'nobody was hindered by a dead owner',
    );
    const claims = lines.filter((line) => line.startsWith('claimed '));
    const resumed = claims.filter((line) => !line.endsWith(' from 0')).length;
    const takeovers = claims.filter((line) => !line.includes(' token 1 ')).length;
    // Who is killed between record and tidying leaves a checkpoint that nobody needs; the next sweep removes it.
    const left = readdirSync(join(folder, 'checkpoints')).filter((name) => name.endsWith('.safetensors'));
    t.true(left.length < kills / 4, `${left.length} checkpoints left`);
    t.true(kills >= KILLS && resumed > 0 && takeovers > 0);
    t.log(
      `${kills} kills; ${atKills} of ${trials} records after the last, ${trials} when two more writers had finished; none corrupt or written twice; ` +
        `${claims.length} leases, ${takeovers} taken over, ${resumed} continued from a checkpoint, ${left.length} left beside a record`,
    );
  },
);

test.serial(
  'an owner stopped beyond its lease and continued: its late write is refused, one record stands',
  async (t) => {
    const script = compile(t, 'test/helpers/trial-writer.ts');
    const random = stream(2, 'probe', 'stop');
    const ROUNDS = 10;
    for (let round = 0; round < ROUNDS; round++) {
      const job = { first: round, count: 1, stepMs: 60, leaseMs: 600 };
      const { owner, folder } = await frozenAmid(t, script, job, () => random.uniform() * 200); // of 360
      const next = start(script, { folder, ...job, waiting: 'wait' });
      t.regex(await says(next, 'claimed'), /token 2 /);
      if (round % 2 === 1) await next.ended; // continued while the new owner works, or when it is done
      owner.child.kill('SIGCONT');
      t.deepEqual(await owner.ended, [75, null], owner.said().join('\n'));
      t.regex(
        owner.said().at(-1)!,
        /^refused \d+ run-\w+: the lease of this process \(token 1\) was taken over because its heartbeat stood still for 0\.6 s; this write is refused, the new owner's result stands$/,
      );
      t.deepEqual(await next.ended, [0, null], next.said().join('\n'));
      t.is(next.said().filter((line) => line.startsWith('wrote')).length, 1);
      t.is(inspect(t, openRuns(folder)), 1);
      t.false(openRuns(folder).hasCheckpoint(sampleRun({ settings: { seed: round } }).id));
    }
    t.log(`${ROUNDS} owners stopped beyond their lease, ${ROUNDS} late writes refused, ${ROUNDS} records`);
  },
);

test.serial('an owner stopped for less than its lease keeps it', async (t) => {
  const script = compile(t, 'test/helpers/trial-writer.ts');
  const job = { count: 1, stepMs: 60, leaseMs: 60_000 };
  const { owner, folder } = await frozenAmid(t, script, job);
  const next = start(script, { folder, ...job, waiting: 'wait' });
  await says(next, 'ready');
  await wait(1500);
  owner.child.kill('SIGCONT');
  t.deepEqual(await owner.ended, [0, null], owner.said().join('\n'));
  t.deepEqual(await next.ended, [0, null]);
  t.deepEqual(
    next.said().filter((line) => !['ready', 'finished'].includes(line)),
    [],
    'it found the record and did nothing',
  );
  t.is(inspect(t, openRuns(folder)), 1);
});

/** A disk of half a mebibyte. */
function smallDisk(t: ExecutionContext): string {
  const disk = join(temporaryFolder(t), 'disk');
  mkdirSync(disk);
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=512k', 'none', disk], { stdio: 'ignore' });
  t.teardown(() => execFileSync('umount', [disk]));
  return disk;
}

testWithDisk(
  'a disk that fills up in the middle: a clear error, nothing lost or corrupt, and it goes on with space',
  async (t) => {
    const disk = smallDisk(t);
    const script = compile(t, 'test/helpers/trial-writer.ts');
    const folder = join(disk, 'runs');
    const ballast = join(disk, 'ballast');
    writeFileSync(ballast, new Uint8Array(300 * 1024));
    const writers = [0, 1, 2].map(() => start(script, { folder, count: 40, stepMs: 0 }));
    const ends = await Promise.all(writers.map(({ ended }) => ended));
    const refusals = writers.flatMap((writer) => writer.said().filter((line) => line.startsWith('refused')));
    t.deepEqual(
      ends,
      [
        [1, null],
        [1, null],
        [1, null],
      ],
      writers.map((writer) => writer.said().join('\n')).join('\n'),
    );
    t.is(refusals.length, 3);
    for (const line of refusals)
      t.regex(line, /cannot write it \(ENOSPC\): the disk is full; free some space$/);
    const kept = inspect(t, openRuns(folder));
    t.true(kept > 0 && kept < 40, `${kept} records`);
    const { id } = sampleRun({ settings: { seed: 0 } });
    t.notThrows(() => openRuns(folder).hasCheckpoint(id) && openRuns(folder).readCheckpoint(id, numerics));
    rmSync(ballast);
    const again = start(script, { folder, count: 40, stepMs: 0 });
    t.deepEqual(await again.ended, [0, null], again.said().join('\n'));
    t.is(inspect(t, openRuns(folder)), 40);
    t.log(
      `3 writers met the full disk after ${kept} of 40 records; all are sound, and 40 of 40 with space again`,
    );
  },
);

testWithDisk(
  'a read-only folder: refused by name before anything is computed, reading goes on',
  async (t) => {
    const disk = smallDisk(t);
    const script = compile(t, 'test/helpers/trial-writer.ts');
    openRuns(disk).writeWeights(sampleRun({ settings: { seed: 0 } }).id, sampleWeights());
    openRuns(disk).put(sampleRun({ settings: { seed: 0 } }));
    execFileSync('mount', ['-o', 'remount,ro', disk]);
    const writer = start(script, { folder: disk, count: 2 });
    t.deepEqual(await writer.ended, [1, null]);
    t.deepEqual(writer.said().length, 2, writer.said().join('\n'));
    t.regex(
      writer.said()[1],
      /^refused 1 .*leases.*: cannot write it \(EROFS\): the disk is read-only; name another folder$/,
    );
    t.is(inspect(t, openRuns(disk)), 1);
  },
);
