// Chooses between the two builds of the kernels: `fma` where relaxed multiply-add exists and is fused here, else `plain`.
import { SettingsError, UnsupportedError } from '../../errors.js';
import { variable } from '../../host/process.js';
import { compileKernels } from './kernel-files.js';

/** The two builds of the kernels. */
export const BUILDS = ['plain', 'fma'] as const;
/** One of {@link BUILDS}. */
export type Build = (typeof BUILDS)[number];

const compiled = new Map<Build, WebAssembly.Module>();

/**
 * The kernels, compiled once.
 *
 * @throws UnsupportedError when the build's file is missing or cannot be compiled here
 */
export function loadKernels(build: Build): WebAssembly.Module {
  const module = compiled.get(build) ?? compileKernels(build);
  compiled.set(build, module);
  return module;
}

/**
 * The build to use: the one asked for, else that of the environment variable `SGS_BUILD`, else `fma` where its
 * multiply-add rounds once (only then do all machines compute the same bits with it), else `plain`.
 *
 * @throws SettingsError when there is no build of that name
 * @throws UnsupportedError when `fma` is asked for and does not round once here, or cannot be compiled
 */
export function chooseBuild(option?: Build): Build {
  const asked = option ?? variable('SGS_BUILD');
  if (asked === undefined) return fmaWorks() ? 'fma' : 'plain';
  const build = BUILDS.find((name) => name === asked);
  if (!build)
    throw new SettingsError(
      `${option === undefined ? 'SGS_BUILD' : 'build'} is ${JSON.stringify(asked)}: expected one of ${BUILDS.join(', ')}`,
    );
  if (build === 'fma' && !isFused(loadKernels('fma')))
    throw new UnsupportedError(
      'engine event: build fma: multiply-add rounds twice on this processor; use the build plain',
    );
  return build;
}

let works: boolean | undefined;

/** Whether multiply-adds of the `fma` build are fused here. */
export function fmaWorks(): boolean {
  if (works !== undefined) return works;
  try {
    works = isFused(loadKernels('fma'));
  } catch (error) {
    if (!(error instanceof UnsupportedError)) throw error;
    works = false; // there is no relaxed SIMD here
  }
  return works;
}

/** Whether all lanes of the multiply-add of these kernels round once: by values for which that makes a difference. */
export function isFused(module: WebAssembly.Module): boolean {
  const memory = new WebAssembly.Memory({ initial: 2, maximum: 2, shared: true });
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const address = 65536;
  const floats = new Float32Array(memory.buffer, address, 16);
  for (let lane = 0; lane < 4; lane++) {
    // (1 + ε)(1 + ε) - 1 - 2ε: rounded twice it is 0, rounded once it is ε², with ε = 2^-12 … 2^-15
    const epsilon = 2 ** -(12 + lane);
    floats.set([1 + epsilon], lane);
    floats.set([1 + epsilon], 4 + lane);
    floats.set([-1 - 2 * epsilon], 8 + lane);
  }
  new Uint32Array(memory.buffer, address + 64, 1)[0] = address;
  (exports.probeMadd as (args: number, unit: number, scratch: number) => void)(address + 64, 0, 0);
  return [0, 1, 2, 3].every((lane) => floats[12 + lane] === 2 ** (-2 * (12 + lane)));
}
