// Imports of the notebooks of studies: `import { openStudy, show } from 'sgs-snn/studies'`.
export { initPlotly, plot } from '../display/plot.js';
export { show } from '../display/show.js';
export { table } from '../display/table.js';
export { openStudy, type StudyName, type StudyView } from './open.js';
export { Part } from './part.js';
export type { SettingValues } from './sweep-analysis/chosen.js';
export { PRESET_NAMES, type PresetName } from '../sweep/presets/presets.js';
export { type DatasetName } from '../data/sets/index.js';
