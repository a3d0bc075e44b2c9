// A compiled plan: from network, settings and batch size to a list of dispatches and a layout of memory whose size is known before
// anything runs.
import type { Batch } from '../../data/dataset.js';
import type { Network } from '../../network/layers.js';
import type { ModelSettings } from '../engine.js';
import type { Region } from '../plan/arena.js';
import { blocksOf, LANES } from '../plan/geometry.js';
import { toDense } from '../plan/layout.js';
import { compileNetwork } from '../plan/network.js';
import type { Machine } from '../plan/planner.js';
import type { PlanKey } from '../plan/plans.js';
import { pixelsOf } from '../plan/signal.js';
import type { Dispatch } from './dispatch.js';
import { updateParameters } from './kernels/optimizer.js';
import { moveRunning } from './kernels/norm.js';
import { ownKinds } from './layers.js';
import { lower } from './lower/index.js';
import { ALIGNMENT, type ModelLayout, wholeRegion } from './model-layout.js';
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
  return {
    planner,
    work: planner.work,
    update: key.training ? [...updateOf(layout, settings), ...planner.after] : [],
    end: planner.arena.peak,
    load({ x, labels }) {
      const dense = new Float32Array(floats);
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
  const { parameters, parametersAt, gradientsAt, slotsAt, statistics, running, seen, step } = layout;
  const whole = (address: number): Region => wholeRegion(layout, address);
  const regions = { parameters: whole(parametersAt), gradients: whole(gradientsAt), step };
  const move = updateParameters(
    { ...regions, slots: slotsAt.map(whole) },
    settings.optimizer,
    parameters.floats,
  );
  if (statistics.size === 0) return [move];
  return [move, moveRunning(running, seen, running.bytes / 4, settings.batchNorm.momentum)];
}
