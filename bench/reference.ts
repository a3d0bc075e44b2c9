// The values that all sides are held against before anything is timed: of crops strictly, of the whole batch as far as
// rounding lets spikes agree.
import type { Engine, Model } from '../src/engines/engine.js';
import {
  assertEqual,
  combine,
  distance,
  outputsOf,
  STRICT,
  type Distance,
  type Outputs,
} from './agreement.js';
import { cropsOf } from './crops.js';
import { median } from './pairs.js';
import type { Workload } from './workloads.js';

/** What one side says of a workload. */
export interface Sample {
  whole: Outputs;
  /** Of {@link cropsOf}, in order. */
  crops: Outputs[];
}

/** Values to hold sides against. */
export interface Reference extends Sample {
  /** For people. */
  name: string;
  /** How far a side may be from `whole`. */
  allowed: Distance;
}

/** Distances of a side; of the crops the median, so that one crop may hold a spike at the threshold. */
export interface Distances {
  whole: Distance;
  crops?: Distance;
}

/** What an engine says of a workload; `model` is the workload's own. */
export async function sampleOf(engine: Engine, workload: Workload, model: Model): Promise<Sample> {
  const crops: Outputs[] = [];
  for (const { network, settings, weights, batch } of cropsOf(workload)) {
    const small = engine.createModel(network, settings, weights);
    try {
      crops.push(await outputsOf(small, batch));
    } finally {
      small.dispose();
    }
  }
  return { whole: await outputsOf(model, workload.batch), crops };
}

/**
 * Demands that a side computes what the reference does.
 *
 * @param sample - without crops where they cannot be had
 * @throws DisagreementError naming what is too far apart
 */
export function checked(
  side: string,
  sample: Pick<Sample, 'whole'> & Partial<Sample>,
  reference: Reference,
): Distances {
  const whole = distance(sample.whole, reference.whole);
  if (!sample.crops) {
    assertEqual(side, whole, reference.allowed, reference.name);
    return { whole };
  }
  const crops = combine(
    sample.crops.map((crop, i) => distance(crop, reference.crops[i])),
    median,
  );
  assertEqual(`${side}, crops`, crops, STRICT, reference.name);
  assertEqual(side, whole, reference.allowed, reference.name);
  return { whole, crops };
}
