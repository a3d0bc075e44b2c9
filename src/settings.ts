// Kinds of settings and their bounds, of which the schemas of experiments are made.
import { z } from 'zod';
import { didYouMean } from './did-you-mean.js';
import { SettingsError } from './errors.js';

// Numbers enter arithmetic of 32 bits: what is far outside of any use overflows there, or takes all memory.
export const number = z.number().min(-1e6).max(1e6);
export const atLeastZero = z.number().min(0).max(1e6);
export const positive = z.number().positive().max(1e6);
/** Added to what is divided by: 1e-30 is far below any of use, and still a number in 32 bits. */
export const epsilon = z.number().min(1e-30).max(1);
export const share = z.number().min(0).max(1);
export const belowOne = z.number().min(0).lt(1);
/** As many examples, epochs or steps as anyone has. */
export const count = z.int().min(1).max(1e9);
export const label = z.string().min(1).max(200);

/** An object of settings; an unknown one is answered with the known one that was probably meant. */
export const settings = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys' ? unknownKeys(issue.keys, Object.keys(shape)) : undefined,
  });

function unknownKeys(keys: readonly string[], known: readonly string[]): string {
  const [first] = keys;
  const names = keys.map((key) => `"${key}"`).join(', ');
  return `Unrecognized key${keys.length > 1 ? 's' : ''}: ${names}${didYouMean(first, known)}`;
}

/** A schema that depends on what is given: its problems stand at the same places. */
export const chosenBy = <T>(choose: (given: unknown) => z.ZodType<T>) =>
  z.unknown().transform((given, context): T => {
    const read = choose(given).safeParse(given);
    if (read.success) return read.data;
    for (const { path, message } of read.error.issues) context.addIssue({ code: 'custom', path, message });
    return z.NEVER;
  });

/** A schema of what a function reads, which throws SettingsError where it cannot. */
export const readBy = <T>(read: (given: unknown) => T) =>
  z.unknown().transform((given, context): T => {
    try {
      return read(given);
    } catch (error) {
      if (!(error instanceof SettingsError)) throw error;
      context.addIssue({ code: 'custom', message: error.message });
      return z.NEVER;
    }
  });
