import { spawnSync } from 'node:child_process';
import test from 'ava';
import { leaseText } from '../../src/commands/sweep-status.js';
import { LeaseWatcher } from '../../src/records/lease/lease.js';
import { createLease, leaseFile, leasesFolder, type LeaseContent } from '../../src/records/lease/file.js';
import { here } from '../../src/files/owner.js';
import { temporaryFolder } from '../helpers/folder.js';

const id = `run-${'0'.repeat(16)}`;
const content: LeaseContent = {
  done: 0.37,
  state: 'held',
  token: 1,
  leaseMs: 60_000,
  owner: 'f'.repeat(16),
  host: 'vm',
  pid: process.pid,
  place: here(),
};

test('an owner at work is told from one that was killed', (t) => {
  const text = (pid: number): string | undefined => {
    const runs = temporaryFolder(t);
    createLease(leaseFile(leasesFolder(runs), id, 1), { ...content, pid });
    return leaseText(new LeaseWatcher(runs).look(id));
  };
  t.is(text(process.pid), '37 % on vm');
  const { pid: gone } = spawnSync(process.execPath, ['--version']);
  if (here() === '-') t.is(text(gone), '37 % on vm', 'this system does not tell');
  else t.is(text(gone), 'stopped at 37 %, its owner is gone');
});

test('a lease whose file is not whole says nothing', (t) => {
  t.is(leaseText({ state: 'held', token: 1 }), undefined);
});
