// The help of every command, whole: what its options are called, what they take, what they are by default.
import { readFileSync, writeFileSync } from 'node:fs';
import test from 'ava';
import type { Command } from 'commander';
import { createProgram } from '../../src/commands/cli.js';
import { measures } from '../../src/measures/index.js';

/** What `sgs help` says of a command and of its parts, without the lists that grow with a registry. */
function helpOf(command: Command, words: string): string {
  let said = '';
  command.configureOutput({ writeOut: (text) => (said += text), getOutHelpWidth: () => 10_000 });
  command.outputHelp();
  const lines = said
    .replaceAll(/ \(choices: [^)]*\)/g, '')
    .split('\n')
    .filter((line) => !Object.values(measures).some(({ title }) => line.includes(title)));
  const parts = command.commands.map((part) => helpOf(part, `${words} ${part.name()}`));
  return [`$ ${words} --help`, ...lines, ...parts].join('\n');
}

test('the help of every command is as kept, with its defaults; UPDATE_HELP=1 keeps what it is now', async (t) => {
  const file = 'test/fixtures/help.txt';
  const found = helpOf(await createProgram(), 'sgs');
  if (process.env.UPDATE_HELP) writeFileSync(file, found);
  t.is(found, readFileSync(file, 'utf8'));
});
