// `sgs methods`, and `sgs train --method`.
import test from 'ava';
import { experimentOf } from '../../src/commands/train-experiment.js';
import { SettingsError } from '../../src/errors.js';
import { type Method, METHOD_NAMES, methods } from '../../src/methods/index.js';
import { temporaryFolder } from '../helpers/folder.js';
import { sgsOn } from '../helpers/sgs.js';

test.serial(
  'a row for each method with its kind, title and source; --kind chooses, also by the second kind',
  async (t) => {
    const sgs = sgsOn(temporaryFolder(t));
    const { stdout, code } = await sgs('methods');
    t.is(code, 0);
    for (const { name, title, source } of methods) {
      const line = stdout.split('\n').find((one) => one.startsWith(`${name} `))!;
      for (const text of [title, source]) t.true(line.includes(text), `${name}: ${line}`);
    }
    const losses = JSON.parse((await sgs('methods', '--kind', 'loss', '--json')).stdout) as Method[];
    t.true(losses.some(({ name }) => name === 'sgsLr'));
    t.false(losses.some(({ name }) => name === 'plif'));
  },
);

test.serial(
  'all of one method: equations of a neuron, both presets as JSON, what is published, notes',
  async (t) => {
    const sgs = sgsOn(temporaryFolder(t));
    const { stdout } = await sgs('methods', 'plif');
    t.regex(stdout, /^equations {3}w: learned, one a layer, -log\(tau0 - 1\) at first\n {12}tau0: 2\n/m);
    t.regex(stdout, /^ {12}v = u \+ \(x - u\) \* sigmoid\(w\)\n/m);
    t.regex(stdout, /^equal {7}\{\n {14}"neuron": \{.*"model":"plif"/m);
    t.regex(stdout, /^own {9}\{[^]*"epochs": 1024,[^]*\n {12}\}\nown lacks {3}Their rate/m);
    t.regex(stdout, /^6 convolutions +8 +CIFAR-10 +93\.5 +README, best test epoch$/m);
    const norm = (await sgs('methods', 'tebn')).stdout;
    t.notRegex(norm, /equations|published/);
    t.regex(norm, /^own {9}none: Their recipe was not seen/m);
    for (const name of METHOD_NAMES) t.is((await sgs('methods', name)).code, 0, name);
    t.like(JSON.parse((await sgs('methods', 'plif', '--json')).stdout), { name: 'plif', kind: 'neuron' });
  },
);

test.serial('a name that is none, and a kind beside a name', async (t) => {
  const sgs = sgsOn(temporaryFolder(t));
  const { code, stderr } = await sgs('methods', 'plfi');
  t.is(code, 2);
  t.regex(
    stderr,
    /^error: command-argument value 'plfi' is invalid.*no method is named "plfi"; .*did you mean "plif"/,
  );
  t.regex((await sgs('methods', 'plif', '--kind', 'norm')).stderr, /--kind norm: plif is one method/);
  t.is((await sgs('methods', '--kind', 'norms')).code, 2);
});

test('train --method: laid over the starter or a file, under other options; the label says which', (t) => {
  const data = 'shapes10';
  const made = experimentOf(undefined, { data, method: ['plif', 'tebn'], delta: 0.01 });
  t.like(made, {
    name: 'plif + tebn, starter on shapes10',
    ...{
      neuron: { model: { name: 'plif' }, delta: 0.01 },
      batchNorm: { kind: 'tebn' },
      lipschitz: { beta: 0 },
    },
    ...{ epochs: 5, network: { width: 0.5 } },
  });
  t.like(experimentOf(undefined, { data, method: ['tet'], as: 'own', epochs: 2, name: 'mine' }), {
    ...{ name: 'mine', epochs: 2, batchSize: 128, loss: { kind: 'tet' }, network: { width: 0.5 } },
  });
  t.is(experimentOf(undefined, { data, method: ['tet'], as: 'own' }).name, 'tet (own), starter on shapes10');
  t.is(experimentOf(undefined, { data, method: ['tet'], set: ['name=x'] }).name, 'x');
  t.is(experimentOf(undefined, { data }).lipschitz.beta, 1e-4);
});

test('train --as without a method, and methods that do not go together', (t) => {
  t.throws(() => experimentOf(undefined, { as: 'own' }), {
    instanceOf: SettingsError,
    message: /--as own: no method is named; add --method/,
  });
  t.throws(() => experimentOf(undefined, { method: ['tebn', 'bntt'] }), {
    instanceOf: SettingsError,
    message: /methods tebn and bntt set batchNorm\.kind differently/,
  });
});

test.serial('train --method on the command line: several names, unknown ones, and --again', async (t) => {
  const sgs = sgsOn(temporaryFolder(t));
  const small = ['--data', 'shapes10', '--width', '0.0625', '--train-limit', '20', '--test-limit', '10'];
  const { stdout, stderr } = await sgs(
    ...[
      'train',
      ...small,
      '--epochs',
      '1',
      '--batch-size',
      '10',
      '--threads',
      '1',
      '--method',
      'sgs',
      'stepwiseBn',
    ],
  );
  t.regex(stderr, /: sgs \+ stepwiseBn, starter on shapes10$/m);
  const [id] = /run-[0-9a-f]{16}/.exec(stdout)!;
  const unknown = await sgs('train', ...small, '--method', 'sgs', 'sgss');
  t.is(unknown.code, 2);
  t.regex(
    unknown.stderr,
    /^error: option '--method <name\.\.\.>' .*no method is named "sgss"; .*did you mean "sgs"/,
  );
  const file = await sgs('train', '--method', 'sgs', 'tebn', 'experiment.json');
  t.is(file.code, 2);
  t.regex(
    file.stderr,
    /argument 'experiment\.json' is invalid\. .*a file goes in front: experiment\.json --method sgs tebn$/m,
  );
  t.regex(
    (await sgs('train', '--again', id, '--method', 'sgs')).stderr,
    /leave out the file and all settings/,
  );
});
