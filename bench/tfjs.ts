// Ours against the reference engine on TensorFlow.js, wasm backend: same weights and batch, checked before timed.
import type { Engine } from '../src/engines/engine.js';
import { allowance } from './agreement.js';
import type { Findings } from './findings.js';
import { contestantOf, openOurs } from './ours.js';
import { interleave } from './pairs.js';
import { checked, sampleOf, type Reference } from './reference.js';
import type { Workload } from './workloads.js';

/** How a comparison with TensorFlow.js runs. */
export interface TfjsOptions {
  pairs: number;
  onProgress(text: string): void;
}

/**
 * Times our training step against that of the engine `tfjs`.
 *
 * @throws DisagreementError when the two do not compute the same
 */
export async function compareWithTfjs(
  engine: Engine,
  workload: Workload,
  { pairs, onProgress }: TfjsOptions,
): Promise<Findings> {
  const { network, settings, weights } = workload;
  const tfjs = await openOurs('tfjs', 1);
  const [ours, theirs] = [engine, tfjs].map((side) => side.createModel(network, settings, weights));
  try {
    onProgress('outputs of both');
    const sample = await sampleOf(tfjs, workload, theirs);
    const reference: Reference = { ...sample, name: tfjs.description, allowed: allowance([]) };
    const found = await sampleOf(engine, workload, ours);
    const distances = { ours: checked('ours', found, reference) };
    const [we, they] = [
      contestantOf('ours', ours, workload, 'train'),
      contestantOf('tfjs', theirs, workload, 'train'),
    ];
    const times = await interleave(we, [they], { pairs, warmUps: 1, onProgress });
    return { unit: 's', times, distances, rates: found.whole.rates, missing: {}, notes: [workload.origin] };
  } finally {
    for (const model of [ours, theirs]) model.dispose();
    tfjs.dispose();
  }
}
