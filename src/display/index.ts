// Display functions for notebooks: `import { initPlotly, plot, table } from 'sgs-snn/display'`. Outside a notebook the same calls
// print plain text.
export { findings } from './findings.js';
export { markdown } from './markdown.js';
export { initPlotly, plot, showImages, type PlotOptions } from './plot.js';
export { renderTable, table, type TableInput, type TableOptions } from './table.js';
export { show, SHOWN, type Showable } from './show.js';
export { examplePictures, type ExampleSettings } from './examples.js';
export { progressBar, reportProgress, type ProgressBar } from './progress/progress.js';
