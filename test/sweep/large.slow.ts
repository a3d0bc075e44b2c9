// A sweep of a hundred thousand trials, the most there may be, looked at without training anything. Needs dist.
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import test from 'ava';
import { MOST_TRIALS } from '../../src/sweep/axis.js';
import { temporaryFolder } from '../helpers/folder.js';

const base = {
  data: { name: 'shapes10', trainLimit: 200, testLimit: 100 },
  network: { architecture: 'convNet', width: 0.125 },
  epochs: 1,
  batchSize: 20,
};
/**
 * Seen: 243 to 308 MiB, of which 19 MiB are live at the end: the rest is what V8 has not collected yet. Schemas that were made anew for
 * every experiment took 650 MiB.
 */
const MOST_MIB = 350;

/** Says at its end how much memory the process had at most, in KiB. */
const WITNESS = `process.on('exit', () => process.stderr.write('\\nKiB ' + process.resourceUsage().maxRSS + '\\n'));`;

for (const [title, axes] of Object.entries({
  'two ranges': {
    'neuron.delta': { from: 1e-6, to: 1, count: 1000, scale: 'log' },
    'lipschitz.beta': { from: 1e-6, to: 1, count: 100, scale: 'log' },
  },
  'listed values': { 'neuron.delta': Array.from({ length: MOST_TRIALS }, (_, i) => i / MOST_TRIALS) },
}))
  test.serial(`a dry run of 100,000 trials of ${title} takes less than ${MOST_MIB} MiB`, async (t) => {
    const folder = temporaryFolder(t);
    const file = join(folder, 'sweep.json');
    writeFileSync(file, JSON.stringify({ base, axes }));
    const witness = `data:text/javascript,${encodeURIComponent(WITNESS)}`;
    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      ['--import', witness, 'scripts/sgs.mjs', 'sweep', file, '--dry-run', '--runs', join(folder, 'runs')],
      { maxBuffer: 2 ** 26 },
    );
    t.regex(stdout, /100000 of 100000 trials to do/);
    t.regex(stdout, /… and 90000 more/);
    const kibibytes = Number(/KiB (\d+)/.exec(stderr)![1]);
    t.log(`${(kibibytes / 1024).toFixed(0)} MiB`);
    t.true(kibibytes < MOST_MIB * 1024, `${kibibytes} KiB`);
  });
