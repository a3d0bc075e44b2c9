// Pictures of what a network does: `import { inspect, look, rasterFigure } from 'sgs-snn'`.
export { architectureFigure } from './architecture.js';
export { filterImages } from './filters.js';
export { gradientFlow } from './gradient-flow.js';
export { inspect } from './inspect.js';
export { lifFigure } from './lif-trace.js';
export { look, type LayerLook } from './look.js';
export { potentialFigure } from './potentials.js';
export { rasterFigure } from './raster.js';
export { weightHistogram } from './weights.js';
