// Facts of a network in which nothing is wrong, to be changed by a test.
import type { LayerProbe } from '../../src/engines/engine.js';
import type { Facts } from '../../src/diagnosis/facts.js';
import { experiment } from '../../src/experiment/experiment.js';
import { sampleRows } from './records.js';

/** A layer of two steps. */
export const sampleLayer = (layer: string, more: Partial<LayerProbe> = {}): LayerProbe => ({
  ...{ layer, spikeRate: [0.25, 0.3], gradientNorm: [0.01, 0.02], windowDensity: [0.4, 0.5] },
  ...{ negativeScales: [0, 0], dead: 0.01, saturated: 0, deadAt: [0.1, 0.2], saturatedAt: [0, 0.03] },
  ...more,
});

/** Facts whose checks find nothing. */
export const sampleFacts = (more: Partial<Facts> = {}): Facts => ({
  network: 'sample',
  settings: experiment({ steps: 2 }),
  classes: 10,
  examples: 100,
  loss: 1.5,
  accuracy: 0.6,
  layers: [sampleLayer('a'), sampleLayer('b'), sampleLayer('c')],
  parameters: [{ parameter: 'a.weight', size: 400, share: 1, gradientNorm: 0.1, rms: 0.05 }],
  coverage: 1,
  alignment: { parameter: 'a.weight', probes: 64, epsilon: 0.1, cosine: 0.5 },
  noise: { signal: 0.1, noise: 50, scale: 500 },
  batchSize: 50,
  training: { rows: sampleRows(3), outcome: { status: 'done' }, epochs: 3 },
  ...more,
});
