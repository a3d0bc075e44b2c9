// Two command lines at the same time. Needs dist (npm run build).
import test from 'ava';
import { builtSgsOn, SMALL_WORDS } from '../helpers/built-sgs.js';
import { temporaryFolder } from '../helpers/folder.js';

test('two sgs train of one run: the second says who works on it, waits, and does not train again', async (t) => {
  const sgs = builtSgsOn(temporaryFolder(t));
  const words = ['train', ...SMALL_WORDS, '--epochs', '3', '--seed', '77'];
  const both = await Promise.all([sgs(...words), sgs(...words)]);
  t.deepEqual(
    both.map(({ code }) => code),
    [0, 0],
  );
  const epochs = both.map(({ stderr }) => stderr.match(/^epoch \d/gm)?.length ?? 0);
  t.deepEqual([...epochs].sort(), [0, 3], both.map(({ stderr }) => stderr).join('\n'));
  const waiting = both[epochs.indexOf(0)];
  t.regex(
    waiting.stderr,
    /\S+, process \d+ \(token 1\) works on this run: waiting for it, so that nothing is done twice/,
  );
  t.is(waiting.stdout, both[epochs.indexOf(3)].stdout);
});
