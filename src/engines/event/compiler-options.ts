// Compiler options of the kernels: the ones that are shipped when the package is built, those of equations when they are needed.
// Tests: test/engines/event/generate/compile.test.ts.
import type { Build } from './module.js';

/** 65,536 pages of 64 KiB: the 4 GiB that 32-bit WebAssembly can address. A model asks for what it needs. */
const MAXIMUM_PAGES = 65536;

const OF_BUILD: Readonly<Record<Build, readonly string[]>> = { plain: [], fma: ['--enable', 'relaxed-simd'] };

/** Degree of optimisation: all that there is when the package is built, what pays within a second or two when one waits for it. */
const EFFORT = { shipped: ['-O3', '--converge'], waiting: ['-O2'] } as const;

/** The compiler's options but for entry and target. */
export const compilerOptions = (build: Build, effort: keyof typeof EFFORT = 'shipped'): string[] => [
  ...['--runtime', 'stub', '--use', 'abort=', '--noAssert', ...EFFORT[effort]],
  ...['--importMemory', '--sharedMemory', '--initialMemory', '1', '--maximumMemory', String(MAXIMUM_PAGES)],
  ...['--enable', 'simd', '--enable', 'threads', '--enable', 'bulk-memory'],
  ...OF_BUILD[build],
];
