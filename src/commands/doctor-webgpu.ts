// The part of `sgs doctor` about engine webgpu: the card, whether it computes right, what it holds, what ResNet-19 would need, and from
// which size on `--engine auto` takes it. Tests: test/commands/reach.slow.ts.
import { createEventEngine } from '../engines/event/engine.js';
import { createWebgpuEngine, trial } from '../engines/webgpu/engine.js';
import { Gpu } from '../engines/webgpu/gpu.js';
import { largestBinding } from '../engines/webgpu/plan.js';
import { measureSizes, wrongOf } from '../engines/webgpu/try.js';
import { gainsFrom, readTuning, writeTuning } from '../engines/webgpu/tuning.js';
import { UnsupportedError } from '../errors.js';
import { experiment } from '../experiment/experiment.js';
import { resnet19 } from '../network/architectures.js';
import type { Finding } from './findings.js';

const gib = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(2)} GiB`;

/** Looks at the card; with `tune` it is measured against engine event, and that is kept. */
export async function webgpuFindings(tune: boolean): Promise<Finding[]> {
  const needed = resnetNeeds();
  const card = await lookAtCard();
  if ('mark' in card) return [card, needed.finding];
  const { software, limits } = card;
  const fits = needed.bytes <= limits.memory && needed.binding <= limits.binding;
  const engine = await createWebgpuEngine();
  try {
    const wrong = software ? undefined : await wrongOf(engine);
    const name = engine.description.replace('engine webgpu, ', '');
    return [
      {
        ...{ mark: software ? '–' : wrong === undefined ? '✓' : '✗', what: 'card' },
        found: `${name}: ${software ? 'for tests' : (wrong ?? 'a training step is right')}`,
      },
      {
        ...{ mark: '✓', what: 'memory' },
        found: `${gib(limits.memory)} for a model, ${gib(limits.binding)} for one of its signals`,
      },
      { ...needed.finding, mark: fits ? '✓' : '✗' },
      await autoFinding(!software && wrong === undefined, tune),
    ];
  } finally {
    engine.dispose();
  }
}

/** What there is, or why there is nothing and what to do. */
async function lookAtCard(): Promise<{ software: boolean; limits: Gpu['limits'] } | Finding> {
  try {
    const gpu = await Gpu.open();
    const { limits, description } = gpu;
    gpu.dispose();
    return { software: description.software, limits };
  } catch (error) {
    if (!(error instanceof UnsupportedError)) throw error;
    const [found, remedy] = error.message.replace('engine webgpu: ', '').split('; ');
    return { mark: '–', what: 'card', found, remedy };
  }
}

function resnetNeeds(): { finding: Finding; bytes: number; binding: number } {
  const network = resnet19({ classes: 10 });
  const key = { batch: 100, training: true, dynamicInput: false };
  const plan = trial(network, experiment({ steps: 2 }), key);
  const { work, update, end } = plan;
  const binding = largestBinding(plan);
  const found = `T = 2, batch 100: ${work.length + update.length} dispatches a step, ${gib(end)}, the largest signal ${gib(binding)}`;
  return { finding: { mark: '–', what: network.name, found }, bytes: end, binding };
}

async function autoFinding(usable: boolean, tune: boolean): Promise<Finding> {
  const what = '--engine auto';
  if (!usable) return { mark: '–', what, found: 'never takes it: there is nothing to gain' };
  if (tune) await measureAndKeep();
  const tuning = readTuning();
  if (!tuning)
    return { mark: '–', what, found: 'does not take it: not measured', remedy: 'sgs doctor --tune' };
  const from = gainsFrom(tuning);
  const times = tuning.measured
    .map(({ network, event, webgpu }) => `${network} ${event.toFixed(3)} s, here ${webgpu.toFixed(3)} s`)
    .join('; ');
  return from === undefined
    ? { mark: '–', what, found: `does not take it: engine event is faster (${times})` }
    : {
        mark: '✓',
        what,
        found: `takes it from ${from.toLocaleString('en')} MACs a step on (event: ${times})`,
      };
}

async function measureAndKeep(): Promise<void> {
  const [event, webgpu] = [await createEventEngine(), await createWebgpuEngine()];
  try {
    const { backend, build } = webgpu.numerics;
    writeTuning({ backend, build, measured: await measureSizes({ event, webgpu }) });
  } finally {
    event.dispose();
    webgpu.dispose();
  }
}
