// An entry of the bench's log, made up.
import type { Entry } from '../../bench/entry.js';

/** An entry with what a test needs changed. */
export const entryWith = (changes: Partial<Entry> = {}): Entry => ({
  version: 1,
  time: '2026-01-02T03:04:05.678Z',
  measure: 'train-i',
  title: 'training step, 5-conv net',
  point: 'i',
  unit: 's',
  times: [
    { peer: 'eager nchw', ours: [1, 1, 1], theirs: [4, 4, 4] },
    { peer: 'eager nhwc', ours: [1, 1, 1], theirs: [2, 2.5, 3] },
    { peer: 'compiled nchw', ours: [1, 1, 1], theirs: [1.25, 1.25, 1.25] },
  ],
  ratios: { 'eager nchw': 4, 'eager nhwc': 2.5, 'compiled nchw': 1.25 },
  targets: { eager: { least: 2.4, aim: 3 } },
  rates: { lif1: 0.125, lif2: 0.1 },
  distances: { ours: { whole: { loss: 0, rates: 0, logits: 0, gradients: 0 } } },
  missing: [],
  notes: [],
  ...{ pairs: 7, threads: 2, engine: 'event', build: 'fma', load: 0.5, node: '20.19.0', tfjs: '4.22.0' },
  machine: { cpu: 'Some CPU', cores: 2, memory: 8, platform: 'linux x64' },
  pytorch: { version: '2.6.0+cpu', python: '3.11.0', capability: 'AVX2', oneDNN: true },
  commit: '0123456789abcdef0123456789abcdef01234567',
  dirty: false,
  ...changes,
});
