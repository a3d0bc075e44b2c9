// Engines that plan their memory: they know the needs of a run before anything is computed, and refuse plans that do not fit.
import type { Engine } from './engine.js';

const PLANNING: readonly string[] = ['event', 'webgpu'];

/** Whether an engine is one of them; the others keep what they are asked to, as long as there is memory. */
export const plansMemory = ({ numerics: { engine } }: Pick<Engine, 'numerics'>): boolean =>
  PLANNING.includes(engine);
