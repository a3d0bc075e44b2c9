// The commands that the documentation shows: each is one that the command line takes, written so that npx hands it on.
import { readFileSync } from 'node:fs';
import test from 'ava';
import type { Command } from 'commander';
import { createProgram } from '../src/commands/cli.js';

const DOCUMENTS = [
  ...['README.md', 'environment.md', 'data/README.md', 'bench/README.md', 'notebooks/README.md'],
  ...['commands', 'sweep', 'engines', 'interchange'].map((folder) => `src/${folder}/README.md`),
];

/** A command as it stands in a document, without the comment behind it. */
interface Shown {
  document: string;
  text: string;
}

/** Lines of code and code within lines; the latter may go over the end of a line. */
function codeIn(document: string): Shown[] {
  const text = readFileSync(document, 'utf8');
  const lines = [...text.matchAll(/^ {4}(\S.*)$/gm)].map(([, line]) => line);
  const within = text
    .replace(/^(```[\s\S]*?^```| {4}\S.*)$/gm, '')
    .split('\n\n')
    .flatMap((paragraph) => [...paragraph.matchAll(/`([^`]+)`/g)].map(([, code]) => code));
  return [...lines, ...within].map((code) => ({
    document,
    text: code
      .replace(/\s+#.*$/, '')
      .replace(/\s+/g, ' ')
      .trim(),
  }));
}

const shown = DOCUMENTS.flatMap(codeIn);
const starting = (start: RegExp): (Shown & { words: string[] })[] =>
  shown.flatMap(({ document, text }) => {
    const found = start.exec(text);
    return found ? [{ document, text, words: text.slice(found[0].length).split(' ').filter(Boolean) }] : [];
  });

/** What is wrong with a command line, by the parser's own judgement; nothing is run. */
async function faultOf(
  words: readonly string[],
  allowed: readonly string[] = [],
): Promise<string | undefined> {
  const program = await createProgram();
  const quieten = (command: Command): void => {
    command.exitOverride().configureOutput({ writeOut: () => undefined, writeErr: () => undefined });
    if (command.commands.length === 0 || command.name() === 'notebooks') command.action(() => undefined);
    command.commands.forEach(quieten);
  };
  quieten(program);
  try {
    program.parse(words, { from: 'user' });
    return undefined;
  } catch (error) {
    const { code, message } = error as Error & { code?: string };
    const asked = ['commander.help', 'commander.helpDisplayed', 'commander.version'];
    return code !== undefined && [...asked, ...allowed].includes(code) ? undefined : message;
  }
}

test('a parser that accepted everything would be no test', async (t) => {
  t.is(await faultOf(['help']), undefined);
  t.is(await faultOf(['runs', 'list']), undefined);
  t.regex((await faultOf(['noise', 'run-0', '--list']))!, /unknown option '--list'/);
  t.regex((await faultOf(['trian']))!, /unknown command 'trian'/);
  t.regex((await faultOf(['reproduce', '--only', 'nonsense']))!, /Allowed choices/);
  t.regex((await faultOf(['energy']))!, /missing required argument/);
});

test('every `npx --no sgs …` of the documents is a command line that sgs takes', async (t) => {
  const commands = starting(/^(?:\w+=\S+ )*npx --no sgs(?= )/);
  t.true(commands.length > 8, 'the commands are found');
  for (const { document, text, words } of commands) {
    // npx keeps options that come before the first other word to itself: `npx --no sgs --help` is npm's help.
    t.regex(words[0], /^\w/, `${document}: ${text}`);
    t.is(await faultOf(words), undefined, `${document}: ${text}`);
  }
});

test('every command that is named as `sgs …` is there, with its options', async (t) => {
  const commands = starting(/^sgs(?= )/);
  t.true(commands.length > 10);
  for (const { document, text, words } of commands)
    t.is(await faultOf(words, ['commander.missingArgument']), undefined, `${document}: ${text}`);
});

test('every `npm run …` and `npm test` is a script of the package; what `reproduce` is given, it takes', async (t) => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
  const commands = starting(/^(?:\w+=\S+ )*npm run /);
  t.true(commands.length > 5);
  for (const { document, text, words } of commands) {
    t.truthy(scripts[words[0]], `${document}: ${text}`);
    if (words[0] === 'reproduce')
      t.is(await faultOf(['reproduce', ...words.slice(2)]), undefined, `${document}: ${text}`);
  }
});
