// `sgs diagnose` on a run that was just trained.
import test from 'ava';
import { openRuns } from '../../src/records/folder.js';
import { temporaryFolder } from '../helpers/folder.js';
import { sgsOn } from '../helpers/sgs.js';

const SMALL = [
  ...['--data', 'shapes10', '--width', '0.0625', '--train-limit', '40', '--test-limit', '20'],
  ...['--batch-size', '20', '--epochs', '1', '--threads', '1', '--set', 'neuron.theta=1000'],
];

test.serial(
  'a dead network is named as one; JSON holds every layer; a run that is not there is refused',
  async (t) => {
    const folder = temporaryFolder(t);
    const sgs = sgsOn(folder);
    await sgs('train', ...SMALL);
    const [id] = openRuns(folder)
      .list()
      .records.map((record) => record.id);
    const told = await sgs('diagnose', id, '--threads', '1', '--probes', '1', '--limit', '30');
    t.is(told.code, 0, told.stderr);
    t.regex(told.stdout, new RegExp(`^${id}: convNet-w0.0625; 30 examples, T = 2\n`));
    t.regex(told.stdout, /FAULT dead neurons: 100 % of conv1\.lif fires for none of 30 examples at any\n/);
    for (const line of told.stdout.split('\n')) t.true(line.length <= 80, line);
    const json = await sgs('diagnose', id, '--threads', '1', '--probes', '0', '--initial', '--json');
    const { run, weights, facts, findings } = JSON.parse(json.stdout);
    t.deepEqual([run, weights, facts.examples, facts.layers.length], [id, 'initial', 40, 3]);
    t.true(findings.some(({ check }: { check: string }) => check === 'dead'));
    t.false(findings.some(({ check }: { check: string }) => check === 'alignment'));
    const missing = await sgs('diagnose', 'run-ff');
    t.is(missing.code, 1);
    t.regex(missing.stderr, /no record "run-ff"/);
  },
);
