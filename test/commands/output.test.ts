// Needs dist (npm run build). Every command on a full disk: output.slow.ts.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync } from 'node:fs';
import test from 'ava';
import { checkFullDisk } from '../helpers/full-disk.js';
import { temporaryFolder } from '../helpers/folder.js';

test('a command whose reader has gone, as in `sgs runs list | head`, ends with code 141 and says nothing', async (t) => {
  const folder = temporaryFolder(t);
  const child = spawn(process.execPath, ['scripts/sgs.mjs', 'runs', 'list', '--runs', folder], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.destroy();
  let said = '';
  child.stderr.on('data', (part) => (said += part));
  const [code] = await once(child, 'close');
  t.is(code, 141, said);
  t.is(said, '');
});

test('an output on a full disk is one line and exit code 1: said at once and said in the end', (t) => {
  checkFullDisk(t, ['help']);
  checkFullDisk(t, ['runs', 'list', '--runs', 'data/runs']);
});

test('what cannot be said on a full disk either is told by the exit code', (t) => {
  if (!existsSync('/dev/full')) return t.pass();
  const full = openSync('/dev/full', 'w');
  t.teardown(() => closeSync(full));
  const { status } = spawnSync(process.execPath, ['scripts/sgs.mjs', 'runs', 'list', '--runs', 'data/runs'], {
    stdio: ['ignore', full, full],
  });
  t.is(status, 1);
});
