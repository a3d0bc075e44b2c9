// A compiled plan: from network, settings and batch size to a list of dispatches and a layout of memory whose size is known before
// anything runs.
import type { Batch } from '../../data/dataset.js';
import {
  movesAllAlike,
  optimizerFor,
  type OptimizerSettings,
  rateFor,
} from '../../learning/optimizers/index.js';
import type { Network } from '../../network/layers.js';
import type { ModelSettings } from '../engine.js';
import type { Region } from '../plan/arena.js';
import { blocksOf, LANES } from '../plan/geometry.js';
import { toDense } from '../plan/layout.js';
import { compileNetwork } from '../plan/network.js';
import { stretchesOf } from '../plan/parameters.js';
import type { Machine } from '../plan/planner.js';
import type { PlanKey } from '../plan/plans.js';
import { pixelsOf } from '../plan/signal.js';
import type { Dispatch } from './dispatch.js';
import { stepNumbers, updateParameters } from './kernels/optimizer.js';
import { moveRunning } from './kernels/norm.js';
import { ownKinds } from './layers/index.js';
import { lower } from './lower/index.js';
import { ALIGNMENT, type ModelLayout } from './model-layout.js';
import { GpuPlanner } from './planner.js';

/** This engine, as plans see it. */
const MACHINE: Machine<GpuPlanner> = {
  engine: 'webgpu',
  instead: 'event',
  alignment: ALIGNMENT,
  own: ownKinds,
  lower,
};

/** A plan, ready to run any number of times. */
export interface GpuPlan {
  planner: GpuPlanner;
  /** A pass: forward, and in training loss and gradients. */
  work: Dispatch[];
  /** What moves parameters and running statistics behind a training pass. */
  update: Dispatch[];
  /** One past the highest address. */
  end: number;
  /** What to write where before a run. */
  load(batch: Batch): { region: Region; values: Float32Array | Uint32Array }[];
}

/** Compiles a plan behind a model's regions. Pure: nothing is allocated or run. */
export function compilePlan(
  layout: ModelLayout,
  network: Network,
  settings: ModelSettings,
  key: PlanKey,
): GpuPlan {
  const { parameters, parametersAt, gradientsAt } = layout;
  const options = { ...key, network, settings, layout, parameters, parametersAt, gradientsAt };
  const planner = new GpuPlanner({ ...options, arenaStart: layout.end }, MACHINE);
  const input = compileNetwork(planner);
  const floats = blocksOf(input.channels) * pixelsOf(input) * LANES;
  let dense: Float32Array | undefined; // once for all batches: what is written is copied at once
  return {
    planner,
    work: planner.work,
    update: key.training ? [...updateOf(layout, settings), ...planner.after] : [],
    end: planner.arena.peak,
    load({ x, labels }) {
      dense ??= new Float32Array(floats);
      toDense(x, input.channels, dense);
      return [
        { region: input.region, values: dense },
        { region: planner.labels, values: Uint32Array.from(labels) },
      ];
    },
  };
}

/** Bytes of the largest range that a dispatch is bound to. */
export const largestBinding = ({ work, update }: Pick<GpuPlan, 'work' | 'update'>): number =>
  [...work, ...update].reduce(
    (most, { regions }) => regions.reduce((more, { bytes }) => Math.max(more, bytes), most),
    0,
  );

function updateOf(layout: ModelLayout, settings: ModelSettings): Dispatch[] {
  const { statistics, running, seen } = layout;
  const moves = updatesOf(layout, settings);
  if (statistics.size === 0) return moves;
  return [...moves, moveRunning(running, seen, running.bytes / 4, settings.batchNorm.momentum)];
}

/** All parameters at once, or weights and what neurons learn apart, where those are moved otherwise. */
function updatesOf(layout: ModelLayout, { optimizer }: ModelSettings): Dispatch[] {
  const { parameters, parametersAt, gradientsAt, slotsAt, step } = layout;
  const whole = { offset: 0, floats: parameters.floats, ofNeurons: false };
  return (movesAllAlike(optimizer) ? [whole] : stretchesOf(parameters)).map(
    ({ offset, floats, ofNeurons }) => {
      const within = (address: number): Region => ({ address: address + offset * 4, bytes: floats * 4 });
      const role = ofNeurons ? 'neuron' : 'weight';
      return updateParameters(
        {
          ...{ parameters: within(parametersAt), gradients: within(gradientsAt), slots: slotsAt.map(within) },
          step: { address: step.address + (ofNeurons ? ALIGNMENT : 0), bytes: ALIGNMENT },
        },
        optimizerFor({ role }, optimizer),
        floats,
      );
    },
  );
}

/** What changes from step to step, as it lies there: of weights, then of what neurons learn. */
export function numbersOf(
  settings: OptimizerSettings,
  learningRate: number,
  update: number,
): Float32Array<ArrayBuffer> {
  const numbers = new Float32Array((2 * ALIGNMENT) / 4);
  for (const [i, role] of (['weight', 'neuron'] as const).entries()) {
    const [own, rate] = [optimizerFor({ role }, settings), rateFor({ role }, settings, learningRate)];
    numbers.set(stepNumbers(own, rate, update), (i * ALIGNMENT) / 4);
  }
  return numbers;
}
