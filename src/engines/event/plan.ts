// A compiled plan: from network, settings and batch size to a list of steps and a layout of memory whose size is
// known before anything runs.
import type { Batch } from '../../data/dataset.js';
import { blocksOf, LANES } from '../plan/geometry.js';
import type { Host } from '../plan/host.js';
import { toDense } from '../plan/layout.js';
import { compileNetwork } from '../plan/network.js';
import type { Machine } from '../plan/planner.js';
import { pixelsOf } from '../plan/signal.js';
import { type CompileOptions, Compiler, type Step } from './compiler.js';
import { ownKinds } from './layers/index.js';
import { lower } from './lower/index.js';
import type { PassResult } from './pass.js';

/** This engine, as plans see it; a region begins on a cache line. */
const MACHINE: Machine<Compiler> = {
  engine: 'event',
  instead: 'tfjs',
  alignment: 64,
  own: ownKinds,
  lower,
};

/** A plan, ready to run any number of times. */
export interface Plan {
  steps: Step[];
  /** One past the highest address it uses, without scratch. */
  end: number;
  /** Scratch bytes that each thread needs. */
  scratch: number;
  compiler: Compiler;
  /** Puts a batch where the first layer reads it. */
  load(host: Host, batch: Batch): void;
  /** Results of the last run. */
  result(): PassResult;
}

/** A compiler for this engine, which nothing has been compiled with. */
export const openCompiler = (options: CompileOptions): Compiler => new Compiler(options, MACHINE);

/** Compiles a plan. Pure: nothing is allocated or run. */
export function compilePlan(options: CompileOptions): Plan {
  const compiler = openCompiler(options);
  const input = compileNetwork(compiler);
  const floats = blocksOf(input.channels) * pixelsOf(input) * LANES;
  return {
    steps: compiler.steps,
    end: compiler.arena.peak,
    scratch: compiler.scratch,
    compiler,
    load(host, given) {
      compiler.labels = given.labels;
      toDense(given.x, input.channels, host.floats(input.region.address, floats));
    },
    result() {
      return { ...compiler.result!, lipschitz: compiler.penalties.reduce((a, b) => a + b, 0) };
    },
  };
}
