import test from 'ava';
import { SettingsError } from '../../../src/errors.js';
import { openRuns } from '../../../src/records/folder.js';
import { studyContext } from '../../../src/studies/context.js';
import { Setup, setupOf } from '../../../src/studies/first-results/setup.js';
import { temporaryFolder } from '../../helpers/folder.js';

test('of a training that is done its record and evaluations are read, with or without its images', async (t) => {
  const { experiment, dataset, runs } = await setupOf(studyContext('first-results'));
  const without = new Setup(experiment, undefined, 'no images: put them there', runs);
  t.deepEqual(without.items[0], { lines: ['no images: put them there'] });
  const record = without.trained();
  t.is(record.outcome.status, 'done');
  t.is(record.experiment.seed, experiment.seed);
  t.is(without.trainedOn, '9,000 CIFAR-10 training images');
  t.is(without.evaluated({ kind: 'confusion' }).of, record.id);
  t.throws(() => without.evaluated({ kind: 'test' }), {
    instanceOf: SettingsError,
    message: /no evaluation test of run-.*evaluate\('run-/,
  });
  if (dataset) t.is(dataset.name, experiment.data.name);
});

test('before the training is done a part says what to run, and has it once it is', async (t) => {
  const { experiment, runs } = await setupOf(studyContext('first-results'));
  const empty = openRuns(temporaryFolder(t));
  const setup = new Setup(experiment, undefined, undefined, empty);
  t.is(setup.record, undefined);
  t.throws(() => setup.trained(), { instanceOf: SettingsError, message: /run the cell that trains/ });
  const done = new Setup(experiment, undefined, undefined, runs).trained();
  empty.put(done);
  t.is(setup.trained().id, done.id);
});
