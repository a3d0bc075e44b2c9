// Engines: `import { openEngine } from 'sgs-snn/engines'`.
export type {
  Engine,
  Evaluation as ModelEvaluation,
  LayerActivity,
  LayerProbe,
  Model,
  ModelSettings,
  ModelState,
  Numerics,
  StepResult,
  Tuning,
} from './engine.js';
export { ENGINE_NAMES, openEngine, type EngineName, type EngineOptions } from './open.js';
