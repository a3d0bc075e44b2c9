// Time of a training step by kernel: those of engine event on the clock of this machine, one op at a time; those of engine webgpu on the
// card's own, each in a pass of its own.
import type { Engine } from '../src/engines/engine.js';
import { createEventEngine } from '../src/engines/event/engine.js';
import { createWebgpuEngine } from '../src/engines/webgpu/engine.js';
import type { GpuModel } from '../src/engines/webgpu/model.js';
import { SettingsError } from '../src/errors.js';
import type { BreakdownOptions } from './arguments.js';
import { NETWORKS } from './networks.js';
import { median } from './pairs.js';
import { pointOne, pointTwo, type Workload } from './workloads.js';

const WARM_UPS = 2;
const STEPS = 7;

/** A step: seconds of the whole by the clock, and of each kernel. */
interface StepTimes {
  whole: number;
  kernels: Map<string, number>;
}

/** Prints the milliseconds of each kernel in a step (median of seven steps) and their share. */
export async function breakdown({ network, point, threads, engine: name }: BreakdownOptions): Promise<void> {
  const { engine, timesOf } = await open(name, threads);
  try {
    const workload = point === 'i' ? await pointOne(engine, NETWORKS[network]()) : pointTwo(network);
    const steps = await timesOf(workload);
    console.log(`${workload.name}; ${engine.description}; median of ${STEPS} steps`);
    print(steps.slice(WARM_UPS));
  } finally {
    engine.dispose();
  }
}

function print(steps: StepTimes[]): void {
  const all = median(steps.map(({ whole }) => whole));
  const line = (name: string, seconds: number): void =>
    console.log(
      `${name.padEnd(34)} ${(seconds * 1000).toFixed(1).padStart(8)} ms ${((100 * seconds) / all).toFixed(1).padStart(6)} %`,
    );
  const kernels = [...steps[0].kernels.keys()].map((name) => ({
    name,
    seconds: median(steps.map((each) => each.kernels.get(name)!)),
  }));
  for (const { name, seconds } of kernels.sort((a, b) => b.seconds - a.seconds)) line(name, seconds);
  line('all else', all - kernels.reduce((sum, { seconds }) => sum + seconds, 0));
  line('step', all);
}

interface Timed {
  engine: Engine;
  /** Steps, the first ones to warm up. */
  timesOf(workload: Workload): Promise<StepTimes[]>;
}

async function open(name: string, threads: number): Promise<Timed> {
  if (name === 'event') return openEvent(threads);
  if (name === 'webgpu') return openCard();
  throw new SettingsError(`engine ${name} tells no times of kernels; take event or webgpu`);
}

async function openEvent(threads: number): Promise<Timed> {
  let kernels: Map<string, number> | undefined;
  const onOp = (kernel: string, seconds: number): void => void add(kernels, kernel, seconds);
  const engine = await createEventEngine({ threads, onOp });
  const timesOf = async ({ network, settings, weights, batch }: Workload): Promise<StepTimes[]> => {
    const model = engine.createModel(network, settings, weights);
    const steps: StepTimes[] = [];
    while (steps.length < WARM_UPS + STEPS) {
      kernels = new Map();
      const whole = await secondsOf(() => model.trainStep(batch, 0));
      steps.push({ whole, kernels });
    }
    model.dispose();
    return steps;
  };
  return { engine, timesOf };
}

/** Whole steps and timed ones in turn: passes of their own cost a step more than its kernels take. */
async function openCard(): Promise<Timed> {
  const engine = await createWebgpuEngine();
  const timesOf = async ({ network, settings, weights, batch }: Workload): Promise<StepTimes[]> => {
    const model = engine.createModel(network, settings, weights) as GpuModel;
    const steps: StepTimes[] = [];
    while (steps.length < WARM_UPS + STEPS) {
      const whole = await secondsOf(() => model.trainStep(batch, 0));
      const kernels = new Map<string, number>();
      for (const { kernel, nanoseconds } of await model.timedStep(batch, 0))
        add(kernels, kernel, nanoseconds / 1e9);
      steps.push({ whole, kernels });
    }
    model.dispose();
    return steps;
  };
  return { engine, timesOf };
}

const add = (kernels: Map<string, number> | undefined, kernel: string, seconds: number): unknown =>
  kernels?.set(kernel, (kernels.get(kernel) ?? 0) + seconds);

async function secondsOf(run: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await run();
  return (performance.now() - started) / 1000;
}
