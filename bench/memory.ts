// Peak memory of a training step: ours in a process of its own, and PyTorch's.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { UnsupportedError } from '../src/errors.js';
import { initialWeights } from '../src/network/initialise.js';
import { FAMILIES, LAYOUTS, whyMissing } from './families.js';
import type { Findings } from './findings.js';
import { NETWORKS, type NetworkName } from './networks.js';
import { Peer } from './peer.js';
import type { ComparisonOptions } from './pytorch.js';
import { normalBatch, settingsFor, type Workload } from './workloads.js';

/** What is measured. */
export interface MemoryCase {
  network: NetworkName;
  steps: number;
  batchSize: number;
}

/** Bytes of our side. */
interface OurMemory {
  /** What the engine says before a training begins. */
  planned: number;
  /** The most that the process held in a warm step, less what it held before the model was made. */
  measured: number;
}

/** Measures our side in a fresh process. */
async function ourMemory(
  engine: string,
  threads: number,
  { network, steps, batchSize }: MemoryCase,
): Promise<OurMemory> {
  const script = fileURLToPath(new URL('./memory-process.js', import.meta.url));
  const words = [engine, threads, network, steps, batchSize].map(String);
  const { stdout } = await promisify(execFile)(process.execPath, [...process.execArgv, script, ...words]);
  return JSON.parse(stdout) as OurMemory;
}

/**
 * Compares the peak memory of a training step. No pairs: the bytes of one warm step, which do not vary with the
 * machine's load.
 */
export async function compareMemory(
  engine: string,
  workload: MemoryCase,
  options: Pick<ComparisonOptions, 'python' | 'threads' | 'families' | 'onProgress'>,
): Promise<Findings> {
  options.onProgress('ours');
  const { planned, measured } = await ourMemory(engine, options.threads, workload);
  const { bytes, missing } = await torchMemory(workload, options);
  const times = Object.entries(bytes).map(([peer, { growth, kept }]) => ({
    ...{ peer, ours: [measured], theirs: [growth + kept] },
  }));
  if (times.length === 0) throw new UnsupportedError(Object.values(missing).join('; '));
  const mebibytes = (value: number): string => `${(value / 2 ** 20).toFixed(0)} MiB`;
  const notes = [
    `ours: ${mebibytes(measured)} measured, ${mebibytes(planned)} planned`,
    ...Object.entries(bytes).map(
      ([peer, { growth, kept }]) =>
        `${peer}: a step adds ${mebibytes(growth)} to ${mebibytes(kept)} of tensors that live between steps`,
    ),
  ];
  return { unit: 'B', times, distances: {}, rates: {}, missing, notes };
}

/** Bytes of each PyTorch peer, with default allocator: what a step adds, and the tensors that live between steps. */
async function torchMemory(
  { network: name, steps, batchSize }: MemoryCase,
  options: Parameters<typeof compareMemory>[2],
): Promise<{ bytes: Record<string, { growth: number; kept: number }>; missing: Record<string, string> }> {
  const network = NETWORKS[name]();
  const workload: Workload = {
    ...{ name, origin: 'initial weights' },
    network,
    settings: settingsFor(steps),
    weights: initialWeights(network, 1),
    batch: normalBatch(network, batchSize),
  };
  const bytes: Record<string, { growth: number; kept: number }> = {};
  const missing: Record<string, string> = {};
  for (const family of options.families) {
    if (FAMILIES[family].environment) continue; // a tuned allocator keeps what was freed; fewer instructions change nothing
    for (const layout of LAYOUTS) {
      options.onProgress(`${family} ${layout}`);
      try {
        const peer = await Peer.open(workload, { ...options, lif: FAMILIES[family].lif, layout });
        try {
          bytes[`${family} ${layout}`] = await peer.memory();
        } finally {
          peer.close();
        }
      } catch (error) {
        if (!(error instanceof UnsupportedError)) throw error;
        missing[family] = whyMissing(family, error);
      }
    }
  }
  return { bytes, missing };
}
