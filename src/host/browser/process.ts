// A page or its worker in place of a process. Tests: test/host/process.test.ts.
import type * as node from '../process.js';

export const variable: typeof node.variable = () => undefined;

/** The word before the version of each; Edge says that of Chrome too. */
const NAMES = [
  ['Edg', 'Edge'],
  ['Chrome', 'Chrome'],
  ['Firefox', 'Firefox'],
  ['Version', 'Safari'],
] as const;

/** The browser's name and version, from what it says of itself. */
export const runtime: typeof node.runtime = () => {
  const agent = navigator.userAgent;
  for (const [word, name] of NAMES) {
    const version = new RegExp(`${word}/([\\d.]+)`).exec(agent)?.[1];
    if (version !== undefined) return `${name} ${version}`;
  }
  return 'a browser';
};

export const cores: typeof node.cores = () => navigator.hardwareConcurrency || 1;

/** Browsers say it in steps and 8 GiB at most, some not at all: then what a small machine has. */
export const machineMemory: typeof node.machineMemory = () =>
  ((navigator as { deviceMemory?: number }).deviceMemory ?? 4) * 2 ** 30;
