// Plans that are compiled to see whether they can be, and what they need. Nothing is allocated. Tests: test/engines/event/model.test.ts.
import { UnsupportedError } from '../../errors.js';
import type { Network } from '../../network/layers.js';
import { placeLayers } from '../../network/shapes.js';
import type { PeakOptions } from '../engine.js';
import { fittingPart } from './fitting.js';
import type { PlanKey } from './plans.js';

/** What such a plan is compiled for: neither activity nor a probe is wanted. */
export type TrialKey = Pick<PlanKey, 'batch' | 'training' | 'dynamicInput'>;

/** The smallest training step: an engine that can compile it can train the network. */
const SMALLEST: TrialKey = { batch: 1, training: true, dynamicInput: false };

/**
 * Why an engine cannot run a network, in words for people; undefined when it can.
 *
 * @throws SettingsError where the network is not sound, which is an error for every engine
 */
export function refusalOf(network: Network, compile: (key: TrialKey) => unknown): string | undefined {
  placeLayers(network);
  try {
    compile(SMALLEST);
    return undefined;
  } catch (error) {
    if (error instanceof UnsupportedError) return error.message;
    throw error;
  }
}

/**
 * Peak bytes of training steps, and of evaluations where some are to be made, which go in parts that fit.
 *
 * @param bytesFor - what a plan needs
 * @param limit - bytes above which a batch is evaluated in parts
 */
export function peakOf(
  bytesFor: (key: TrialKey) => number,
  batchSize: number,
  { frames: dynamicInput = false, evaluation = 0 }: PeakOptions,
  limit: number,
): number {
  const step = bytesFor({ batch: batchSize, training: true, dynamicInput });
  if (evaluation === 0) return step;
  const ofPart = (batch: number): number => bytesFor({ batch, training: false, dynamicInput });
  return Math.max(step, ofPart(fittingPart(evaluation, ofPart, limit)));
}
