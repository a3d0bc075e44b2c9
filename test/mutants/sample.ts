// A random sample of the faults where all of them would take too long: Stryker asks this "checker" before it runs a
// mutant; those that are not drawn are left out of the score. A mutant is drawn by a hash of what it is, so that the
// same share draws the same ones every time, and more where the share is larger.
import { createHash } from 'node:crypto';
import { relative } from 'node:path';
import { type Checker, CheckStatus, type CheckResult } from '@stryker-mutator/api/check';
import type { Mutant, StrykerOptions } from '@stryker-mutator/api/core';
import { commonTokens, declareClassPlugin, PluginKind, tokens } from '@stryker-mutator/api/plugin';
import { ROOT } from './folders.js';

/** Where a mutant lies among all, in [0, 1). */
function placeOf({ fileName, location, replacement }: Mutant): number {
  const text = JSON.stringify([relative(ROOT, fileName), location, replacement]);
  return createHash('sha256').update(text).digest().readUInt32BE() / 2 ** 32;
}

class Sample implements Checker {
  static inject = tokens(commonTokens.options);
  readonly #share: number;

  constructor(options: StrykerOptions) {
    this.#share = options['share'] as number;
  }

  init = (): Promise<void> => Promise.resolve();

  check = (mutants: Mutant[]): Promise<Record<string, CheckResult>> =>
    Promise.resolve(
      Object.fromEntries(
        mutants.map((mutant): [string, CheckResult] => [
          mutant.id,
          placeOf(mutant) < this.#share
            ? { status: CheckStatus.Passed }
            : { status: CheckStatus.CompileError, reason: 'not drawn' },
        ]),
      ),
    );
}

/** What Stryker loads. */
export const strykerPlugins = [declareClassPlugin(PluginKind.Checker, 'sample', Sample)];
