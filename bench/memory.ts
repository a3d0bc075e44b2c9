// Peak memory of a training step: ours in a process of its own, and PyTorch's.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { UnsupportedError } from '../src/errors.js';
import { initialWeights } from '../src/initialise.js';
import type { PeerFamily } from './arguments.js';
import { NETWORKS, type NetworkName } from './networks.js';
import { Peer } from './peer.js';
import { FAMILIES, LAYOUTS } from './pytorch.js';
import { normalBatch, settingsFor } from './workloads.js';

/** What is measured. */
export interface MemoryCase {
  network: NetworkName;
  steps: number;
  batchSize: number;
}

/** Bytes of our side. */
export interface OurMemory {
  /** What the engine says before a training begins. */
  planned: number;
  /** The most that the process held in a warm step, less what it held before the model was made. */
  measured: number;
}

/** Measures our side in a fresh process. */
export async function ourMemory(
  engine: string,
  threads: number,
  { network, steps, batchSize }: MemoryCase,
): Promise<OurMemory> {
  const script = fileURLToPath(new URL('./memory-process.ts', import.meta.url));
  const words = [engine, threads, network, steps, batchSize].map(String);
  const { stdout } = await promisify(execFile)(process.execPath, [...process.execArgv, script, ...words]);
  return JSON.parse(stdout) as OurMemory;
}

/** Bytes of each PyTorch peer, with default allocator: what a step adds, and the tensors that live between steps. */
export async function torchMemory(
  { network: name, steps, batchSize }: MemoryCase,
  options: {
    python: string;
    threads: number;
    families: readonly PeerFamily[];
    onProgress(text: string): void;
  },
): Promise<{ bytes: Record<string, { growth: number; kept: number }>; missing: Record<string, string> }> {
  const network = NETWORKS[name]();
  const workload = {
    name,
    network,
    settings: settingsFor(steps),
    weights: initialWeights(network, 1),
    batch: normalBatch(network, batchSize),
  };
  const bytes: Record<string, { growth: number; kept: number }> = {};
  const missing: Record<string, string> = {};
  for (const family of options.families) {
    if (FAMILIES[family].environment) continue; // a tuned allocator keeps what was freed
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
        missing[family] = error.message;
      }
    }
  }
  return { bytes, missing };
}
