// Names of methods on the command line: a wrong one is a wrong command line, and is answered with the one that was probably meant.
// Tests: test/commands/methods.test.ts.
import { Argument, InvalidArgumentError, Option } from 'commander';
import { SettingsError } from '../errors.js';
import { method, METHOD_NAMES } from '../methods/index.js';

/** Reads a name. */
function methodName(text: string): string {
  try {
    return method(text).name;
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    throw new InvalidArgumentError(error.message);
  }
}

/** An argument that names a method. */
export const methodArgument = (flags: string, description: string): Argument =>
  new Argument(flags, description).choices(METHOD_NAMES).argParser(methodName);

/** An option that takes names takes all words behind it: also a file that was meant as the argument. */
const FILE = /\.json$/i;

/** An option that names one method or several. */
export const methodOption = (flags: string, description: string): Option =>
  new Option(flags, description)
    .choices(METHOD_NAMES)
    .argParser((text: string, before: readonly string[] | undefined) => {
      if (FILE.test(text))
        throw new InvalidArgumentError(
          `all words behind it are names of methods; a file goes in front: ${[text, flags.split(' ')[0], ...(before ?? [])].join(' ')}`,
        );
      return [...(before ?? []), methodName(text)];
    });
