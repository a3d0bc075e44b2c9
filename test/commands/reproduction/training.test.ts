import test from 'ava';
import { byData } from '../../../src/commands/reproduction/training.js';
import { presetTrials } from '../../../src/studies/trials.js';

test('trainings whose data is not here are left out, with a line that says how to get it', (t) => {
  const trials = presetTrials('desk');
  const { found, lacking } = byData(trials, '/nowhere');
  t.deepEqual([...new Set(found.map(({ experiment }) => experiment.data.name))], ['shapes10-dvs']);
  t.is(lacking.length, 3);
  t.regex(
    lacking[0].line,
    /^cifar10 is not in \/nowhere: \d+ trainings are left out; `sgs data cifar10` downloads it$/,
  );
  t.regex(lacking[2].line, /^cifar10-dvs is not in \/nowhere: 1 training is left out/);
});
