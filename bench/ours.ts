// Our side: an engine by name, and a model as a contestant.
import type { Engine, Model } from '../src/engines/engine.js';
import { openEngine, type EngineName } from '../src/engines/open.js';
import type { Contestant } from './pairs.js';
import type { Workload } from './workloads.js';

/** What the bench runs. */
export type Mode = 'train' | 'infer';

/** Opens an engine with a number of threads; `tfjs` on wasm, which has one. */
export function openOurs(engine: string, threads: number): Promise<Engine> {
  const name = engine as EngineName; // openEngine says which there are
  return openEngine(name === 'tfjs' ? { engine: name, backend: 'wasm' } : { engine: name, threads });
}

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
