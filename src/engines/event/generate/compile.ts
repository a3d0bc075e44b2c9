// Compiles the step of a neuron into a WebAssembly module, once: modules are kept in memory and, by the hash of what they are
// made of, on the disk. The compiler is an optional dependency, which is loaded only here, and only when a module is new.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EngineError, UnsupportedError } from '../../../errors.js';
import { writeWhole } from '../../../files/whole.js';
import { sha256 } from '../../../hash.js';
import { cacheRoot } from '../../../paths.js';
import { compilerOptions } from '../compiler-options.js';
import { allowRelaxedSimd, builtFile } from '../kernel-files.js';
import type { Build } from '../module.js';

/** The package of the compiler and the version that it is tested with. */
const COMPILER = 'assemblyscript';
/** What is compiled: the loops, which import the step. */
const ENTRY = 'described.ts';
/** The file of the sources that the build packs for it. */
export const PACKED = 'described-sources.json';

/** What the build packs: the compiler's version, and sources by file name. */
export interface Packed {
  compiler: string;
  sources: Record<string, string>;
}

/** Where it looks and what it uses; all has defaults. */
export interface CompileSettings {
  /** Folder of compiled modules. Default: `neurons` in the project's cache. */
  cache?: string;
  /** Loads the compiler. Default: imports it. */
  load?(): Promise<Compiler>;
}

/** As much of the compiler as is used. */
export interface Compiler {
  version: string;
  main(
    options: string[],
    files: {
      readFile(name: string): string | null;
      writeFile(name: string, content: Uint8Array | string): void;
      listFiles(): string[];
    },
  ): Promise<{ error: Error | null; stderr: { toString(): string } }>;
}

let packed: Packed | undefined;

/** The sources as they were packed. */
function readPacked(): Packed {
  const file = builtFile(PACKED);
  try {
    packed ??= JSON.parse(readFileSync(file, 'utf8')) as Packed;
  } catch {
    throw new UnsupportedError(
      `engine event: ${fileURLToPath(file)} is missing; run \`npm run build\`, or install the package again`,
    );
  }
  return packed;
}

/** The name of a step's module: a hash of all that it is made of. */
export function moduleName(step: string, build: Build): string {
  const { compiler, sources } = readPacked();
  return sha256(JSON.stringify([compiler, compilerOptions(build, 'waiting'), sources, step])).slice(0, 32);
}

const modules = new Map<string, Promise<WebAssembly.Module>>();

/**
 * The module of a step.
 *
 * @param step - what `generateNeuron` gives
 * @throws UnsupportedError when it has to be compiled and the compiler is not installed
 */
export function compileStep(
  step: string,
  build: Build,
  { cache = join(cacheRoot(), 'neurons'), load = loadCompiler }: CompileSettings = {},
): Promise<WebAssembly.Module> {
  if (build === 'fma') allowRelaxedSimd();
  const name = moduleName(step, build);
  const key = join(cache, name);
  let module = modules.get(key);
  if (!module) {
    module = stored(cache, name) ?? compile(step, build, join(cache, `${name}.wasm`), load);
    modules.set(key, module);
    module.catch(() => modules.delete(key)); // the compiler may be there the next time
  }
  return module;
}

/** A module that was shipped or compiled before; one that is damaged is none. */
function stored(cache: string, name: string): Promise<WebAssembly.Module> | undefined {
  for (const file of [builtFile(`neurons/${name}.wasm`), join(cache, `${name}.wasm`)])
    try {
      return Promise.resolve(new WebAssembly.Module(new Uint8Array(readFileSync(file))));
    } catch {
      // not there, or cut off: it is made again
    }
  return undefined;
}

async function compile(
  step: string,
  build: Build,
  file: string,
  load: () => Promise<Compiler>,
): Promise<WebAssembly.Module> {
  const binary = await compileSources(await load(), step, build);
  try {
    writeWhole(file, binary);
  } catch {
    // a folder that cannot be written: it is compiled again by the next process
  }
  return new WebAssembly.Module(new Uint8Array(binary));
}

/** The module of a step as bytes. */
export async function compileSources(compiler: Compiler, step: string, build: Build): Promise<Uint8Array> {
  const sources: Record<string, string> = { ...readPacked().sources, 'step.ts': step };
  let binary: Uint8Array | undefined;
  const { error, stderr } = await compiler.main(
    [ENTRY, '--outFile', 'step.wasm', ...compilerOptions(build, 'waiting')],
    {
      readFile: (name) => (Object.hasOwn(sources, name) ? sources[name] : null),
      writeFile(name, content) {
        if (name === 'step.wasm') binary = content as Uint8Array;
      },
      listFiles: () => [],
    },
  );
  if (error || !binary)
    throw new EngineError(
      `engine event: the code of a neuron does not compile: ${stderr.toString() || error?.message}; ` +
        'this is a defect of the engine, please report it with the description',
    );
  return binary;
}

/** Imports the compiler. Another version might round elsewhere: it is as good as none. */
export async function loadCompiler(
  load: () => Promise<Compiler> = () => import('assemblyscript/asc') as Promise<Compiler>,
): Promise<Compiler> {
  const { compiler: wanted } = readPacked();
  let found: Compiler | undefined;
  try {
    found = await load();
  } catch {
    // not installed
  }
  if (found?.version === wanted) return found;
  throw new UnsupportedError(
    `engine event: neurons and surrogates of one's own, and neurons that the loss judges, are compiled by ${COMPILER} ${wanted}, ` +
      `${found ? `and version ${found.version} is installed` : 'which is not installed'}: ` +
      `run \`npm install ${COMPILER}@${wanted}\`, or take \`--engine tfjs\`, which needs none`,
  );
}
