// Weights and networks for other programs: `import { exportNir } from 'sgs-snn/interchange'`.
export { checkNir, type NirCheck } from './nir/check.js';
export { type NirConventions } from './nir/conventions.js';
export { exportNir, type NirExport, type NirExportOptions } from './nir/export.js';
export { type NirFinding } from './nir/finding.js';
export { type NirArray, type NirGraph, type NirMetadata, type NirNode } from './nir/graph.js';
export { importNir, type ImportedNetwork } from './nir/import/import.js';
export { decodeNir, readNir } from './nir/read.js';
export { runNir, type NirInput, type NirRun, type NirRunOptions, type NirTrace } from './nir/run.js';
export { nirVerdicts, type NirVerdict, type NirVerdictRow } from './nir/verdicts.js';
export { stateDictNames, type StateDictNames } from './state-dict.js';
export { loadWeights, saveWeights, WEIGHT_NAMES, type WeightNames } from './weights-file.js';
