// Runs one measure of the table.
import type { Engine } from '../src/engines/engine.js';
import { UnsupportedError } from '../src/errors.js';
import type { FoundPyTorch } from './about.js';
import { measureActivity } from './activity.js';
import type { MeasureOptions } from './arguments.js';
import type { Findings } from './findings.js';
import { compareMemory } from './memory.js';
import { MEASURES, type Measure, type MeasureName } from './measures.js';
import { NETWORKS } from './networks.js';
import { compareWithPyTorch } from './pytorch.js';
import { compareWithTfjs } from './tfjs.js';
import { POINT_ONE, pointOne, pointTwo, type Workload } from './workloads.js';

/** What every measure may need. */
export interface Tools extends Pick<MeasureOptions, 'pairs' | 'threads' | 'peers'> {
  engine: Engine;
  /** The engine's name, for a process of its own. */
  engineName: string;
  /** Undefined where there is none. */
  pytorch?: FoundPyTorch;
  onProgress(text: string): void;
}

/**
 * Runs a measure.
 *
 * @throws UnsupportedError when something that it needs is missing: what to do
 * @throws DisagreementError when ours does not compute what the others do
 */
export async function runMeasure(name: MeasureName, tools: Tools): Promise<Findings> {
  const measure = MEASURES[name];
  const { pairs, threads, engine, engineName, peers: families, onProgress } = tools;
  switch (measure.kind) {
    case 'pytorch': {
      const options = { pairs, threads, families, onProgress, python: pythonOf(tools), mode: measure.mode };
      return compareWithPyTorch(engine, await workloadOf(measure, engine), options);
    }
    case 'memory': {
      if (engineName === 'webgpu')
        throw new UnsupportedError(
          'it measures the memory of a process, which a card is not part of; `sgs doctor` says what a network takes there',
        );
      const options = { threads, families, onProgress, python: pythonOf(tools) };
      return compareMemory(engineName, { network: measure.network, ...POINT_ONE }, options);
    }
    case 'tfjs':
      return compareWithTfjs(engine, await pointOne(engine, NETWORKS[measure.network](), TFJS_BATCH), {
        pairs,
        onProgress,
      });
    case 'activity': {
      const { channels, size } = measure;
      return measureActivity({ in: channels, out: channels, size }, { pairs, threads, onProgress });
    }
  }
}

/** TensorFlow.js keeps every tensor of the step: more images do not fit into the memory of its wasm backend. */
const TFJS_BATCH = 16;

async function workloadOf(
  { point, network }: Extract<Measure, { point: unknown }>,
  engine: Engine,
): Promise<Workload> {
  return point === 'i' ? pointOne(engine, NETWORKS[network]()) : pointTwo(network);
}

function pythonOf({ pytorch }: Tools): string {
  if (!pytorch) throw new UnsupportedError('it needs PyTorch, see above');
  return pytorch.python;
}
