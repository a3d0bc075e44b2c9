// Digests of a page against Node's.
import { execFileSync } from 'node:child_process';
import test from 'ava';
import { compared, nodeCommand } from '../../src/page/comparison.js';

const run = { id: 'run-0123456789abcdef', digest: 'ab'.repeat(32) };

test('only what has the same id is compared', (t) => {
  t.is(compared(run, {}), 'unknown');
  t.is(compared(run, { 'run-0000000000000000': run.digest }), 'unknown');
  t.is(compared(run, { [run.id]: run.digest }), 'equal');
  t.is(compared(run, { [run.id]: 'cd'.repeat(32) }), 'different');
  t.is(compared({ ...run, id: 'constructor' }, {}), 'unknown');
});

test('the command for Node gives a shell the settings to the letter, quotes among them', (t) => {
  const settings = { name: 'it\'s $HOME `and` "more" \\', data: { name: 'shapes10' } };
  const [echo, ...rest] = nodeCommand(settings, run.id).split('\n');
  const written = execFileSync(
    'bash',
    ['-c', echo.replace('echo', "printf '%s'").replace(' > page.json', '')],
    {
      encoding: 'utf8',
    },
  );
  t.deepEqual(JSON.parse(written), settings);
  t.deepEqual(rest, ['npx --no sgs train page.json', `npx --no sgs runs show ${run.id} --json`]);
});
