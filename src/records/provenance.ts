// On what and by what a record was made: machine, versions and the commit of the code. For people to trace a
// number by; nothing here enters an id.
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import os from 'node:os';
import { packageRoot } from '../paths.js';

/** The machine, without its name. */
export interface Machine {
  /** Model of the first CPU, as the operating system says it. */
  cpu: string;
  /** Logical cores that this process may use. */
  cores: number;
  /** Memory in GiB, rounded to 0.1. */
  memory: number;
  /** Operating system and architecture, such as `linux x64`. */
  platform: string;
  /** Threads that a training computed on, where its engine says: `seconds` and speeds are theirs. Older records have none. */
  threads?: number;
}

/** Versions of what decides or computes a result. */
export interface Versions {
  node: string;
  /** This package. */
  package: string;
  /** TensorFlow.js, or null where it is not installed. */
  tfjs: string | null;
}

/** Machine, versions and commit. */
export interface Provenance {
  machine: Machine;
  versions: Versions;
  /** The commit checked out, 40 or 64 hex digits; null outside a git working tree or without git. */
  commit: string | null;
  /** Whether any file differed from that commit, records and figures aside; null where `commit` is. */
  dirty: boolean | null;
}

const require = createRequire(import.meta.url);

/** Outputs do not make a tree dirty: the first record of a sweep would taint all later ones. */
const CODE = [':(top)', ':(top,exclude)data/runs', ':(top,exclude)figures'];

/**
 * Machine, versions, commit and dirty flag. Synchronous, some 20 ms (two calls of git).
 *
 * @param folder - a folder of the working tree that is asked; default the package's own, or the current folder
 *   where the package is installed in another project
 */
export function provenance(folder: string = defaultFolder()): Provenance {
  return { machine: machine(), versions: versions(), ...gitState(folder) };
}

function defaultFolder(): string {
  const folder = packageRoot();
  return /[\\/]node_modules[\\/]/.test(folder) ? process.cwd() : folder;
}

/** The machine this process runs on. */
export function machine(): Machine {
  return {
    cpu: os.cpus()[0]?.model.trim() || 'unknown',
    cores: os.availableParallelism(),
    memory: Math.round((os.totalmem() / 2 ** 30) * 10) / 10,
    platform: `${process.platform} ${process.arch}`,
  };
}

/** The versions in use. */
export function versions(): Versions {
  return {
    node: process.versions.node,
    package: (require('../../package.json') as { version: string }).version,
    tfjs: installedVersion('@tensorflow/tfjs'),
  };
}

function installedVersion(name: string): string | null {
  try {
    return (require(`${name}/package.json`) as { version: string }).version;
  } catch {
    return null;
  }
}

/** The commit of a folder's working tree and whether files differ from it; nulls where git cannot say. */
export function gitState(folder: string): Pick<Provenance, 'commit' | 'dirty'> {
  try {
    const commit = git(folder, 'rev-parse', '--verify', 'HEAD');
    return { commit, dirty: git(folder, 'status', '--porcelain', '--', ...CODE) !== '' };
  } catch {
    return { commit: null, dirty: null };
  }
}

const git = (folder: string, ...words: string[]): string =>
  execFileSync('git', ['--no-optional-locks', ...words], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: 10_000,
    maxBuffer: 2 ** 26,
  }).trim();
