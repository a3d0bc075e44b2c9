// The table of measures, and how large each ratio should be.
import type { PeerFamily } from './families.js';
import type { NetworkName } from './networks.js';

/** How large a ratio should be: theirs over ours. */
export interface Target {
  least: number;
  /** More than is demanded. */
  aim?: number;
}

interface Common {
  title: string;
  /** By family of peers; a family without one is only reported. */
  targets: Readonly<Record<string, Target>>;
}
/** A measure. `point` is the operating point of bench/README.md. */
export type Measure =
  | (Common & { kind: 'pytorch'; mode: 'train' | 'infer'; point: 'i' | 'ii'; network: NetworkName })
  | (Common & { kind: 'memory'; point: 'i'; network: NetworkName })
  | (Common & { kind: 'tfjs'; point: 'i'; network: NetworkName })
  | (Common & { kind: 'activity'; channels: number; size: number });

const against = (targets: Partial<Record<PeerFamily, Target>>): Record<string, Target> => ({ ...targets });
/** At 5 % of spikes at most half of the time at 20 %; above 20 % no more than a tenth longer, which is called flat. */
const followsActivity = { '5%': { least: 2 }, '30%': { least: 0.9 }, '50%': { least: 0.9 } };

const measures = {
  'train-i': {
    ...{
      kind: 'pytorch',
      mode: 'train',
      point: 'i',
      network: 'five-conv',
      title: 'training step, 5-conv net',
    },
    targets: against({ eager: { least: 2.4, aim: 3 }, fused: { least: 1.8, aim: 2.2 } }),
  },
  'infer-i': {
    ...{ kind: 'pytorch', mode: 'infer', point: 'i', network: 'five-conv', title: 'inference, 5-conv net' },
    targets: against({ eager: { least: 2.5, aim: 4 } }),
  },
  'train-ii': {
    ...{
      kind: 'pytorch',
      mode: 'train',
      point: 'ii',
      network: 'five-conv',
      title: 'training step, 5-conv net',
    },
    targets: against({ eager: { least: 1.9, aim: 2.6 }, fused: { least: 1.5, aim: 2.1 } }),
  },
  'resnet-ii': {
    ...{ kind: 'pytorch', mode: 'train', point: 'ii', network: 'resnet19' },
    title: 'training step, ResNet-19 width 1/2',
    targets: against({ eager: { least: 1.8, aim: 2.6 } }),
  },
  memory: {
    ...{
      kind: 'memory',
      point: 'i',
      network: 'five-conv',
      title: 'peak memory of the training step, 5-conv net',
    },
    targets: against({ eager: { least: 2, aim: 4 } }),
  },
  'train-tfjs': {
    ...{ kind: 'tfjs', point: 'i', network: 'five-conv', title: 'training step, 5-conv net, batch 16' },
    targets: { tfjs: { least: 10, aim: 20 } },
  },
  activity: {
    ...{ kind: 'activity', channels: 128, size: 16, title: 'convolution 128→128 at 16×16, forward' },
    targets: followsActivity,
  },
  'activity-64': {
    ...{ kind: 'activity', channels: 64, size: 16, title: 'convolution 64→64 at 16×16, forward' },
    targets: followsActivity,
  },
} as const satisfies Record<string, Measure>;

/** The name of a measure, as the command line takes it. */
export type MeasureName = keyof typeof measures;
/** The measures by name. */
export const MEASURES: Readonly<Record<MeasureName, Measure>> = measures;
/** The measures in the order in which they run. */
export const MEASURE_NAMES = Object.keys(measures) as MeasureName[];

/** What the targets are for: nothing else is held against them or written to the log. */
export const TARGET_CONDITIONS = { pairs: 7, threads: 2, engine: 'event', build: 'fma' };

/**
 * Why a run cannot be held against the targets, in words; undefined when it can.
 *
 * @param run - with at least so many pairs, and exactly those threads, that engine and that build
 */
export function notCounted(run: typeof TARGET_CONDITIONS): string | undefined {
  const { pairs, threads, engine, build } = TARGET_CONDITIONS;
  if (run.pairs < pairs) return `${run.pairs} pairs, at least ${pairs} are needed`;
  if (run.threads !== threads) return `${run.threads} threads, the targets are for ${threads}`;
  if (run.engine !== engine) return `engine ${run.engine}, the targets are for ${engine}`;
  if (run.build !== build) return `build ${run.build}, the targets are for ${build}`;
  return undefined;
}
