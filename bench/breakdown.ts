// Time of a training step by kernel: the event engine's kernels, timed one op at a time.
import { createEventEngine } from '../src/engines/event/engine.js';
import type { BreakdownOptions } from './arguments.js';
import { NETWORKS } from './networks.js';
import { median } from './pairs.js';
import { pointOne, pointTwo } from './workloads.js';

const WARM_UPS = 2;
const STEPS = 7;

/** Prints the milliseconds of each kernel in a step (median of seven steps) and their share. */
export async function breakdown({ network, point, threads }: BreakdownOptions): Promise<void> {
  let step: Map<string, number> | undefined;
  const engine = await createEventEngine({
    threads,
    onOp: (kernel, seconds) => step?.set(kernel, (step.get(kernel) ?? 0) + seconds),
  });
  try {
    const workload = point === 'i' ? await pointOne(engine, NETWORKS[network]()) : pointTwo(network);
    const model = engine.createModel(workload.network, workload.settings, workload.weights);
    const steps: Map<string, number>[] = [];
    const whole: number[] = [];
    for (let i = 0; i < WARM_UPS + STEPS; i++) {
      step = new Map();
      const started = performance.now();
      await model.trainStep(workload.batch, 0);
      if (i < WARM_UPS) continue;
      whole.push((performance.now() - started) / 1000);
      steps.push(step);
    }
    model.dispose();
    const all = median(whole);
    const line = (name: string, seconds: number): void =>
      console.log(
        `${name.padEnd(34)} ${(seconds * 1000).toFixed(1).padStart(8)} ms ${((100 * seconds) / all).toFixed(1).padStart(6)} %`,
      );
    console.log(`${workload.name}; ${engine.description}; median of ${STEPS} steps`);
    const kernels = [...steps[0].keys()].map((name) => ({
      name,
      seconds: median(steps.map((each) => each.get(name)!)),
    }));
    for (const { name, seconds } of kernels.sort((a, b) => b.seconds - a.seconds)) line(name, seconds);
    line('all else', all - kernels.reduce((sum, { seconds }) => sum + seconds, 0));
    line('step', all);
  } finally {
    engine.dispose();
  }
}
