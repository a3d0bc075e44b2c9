// Needs dist (npm run build) for the beating thread.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import test, { type ExecutionContext } from 'ava';
import { LeaseError, SettingsError } from '../../../src/errors.js';
import { claimLease, leasedRuns, LeaseWatcher } from '../../../src/records/lease/lease.js';
import {
  createLease,
  leaseFile,
  leasesFolder,
  parseLease,
  readLease,
  removeLeases,
  writeBeat,
  writeState,
} from '../../../src/records/lease/file.js';
import { here, isGone } from '../../../src/files/owner.js';
import { openRuns } from '../../../src/records/folder.js';
import { temporaryFolder } from '../../helpers/folder.js';
import { sampleCheckpoint, sampleRun, sampleWeights } from '../../helpers/records.js';

const { id } = sampleRun();
const HOUR = 3_600_000;

/** A lease of a process on another machine, which only its heartbeat can tell alive. */
const foreign = (runs: string, token = 1, leaseMs = 60_000): string => {
  const file = leaseFile(leasesFolder(runs), id, token);
  const owner = {
    done: 0,
    state: 'held' as const,
    owner: 'f'.repeat(16),
    host: 'elsewhere',
    pid: 1,
    place: '-',
  };
  createLease(file, { ...owner, token, leaseMs });
  return file;
};

/** Clocks that only the test moves. */
const clock = (): { ms: number; now: () => number } => {
  const state = { ms: 0, now: (): number => state.ms };
  return state;
};

const claim = (t: ExecutionContext, runs: string, options: Parameters<typeof claimLease>[2] = {}) =>
  claimLease(runs, id, { leaseMs: HOUR, ...options }).then((lease) => {
    t.teardown(() => lease.release());
    return lease;
  });

test('one process holds a lease, another is refused and told who holds it', async (t) => {
  const runs = temporaryFolder(t);
  const lease = await claim(t, runs);
  t.is(lease.token, 1);
  t.notThrows(() => lease.check());
  const error = await t.throwsAsync(claim(t, runs), { instanceOf: LeaseError });
  t.regex(error.message, new RegExp(`^${id} is worked on by \\S+, process ${process.pid} \\(token 1\\)$`));
  t.is((error as LeaseError).kind, 'busy');
});

test('of claims made at once one succeeds', async (t) => {
  const runs = temporaryFolder(t);
  const claims = await Promise.allSettled(Array.from({ length: 8 }, () => claim(t, runs)));
  t.is(claims.filter(({ status }) => status === 'fulfilled').length, 1);
});

test('a lease given back is free at once, with a higher token; one whose run is done leaves no file', async (t) => {
  const runs = temporaryFolder(t);
  const first = await claim(t, runs);
  await first.release();
  t.throws(() => first.check(), { instanceOf: LeaseError });
  const second = await claim(t, runs);
  t.is(second.token, 2);
  await second.release(true);
  t.deepEqual(readdirSync(leasesFolder(runs)), []);
  t.throws(() => second.check(), { instanceOf: LeaseError });
});

test('an owner on another machine is judged by its heartbeat standing still for the lease time', (t) => {
  const runs = temporaryFolder(t);
  const file = foreign(runs);
  const time = clock();
  const watcher = new LeaseWatcher(runs, time.now);
  const states: string[] = [];
  for (let beat = 0; time.ms <= 180_000; time.ms += 10_000) {
    if (time.ms <= 90_000) writeBeat(file, ++beat, 0.5);
    states.push(watcher.look(id).state);
  }
  t.deepEqual(states, [...Array<string>(15).fill('held'), ...Array<string>(4).fill('stale')]);
  writeBeat(file, 1000, 0.5);
  t.is(watcher.look(id).state, 'held', 'it was only slow');
});

test('an observer that slept does not take the life of an owner for its own sleep', (t) => {
  const runs = temporaryFolder(t);
  foreign(runs);
  const time = clock();
  const watcher = new LeaseWatcher(runs, time.now);
  watcher.look(id);
  for (let look = 1; look <= 3; look++) {
    time.ms += 10 * HOUR;
    t.is(watcher.look(id).state, 'held');
  }
  time.ms += 10 * HOUR;
  t.is(watcher.look(id).state, 'stale');
});

test('no time of day is read: claims and watches are the same when it jumps by years', async (t) => {
  const runs = temporaryFolder(t);
  const { now } = Date;
  t.teardown(() => (Date.now = now));
  Date.now = () => {
    throw new Error('a time of day was asked for');
  };
  const lease = await claim(t, runs);
  lease.check();
  t.is(new LeaseWatcher(runs).look(id).state, 'held');
  await lease.release();
});

test('a stale owner is taken over with a higher token, and whatever it writes is refused', async (t) => {
  const runs = temporaryFolder(t);
  const stale = await claim(t, runs);
  const late = leasedRuns(runs, stale);
  late.writeCheckpoint(sampleCheckpoint());
  late.put(sampleRun({ status: 'interrupted' }));
  const next = await claim(t, runs, { takeOver: 1 });
  t.is(next.token, 2);
  const refused = {
    instanceOf: LeaseError,
    message: /taken over because its heartbeat stood still for 3600 s; this write is refused/,
  };
  t.throws(() => late.writeCheckpoint(sampleCheckpoint(1)), refused);
  t.throws(() => late.writeWeights(id, sampleWeights()), refused);
  t.throws(() => late.put(sampleRun()), refused);
  t.throws(() => late.removeCheckpoint(id), refused);
  t.true(stale.lost.aborted);
  const plain = openRuns(runs);
  t.is(plain.get(id).kind === 'run' && plain.list().records.length, 1);
  t.false(plain.hasWeights(id));
  t.true(plain.hasCheckpoint(id));
  leasedRuns(runs, next).put(sampleRun());
  await next.release(true);
  t.throws(() => late.put(sampleRun()), refused, 'also when the new owner is done');
  t.deepEqual(
    readdirSync(runs).filter((name) => name.endsWith('.tmp')),
    [],
    'a refused write leaves nothing',
  );
});

test('the fencing token alone refuses a late write: a higher one is there, and the own file was never told', async (t) => {
  const runs = temporaryFolder(t);
  const late = await claim(t, runs);
  const records = leasedRuns(runs, late);
  records.writeCheckpoint(sampleCheckpoint());
  foreign(runs, 2); // its owner died before it wrote `superseded` into the file of token 1
  t.like(parseLease(readLease(leaseFile(leasesFolder(runs), id, 1))!), { state: 'held', token: 1 });
  const refused = { instanceOf: LeaseError, message: /this write is refused/ };
  t.throws(() => late.check(), refused);
  for (const write of [
    () => records.put(sampleRun()),
    () => records.put(sampleRun({ status: 'interrupted' })),
    () => records.writeWeights(id, sampleWeights()),
    () => records.writeCheckpoint(sampleCheckpoint(1)),
    () => records.removeCheckpoint(id),
  ])
    t.throws(write, refused);
  const plain = openRuns(runs);
  t.deepEqual([plain.list().records.length, plain.hasWeights(id), plain.hasCheckpoint(id)], [0, false, true]);
});

test('a heartbeat and the end of a lease cannot undo each other', async (t) => {
  const runs = temporaryFolder(t);
  const file = foreign(runs);
  await claim(t, runs, { takeOver: 1 });
  writeBeat(file, 7, 0.25); // one that was under way when the lease was taken over
  t.like(parseLease(readLease(file)!), { state: 'superseded', token: 1, done: 0.25 });
  rmSync(file);
  t.throws(() => writeBeat(file, 8, 0.5), { code: 'ENOENT' });
  t.false(readdirSync(leasesFolder(runs)).includes(`${id}.1`), 'a beat does not make a file');
});

test('a waiting claim gets the lease of a silent owner after the lease time, and beats itself', async (t) => {
  const runs = temporaryFolder(t);
  foreign(runs, 3, 400);
  const said: string[] = [];
  const lease = await claim(t, runs, { leaseMs: 120, wait: true, onWait: (owner) => said.push(owner) });
  t.is(lease.token, 4);
  t.deepEqual(said, ['elsewhere, process 1 (token 3)']);
  lease.progress(0.5);
  const file = leaseFile(leasesFolder(runs), id, 4);
  for (
    const before = readLease(file);
    readLease(file) === before || !readLease(file)!.includes('done 0.5000');
  )
    await wait(10);
  lease.check();
});

test('a lease file cut short by the death of its creator is waited for, then taken over', (t) => {
  const runs = temporaryFolder(t);
  writeFileSync(foreign(runs), 'beats 00');
  const time = clock();
  const watcher = new LeaseWatcher(runs, time.now);
  t.is(watcher.look(id).state, 'held');
  for (let i = 0; i < 4; i++) [time.ms] = [time.ms + 15_000, watcher.look(id)];
  t.is(watcher.look(id).state, 'stale');
});

test('an owner that was a process of this machine and is no more is not waited for', async (t) => {
  if (here() === '-') return t.pass('this system does not name its process ids');
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  t.true(isGone({ place: here(), pid: child.pid! }));
  t.false(isGone({ place: here(), pid: process.pid }));
  t.false(isGone({ place: '-', pid: child.pid! }));
  t.false(isGone({ place: '0'.repeat(16), pid: child.pid! }), 'another machine, or an earlier boot');
});

test('what cannot be a lease is refused', async (t) => {
  const runs = temporaryFolder(t);
  await t.throwsAsync(claimLease(runs, '../x'), { instanceOf: SettingsError, message: /not a record id/ });
  await t.throwsAsync(claimLease(runs, id, { leaseMs: 1 }), {
    instanceOf: SettingsError,
    message: /at least 100/,
  });
  writeFileSync(join(runs, 'leases'), '');
  await t.throwsAsync(claimLease(runs, id), { message: /leases: cannot list it \(ENOTDIR\)/ });
  t.is(readFileSync(join(runs, 'leases'), 'utf8'), '');
});

test('the end of a run removes its leases, and not what another claim is writing', (t) => {
  const runs = temporaryFolder(t);
  const writing = `${foreign(runs)}.${'0'.repeat(16)}.tmp`;
  writeFileSync(writing, '');
  removeLeases(leasesFolder(runs), id);
  t.deepEqual(readdirSync(leasesFolder(runs)), [basename(writing)]);
});

test('a lease file that cannot be removed is left, and the others go', (t) => {
  const folder = leasesFolder(temporaryFolder(t));
  const other = `run-${'f'.repeat(16)}`;
  mkdirSync(join(folder, `${id}.1`), { recursive: true }); // the system refuses to remove it as a file
  for (const name of [`${id}.2`, `${id}.3`, `${other}.1`]) writeFileSync(join(folder, name), '');
  t.notThrows(() => removeLeases(folder, id));
  t.deepEqual(readdirSync(folder).sort(), [`${id}.1`, `${other}.1`].sort());
});

test('who waits for a lease whose file is not whole yet waits on, and a signal ends it', async (t) => {
  const runs = temporaryFolder(t);
  writeFileSync(foreign(runs), 'beats 00');
  const stop = new AbortController();
  const said: string[] = [];
  const waiting = claim(t, runs, { wait: true, signal: stop.signal, onWait: (owner) => said.push(owner) });
  await wait(20);
  stop.abort();
  await t.throwsAsync(waiting, { name: 'AbortError' });
  t.deepEqual(said, ['a process that has just begun (token 1)']);
});

test('the owner is named by its host in plain letters; a lease that is lost says so by its kind', async (t) => {
  const runs = temporaryFolder(t);
  const { hostname } = os;
  t.teardown(() => (os.hostname = hostname));
  os.hostname = () => 'nöde 7';
  const lease = await claim(t, runs);
  os.hostname = hostname;
  t.is(parseLease(readLease(leaseFile(leasesFolder(runs), id, 1))!)!.host, 'n?de?7');
  await claim(t, runs, { takeOver: 1 });
  const error = t.throws(() => lease.check(), { instanceOf: LeaseError });
  t.is((error as LeaseError).kind, 'lost');
});

test('leases of many runs at once: those that are free or were given back are left out', async (t) => {
  const runs = temporaryFolder(t);
  foreign(runs, 2);
  const other = `run-${'e'.repeat(16)}`;
  const watcher = new LeaseWatcher(runs);
  t.deepEqual(
    [...watcher.lookAll([id, other])].map(([run, { state, token }]) => [run, state, token]),
    [[id, 'held', 2]],
  );
  const lease = await claim(t, runs, { takeOver: 2 });
  await lease.release();
  t.is(watcher.lookAll([id, other]).size, 0);
  t.like(watcher.look(id), { state: 'free', token: 3 });
});

test('a beat ends and says so once the lease is another’s', async (t) => {
  const runs = temporaryFolder(t);
  const lease = await claim(t, runs, { leaseMs: 120 });
  const file = leaseFile(leasesFolder(runs), id, 1);
  writeState(file, 'superseded');
  if (!lease.lost.aborted) await once(lease.lost, 'abort');
  const before = readLease(file);
  await wait(100);
  t.is(readLease(file), before, 'five beats later');
});

test('a lease file that cannot be read, or a folder that cannot be listed, is named', (t) => {
  const runs = temporaryFolder(t);
  const file = leaseFile(leasesFolder(runs), id, 1);
  mkdirSync(file, { recursive: true });
  t.throws(() => readLease(file), { message: /cannot read it \(EISDIR\): a folder, expected a file/ });
});
