// The PyTorch side of a measure: reference values in float64, and the peers of a family, checked before they are timed.
import type { Engine } from '../src/engines/engine.js';
import { UnsupportedError } from '../src/errors.js';
import { allowance, assertEqual, distance, outputsOf, type Distance, type Outputs } from './agreement.js';
import type { PeerFamily } from './arguments.js';
import { contestantOf, type Mode } from './ours.js';
import { interleave, ratioOf, type Contestant, type PairTimes, type Ratio } from './pairs.js';
import { Peer, TUNED_ALLOCATOR, type PeerLif } from './peer.js';
import type { Workload } from './workloads.js';

/** How a family runs its neurons, and in which environment. */
export const FAMILIES: Record<PeerFamily, { lif: PeerLif; environment?: Record<string, string> }> = {
  eager: { lif: 'eager' },
  tuned: { lif: 'eager', environment: TUNED_ALLOCATOR },
  fused: { lif: 'fused' },
  'tuned-fused': { lif: 'fused', environment: TUNED_ALLOCATOR },
  compiled: { lif: 'compiled' },
};
/** The memory layouts of images. */
export const LAYOUTS = ['nchw', 'nhwc'] as const;

/** What a comparison runs with. */
export interface ComparisonOptions {
  python: string;
  threads: number;
  families: readonly PeerFamily[];
  pairs: number;
  mode: Mode;
  onProgress(text: string): void;
}

/** What a comparison found. */
export interface Comparison {
  times: PairTimes[];
  ratios: Ratio[];
  /** Distance of every side from float64 PyTorch. */
  distances: Record<string, Distance>;
  /** Families that could not run, and why. */
  missing: Record<string, string>;
  /** Spike rates of our side by layer. */
  rates: Record<string, number>;
}

/** Checks that all sides compute the same, then times ours against every peer. */
export async function compareWithPyTorch(
  engine: Engine,
  workload: Workload,
  options: ComparisonOptions,
): Promise<Comparison> {
  const { onProgress } = options;
  onProgress('reference values: PyTorch in float64 and float32');
  const { reference, plain } = await referenceOf(workload, options);
  const allowed = allowance(plain);
  const distances: Record<string, Distance> = { 'PyTorch in float32': plain };
  const check = (name: string, outputs: Outputs): void => {
    distances[name] = distance(outputs, reference);
    assertEqual(name, distances[name], allowed);
  };
  const { network, settings, weights, batch } = workload;
  const model = engine.createModel(network, settings, weights);
  try {
    const outputs = await outputsOf(model, batch);
    check('ours', outputs);
    const ours = contestantOf('ours', model, workload, options.mode);
    const times: PairTimes[] = [];
    const missing: Record<string, string> = {};
    for (const family of options.families) {
      try {
        times.push(...(await timeFamily(ours, family, workload, check, options)));
      } catch (error) {
        if (!(error instanceof UnsupportedError)) throw error;
        missing[family] = error.message;
      }
    }
    return { times, ratios: times.map(ratioOf), distances, missing, rates: outputs.rates };
  } finally {
    model.dispose();
  }
}

/** What float64 PyTorch says, and how far float32 PyTorch is from it. */
async function referenceOf(
  workload: Workload,
  { python, threads }: ComparisonOptions,
): Promise<{ reference: Outputs; plain: Distance }> {
  const ask = async (dtype: 'float32' | 'float64'): Promise<Outputs> => {
    const peer = await Peer.open(workload, { python, threads, lif: 'fused', layout: 'nchw', dtype });
    try {
      return await peer.outputs();
    } finally {
      peer.close();
    }
  };
  const reference = await ask('float64');
  return { reference, plain: distance(await ask('float32'), reference) };
}

/** Opens a family in both layouts, checks and times it, and ends it. */
async function timeFamily(
  ours: Contestant,
  family: PeerFamily,
  workload: Workload,
  check: (name: string, outputs: Outputs) => void,
  { python, threads, pairs, mode, onProgress }: ComparisonOptions,
): Promise<PairTimes[]> {
  const peers: Peer[] = [];
  try {
    const contestants: Contestant[] = [];
    for (const layout of LAYOUTS) {
      const name = `${family} ${layout}`;
      onProgress(`${name}: opening`);
      const peer = await Peer.open(workload, { python, threads, layout, ...FAMILIES[family] });
      peers.push(peer);
      check(name, await peer.outputs());
      const run = async (): Promise<number> =>
        (mode === 'train' ? await peer.train(0) : await peer.infer()).seconds;
      contestants.push({ name, run });
    }
    return await interleave(ours, contestants, {
      pairs,
      warmUps: 2,
      onProgress: (done, total, name, seconds) =>
        onProgress(`${done} of ${total}: ${name} ${(seconds * 1000).toFixed(0)} ms`),
    });
  } finally {
    for (const peer of peers) peer.close();
  }
}
