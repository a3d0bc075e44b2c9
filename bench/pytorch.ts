// The PyTorch side of a measure: reference values in float64, and the peers of a family, checked before they are timed.
import type { Engine } from '../src/engines/engine.js';
import { UnsupportedError } from '../src/errors.js';
import { allowance, DisagreementError, distance, type Outputs } from './agreement.js';
import { cropsOf } from './crops.js';
import { FAMILIES, LAYOUTS, whyMissing, type PeerFamily } from './families.js';
import type { Findings } from './findings.js';
import { contestantOf, deviceOfPeers, type Mode } from './ours.js';
import { interleave, type Contestant, type PairTimes } from './pairs.js';
import { Peer, type PeerDevice } from './peer.js';
import { checked, sampleOf, type Distances, type Reference, type Sample } from './reference.js';
import type { Workload } from './workloads.js';

/** What a comparison runs with. */
export interface ComparisonOptions {
  python: string;
  threads: number;
  families: readonly PeerFamily[];
  pairs: number;
  mode: Mode;
  onProgress(text: string): void;
}

/**
 * Checks that all sides compute the same, then times ours against every peer.
 *
 * @throws DisagreementError when ours does not; a peer that does not, or cannot run, is among the missing
 * @throws UnsupportedError when no peer can run
 */
export async function compareWithPyTorch(
  engine: Engine,
  workload: Workload,
  given: ComparisonOptions,
): Promise<Findings> {
  const options = { ...given, device: deviceOfPeers(engine) };
  options.onProgress('reference values: PyTorch in float64, and how far float32 is from it');
  const reference = await referenceOf(workload, options);
  const { network, settings, weights } = workload;
  const model = engine.createModel(network, settings, weights);
  try {
    options.onProgress('our values');
    const sample = await sampleOf(engine, workload, model);
    const distances: Record<string, Distances> = { ours: checked('ours', sample, reference) };
    const ours = contestantOf('ours', model, workload, options.mode);
    const times: PairTimes[] = [];
    const missing: Record<string, string> = {};
    for (const family of options.families) {
      try {
        const found = await timeFamily(ours, family, { workload, reference, options });
        times.push(...found.times);
        Object.assign(distances, found.distances);
      } catch (error) {
        if (!(error instanceof UnsupportedError || error instanceof DisagreementError)) throw error;
        missing[family] = whyMissing(family, error);
      }
    }
    if (times.length === 0) throw new UnsupportedError(Object.values(missing).join('; '));
    const { rates } = sample.whole;
    return { unit: 's', times, distances, missing, rates, notes: [workload.origin] };
  } finally {
    model.dispose();
  }
}

/** What float64 PyTorch says; the allowance is by how far float32 PyTorch is from it in both layouts. */
async function referenceOf(
  workload: Workload,
  { python, threads, device }: ComparisonOptions & { device: PeerDevice },
): Promise<Reference> {
  const base = { python, threads, device, lif: 'fused' } as const;
  const wide = await usePeer(workload, { ...base, layout: 'nchw', dtype: 'float64' }, (peer) =>
    sampleOfPeer(peer, workload),
  );
  const narrow: Outputs[] = [];
  for (const layout of LAYOUTS)
    narrow.push(await usePeer(workload, { ...base, layout }, (peer) => peer.outputs()));
  const allowed = allowance(narrow.map((outputs) => distance(outputs, wide.whole)));
  return { ...wide, name: 'float64 PyTorch', allowed };
}

async function usePeer<T>(
  workload: Workload,
  options: Parameters<typeof Peer.open>[1],
  use: (peer: Peer) => Promise<T>,
): Promise<T> {
  const peer = await Peer.open(workload, options);
  try {
    return await use(peer);
  } finally {
    peer.close();
  }
}

async function sampleOfPeer(peer: Peer, workload: Workload): Promise<Sample> {
  const crops: Outputs[] = [];
  for (const { batch } of cropsOf(workload)) crops.push(await peer.outputs(batch));
  return { whole: await peer.outputs(), crops };
}

/** Opens a family in both layouts, checks and times it, and ends it. */
async function timeFamily(
  ours: Contestant,
  family: PeerFamily,
  {
    workload,
    reference,
    options,
  }: { workload: Workload; reference: Reference; options: ComparisonOptions & { device: PeerDevice } },
): Promise<{ times: PairTimes[]; distances: Record<string, Distances> }> {
  const { python, threads, device, pairs, mode, onProgress } = options;
  const { lif, environment, limited } = FAMILIES[family];
  const peers: Peer[] = [];
  try {
    const contestants: Contestant[] = [];
    const distances: Record<string, Distances> = {};
    for (const layout of LAYOUTS) {
      const name = `${family} ${layout}`;
      onProgress(`${name}: opening`);
      const peer = await Peer.open(workload, { python, threads, device, layout, lif, environment });
      peers.push(peer);
      if (limited && (await peer.about()).capability !== 'AVX2')
        throw new UnsupportedError(`${family}: this PyTorch cannot be limited to AVX2`);
      // Other shapes would make the compiler compile again, for shapes that vary: not what is to be timed.
      const sample =
        lif === 'compiled' ? { whole: await peer.outputs() } : await sampleOfPeer(peer, workload);
      distances[name] = checked(name, sample, reference);
      const run = async (): Promise<number> =>
        (mode === 'train' ? await peer.train(0) : await peer.infer()).seconds;
      contestants.push({ name, run });
    }
    return { times: await interleave(ours, contestants, { pairs, warmUps: 2, onProgress }), distances };
  } finally {
    for (const peer of peers) peer.close();
  }
}
