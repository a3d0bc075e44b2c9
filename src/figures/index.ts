// Making figures and tables: `import { band, theme } from 'sgs-snn/figures'`.
export { networkStem, networkTitle } from './by-network.js';
export { EXPORT_FORMATS, exportRows, type ExportFormat } from './export.js';
export { heatmap } from './heatmap.js';
export { imageGrid, type Picture } from './images.js';
export { logTicks } from './log-ticks.js';
export { originOf } from './origin.js';
export { panels, type Panel } from './panels.js';
export { readPaper, type PaperFile } from './paper.js';
export { renderPng, renderSvg } from './render/render.js';
export { saveFigure, saveSummary, saveTable } from './save.js';
export { formatNumber, toCsv, toHtml, toMarkdown, toTable } from './table.js';
export { axis, label, PALETTE, theme, type Figure, type Layout, type Trace } from './theme.js';
export { band, bars, line, points } from './traces.js';
export { trainingSet } from './training-note.js';
