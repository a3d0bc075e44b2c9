// Our side: an engine by name, and a model as a contestant.
import type { Engine, Model } from '../src/engines/engine.js';
import { openEngine, type EngineName } from '../src/engines/open.js';
import type { Contestant } from './pairs.js';
import type { PeerDevice } from './peer.js';
import type { Workload } from './workloads.js';

/** What the bench runs. */
export type Mode = 'train' | 'infer';

/** Opens an engine, `event` with a number of threads; `tfjs` on wasm, which has one. */
export function openOurs(name: string, threads: number): Promise<Engine> {
  const engine = name as EngineName; // openEngine says which there are
  if (engine === 'event') return openEngine({ engine, threads });
  return openEngine(engine === 'tfjs' ? { engine, backend: 'wasm' } : { engine });
}

/** Where PyTorch computes to be compared with an engine: the card's by the card. */
export const deviceOfPeers = ({ numerics }: Pick<Engine, 'numerics'>): PeerDevice =>
  numerics.engine === 'webgpu' ? 'cuda' : 'cpu';

/**
 * A model that is timed. The learning rate is 0: a step costs the same, and the weights, hence the spike rates, stay
 * those of the operating point.
 */
export function contestantOf(name: string, model: Model, { batch }: Workload, mode: Mode): Contestant {
  return {
    name,
    async run() {
      const started = performance.now();
      if (mode === 'train') await model.trainStep(batch, 0);
      else await model.evaluate(batch);
      return (performance.now() - started) / 1000;
    },
  };
}
