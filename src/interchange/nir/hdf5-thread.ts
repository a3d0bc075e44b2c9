// Reads HDF5 files on a thread of its own, with a limit of time. A thread that refused a file or failed on one is ended, so
// that nothing a damaged file left behind in the library meets the next file. Tests: test/interchange/nir/read.test.ts.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { DamagedError, DataError, UnsupportedError } from '../../errors.js';
import { inertText } from '../../text.js';
import type { Hdf5Group } from './hdf5-tree.js';
import type { Hdf5Answer } from './hdf5-worker.js';

/**
 * The most time that a file may take, milliseconds, unless another is given: 100 MB are read in a second or two, and on some
 * damaged files the library never ends.
 */
export const READ_LIMIT = 30_000;
const AGAIN = 'write or copy the file again';

/** One thread that reads files, one after the other. */
export interface Hdf5Thread {
  /**
   * @param file - its name, for errors
   * @throws DataError when it cannot be read; then `lost` says whether the thread has ended
   */
  read(bytes: Uint8Array, file: string, limit?: number): Promise<Hdf5Group>;
  readonly lost: boolean;
  end(): Promise<void>;
}

/** Starts a thread; it does not keep the process alive when it has nothing to do. @throws UnsupportedError before `npm run build` */
export function startHdf5Thread(): Hdf5Thread {
  const entry = builtEntry();
  if (!existsSync(entry))
    throw new UnsupportedError(`${entry} is missing; run \`npm run build\`, or install the package again`);
  const worker = new Worker(entry, {
    execArgv: [],
    env: {},
    stdout: true,
    stderr: true,
    name: 'sgs-snn nir',
    resourceLimits: { maxOldGenerationSizeMb: 2048 },
  });
  let lost = false;
  let tell: (answer: Hdf5Answer) => void = () => undefined;
  const fail = (failed: string): void => {
    lost = true;
    tell({ failed });
  };
  worker.on('message', (answer: Hdf5Answer) => tell(answer));
  worker.on('error', (error) => fail(error instanceof Error ? error.message : String(error)));
  worker.on('exit', (code) => fail(`its thread ended with exit code ${code}`));
  worker.unref();

  const read: Hdf5Thread['read'] = async (bytes, file, limit = READ_LIMIT) => {
    worker.ref();
    let timer: NodeJS.Timeout | undefined;
    const answer = await new Promise<Hdf5Answer>((resolve) => {
      tell = resolve;
      timer = setTimeout(() => {
        lost = true;
        resolve({ failed: `it was not read after ${limit / 1000} s` });
      }, limit);
      const copy = Uint8Array.from(bytes);
      worker.postMessage(copy, [copy.buffer]);
    });
    clearTimeout(timer);
    worker.unref();
    if ('tree' in answer) return answer.tree;
    if ('failed' in answer) {
      lost = true; // a library that trapped is not to be asked again
      await worker.terminate();
      throw new DamagedError(
        file,
        `not a readable HDF5 file: ${inertText(answer.failed).slice(0, 300)}`,
        AGAIN,
      );
    }
    const { found, remedy, damaged } = answer;
    const text = `not a readable HDF5 file: ${inertText(found).slice(0, 500)}`;
    throw damaged ? new DamagedError(file, text, remedy) : new DataError(file, text, remedy);
  };
  return {
    read,
    get lost() {
      return lost;
    },
    end: async () => {
      await worker.terminate();
    },
  };
}

let idle: Hdf5Thread | undefined;

/**
 * Reads an HDF5 file whole.
 *
 * @param file - its name, for errors
 * @param limit - the most time it may take, milliseconds
 * @throws DataError when it is damaged or holds what NIR files never hold; UnsupportedError before `npm run build`
 */
export async function readHdf5(bytes: Uint8Array, file: string, limit?: number): Promise<Hdf5Group> {
  const thread = idle ?? startHdf5Thread();
  idle = undefined;
  try {
    const tree = await thread.read(bytes, file, limit);
    if (idle === undefined) idle = thread;
    else await thread.end();
    return tree;
  } catch (error) {
    await thread.end();
    throw error;
  }
}

/** The built entry of the reading thread: threads cannot run TypeScript. */
const builtEntry = (): string =>
  fileURLToPath(
    new URL(
      import.meta.url.endsWith('.ts') ? '../../../dist/interchange/nir/hdf5-worker.js' : './hdf5-worker.js',
      import.meta.url,
    ),
  );
