// Every option of every command against the table: it is there, takes what it should, changes nothing else, and refuses what
// is bad with exit code 2, before anything is done.
import { readdirSync } from 'node:fs';
import test from 'ava';
import type { Command } from 'commander';
import { createProgram } from '../../src/commands/cli.js';
import { badTexts, COMMAND_TABLE } from '../helpers/command-table.js';
import { temporaryFolder } from '../helpers/folder.js';
import { sgsOn } from '../helpers/sgs.js';

/** Every command by its words, parts of commands too; the program itself has nothing but --version. */
function commandsOf(program: Command): Map<string, Command> {
  const found = new Map<string, Command>();
  const walk = (command: Command, words: string[]): void => {
    if (words.length > 0 && (command.options.length > 0 || command.commands.length === 0))
      found.set(words.join(' '), command);
    for (const part of command.commands) walk(part, [...words, part.name()]);
  };
  walk(program, []);
  return found;
}

test('the table has a row for every option of every command, and no other', async (t) => {
  const program = commandsOf(await createProgram());
  const listed = (command: string): string[] => Object.keys(COMMAND_TABLE[command]?.options ?? {}).sort();
  t.deepEqual([...program.keys()].sort(), Object.keys(COMMAND_TABLE).sort());
  for (const [name, { options }] of program)
    t.deepEqual(options.map(({ long }) => long!).sort(), listed(name), name);
});

/** What a command would be given, without doing it. */
async function given(name: string, words: readonly string[]): Promise<Record<string, unknown>> {
  const program = await createProgram();
  let options: Record<string, unknown> = {};
  const command = commandsOf(program).get(name)!;
  command.action(() => void (options = command.opts()));
  program.parse([...name.split(' '), ...words], { from: 'user' });
  return options;
}

const taking = Object.entries(COMMAND_TABLE).filter(([, { options }]) => Object.keys(options).length > 0);
for (const [name, { arguments: words, options }] of taking)
  test(`sgs ${name}: each option gives its own value and leaves the others alone`, async (t) => {
    const none = await given(name, words);
    const { options: known } = commandsOf(await createProgram()).get(name)!;
    for (const [flag, [text, value]] of Object.entries(options)) {
      const attribute = known.find(({ long }) => long === flag)!.attributeName();
      const found = await given(name, [...words, text === undefined ? flag : `${flag}=${text}`]);
      t.deepEqual(found, { ...none, [attribute]: value }, flag);
      t.notDeepEqual(none[attribute], value, `${flag}: the default would be no test`);
    }
  });

for (const [name, { arguments: words, options }] of Object.entries(COMMAND_TABLE))
  test.serial(
    `sgs ${name}: bad values are refused by option, with exit code 2, before anything is done`,
    async (t) => {
      const folder = temporaryFolder(t);
      const sgs = sgsOn(folder);
      for (const [flag, row] of Object.entries(options))
        for (const text of badTexts(row)) {
          const { code, stdout, stderr } = await sgs(...name.split(' '), ...words, `${flag}=${text}`);
          t.is(code, 2, `${flag}=${text}: ${stderr}`);
          t.regex(stderr, new RegExp(`^error: option '${flag}[ ']`), `${flag}=${text}`);
          t.is(stdout, '');
        }
      t.deepEqual(readdirSync(folder), []);
    },
  );

test.serial(
  'an option that takes a value, and has none, is refused with exit code 2; so is one given to a flag',
  async (t) => {
    const sgs = sgsOn(temporaryFolder(t));
    for (const [name, { arguments: words, options }] of Object.entries(COMMAND_TABLE))
      for (const [flag, [, , kind]] of Object.entries(options)) {
        const { code } = await sgs(...name.split(' '), ...words, kind === 'flag' ? `${flag}=1` : flag);
        t.is(code, 2, `${name} ${flag}`);
      }
  },
);
