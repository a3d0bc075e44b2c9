// The process and its machine, by Node. A bundler for browsers takes browser/process.ts in its place.
import os from 'node:os';

/** An environment variable; undefined where it is not set, or empty. */
export const variable = (name: string): string | undefined => process.env[name] || undefined;

/** Runtime of this code, for people: `Node 20.19.0`. */
export const runtime = (): string => `Node ${process.versions.node}`;

/** Logical cores that this process may use. */
export const cores = (): number => os.availableParallelism();

/** Bytes of memory of the machine. */
export const machineMemory = (): number => os.totalmem();
