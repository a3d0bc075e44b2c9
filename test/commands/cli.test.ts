import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { createProgram, isExplained } from '../../src/commands/cli.js';
import * as errors from '../../src/errors.js';
import { builtSgsOn, SMALL_WORDS } from '../helpers/built-sgs.js';
import { sgsOn } from '../helpers/sgs.js';

const folder = mkdtempSync(join(tmpdir(), 'sgs-cli-'));
test.before(() => void mkdirSync(folder, { recursive: true })); // a measurement of the tests runs them twice
test.after.always(() => rmSync(folder, { recursive: true, force: true }));

/** In a process of its own, as a user runs it, and in this one, which is done sooner. */
const built = builtSgsOn(folder);
const sgs = sgsOn(folder);
const SMALL = [...SMALL_WORDS, '--backend', 'wasm'];

const COMMANDS = [
  'train',
  'trial',
  'sweep',
  'methods',
  'eval',
  'noise',
  'energy',
  'diagnose',
  'runs',
  'weights',
  'nir',
  'data',
  'notebooks',
  'reproduce',
  'report',
  'doctor',
  'completion',
];

test.serial(
  'sgs --help lists every command; each describes itself, its arguments and its options',
  async (t) => {
    const { stdout, code } = await built('--help');
    t.is(code, 0);
    for (const name of COMMANDS) t.regex(stdout, new RegExp(`^  ${name}\\b`, 'm'));
    const { commands } = await createProgram();
    t.deepEqual(commands.map((command) => command.name()).sort(), [...COMMANDS].sort());
    const all = commands.flatMap((command) => [command, ...command.commands]);
    for (const command of all) {
      t.true(command.description().length > 10, command.name());
      for (const option of command.options)
        t.true((option.description ?? '').length > 5, `${command.name()} ${option.flags}`);
      t.regex(command.helpInformation(), /Usage: /);
    }
  },
);

test('every error of our own is printed as a sentence, without a stack', (t) => {
  for (const kind of Object.values(errors)) t.true(isExplained(Object.create(kind.prototype)), kind.name);
  t.false(isExplained(new TypeError('a defect')));
});

test.serial('sgs train writes a record, and does not train again', async (t) => {
  const first = await built('train', ...SMALL, '--epochs', '2');
  t.is(first.code, 0, first.stderr);
  t.regex(first.stdout, /run-[0-9a-f]{16} {2}done after 2 epochs/);
  t.regex(
    first.stdout,
    /test accuracy \d+\.\d\d % at the last epoch .* trained on 100 examples of shapes10, tested on 50/,
  );
  const again = await sgs('train', ...SMALL, '--epochs', '2');
  t.regex(again.stderr, /is done already; its record is kept, nothing is trained again/);
  const id = /run-[0-9a-f]{16}/.exec(first.stdout)![0];
  t.regex((await sgs('runs', 'list')).stdout, new RegExp(`${id}.*done.*2/2`));
  t.is((JSON.parse((await sgs('runs', 'show', '--json', id.slice(0, 9))).stdout) as { id: string }).id, id);
  const energy = await sgs('energy', id.slice(4, 12), '--limit', '20', '--backend', 'wasm');
  t.regex(energy.stdout, /conv1\.conv/, energy.stderr);
  const noise = await sgs('noise', id, '--levels', '0,0.1', '--limit', '20', '--backend', 'wasm');
  t.regex(noise.stdout, /level +accuracy/, noise.stderr);
  t.regex(
    (await sgs('eval', id, '--kind', 'confusion', '--limit', '20', '--backend', 'wasm')).stdout,
    /actual +predicted +count/,
  );
});

test.serial('sgs train refuses what is wrong by name, with exit code 1 and no stack', async (t) => {
  const refuse = async (words: string[], message: RegExp, expected = 1, run = sgs): Promise<void> => {
    const { code, stderr } = await run(...words);
    t.is(code, expected);
    t.regex(stderr, message);
    t.notRegex(stderr, /\n {4}at /);
  };
  await refuse(['train', ...SMALL, '--set', 'neuron.tau=7'], /neuron\.tau: Too big/, 1, built);
  await refuse(['train', ...SMALL, '--set', 'nonsense'], /expected a name, "=" and a value/, 2);
  await refuse(['train', ...SMALL, '--set', '__proto__.polluted=1'], /Unrecognized key/);
  await refuse(['train', ...SMALL, '--twin', 'ann'], /an ANN twin runs for one step/);
  await refuse(['train', '--data', 'cubes10'], /Allowed choices are shapes10/, 2);
  await refuse(['train', join(folder, 'absent.json')], /absent\.json: cannot read it \(ENOENT\)/);
  writeFileSync(join(folder, 'broken.json.txt'), '{"epochs": ');
  await refuse(['train', join(folder, 'broken.json.txt')], /is not JSON/);
  await refuse(['energy', 'run-ffffffffffffffff'], /no record "run-ffffffffffffffff"/);
  await refuse(['train', ...SMALL.slice(0, -1), 'gpu'], /backend gpu cannot be used: .*npm install/);
});
