// Cost of neurons of equations: a training step of the 5-conv net with each, at the spike rates of LIF.
//
// The kernels of neurons do the same at any rate, and all others the same for any neuron at equal rates. So a step at the rates of
// LIF is the neurons' kernels of each neuron and the rest of the step of LIF; both are measured op by op, in processor time of one
// thread, which a loaded machine disturbs least, the neurons in turn, and the least of all rounds counts.
import { createEventEngine } from '../src/engines/event/engine.js';
import type { Model } from '../src/engines/engine.js';
import { withNeurons } from '../src/network/architectures.js';
import { initialWeights } from '../src/network/initialise.js';
import { modelOf, type NeuronChoice } from '../src/neurons/settings.js';
import type { NeuronsOptions } from './arguments.js';
import { fiveConv } from './networks.js';
import { normalBatch, POINT_ONE, settingsFor } from './workloads.js';

const OWN_WINDOW = { name: 'ownWindow', parameters: { a: 1 }, derivative: 'where(abs(u) < a / 2, 1 / a, 0)' };
const OWN_SIGMOID = {
  ...{ name: 'ownSigmoid', parameters: { k: 4 } },
  derivative: 'k * exp(-k * abs(u)) / (1 + exp(-k * abs(u)))^2',
};
const gradient = { surrogate: { name: 'rectangle' as const }, delta: 0.2, scaleFloor: null };
const lif = { tau: 0.5, theta: 1, reset: 'hard' as const, detachReset: false };

/** What is measured, by name; the first two by kernels that are written by hand, and each other against one of them. */
const CASES: Record<string, { neuron: NeuronChoice; against?: string }> = {
  lif: { neuron: { ...lif, ...gradient } },
  'lif, sigmoid': { neuron: { ...lif, ...gradient, surrogate: { name: 'sigmoid' } } },
  'lif, own window': { neuron: { ...lif, ...gradient, surrogate: OWN_WINDOW }, against: 'lif' },
  'lif, own sigmoid': { neuron: { ...lif, ...gradient, surrogate: OWN_SIGMOID }, against: 'lif, sigmoid' },
  plif: { neuron: { model: modelOf('plif'), ...gradient }, against: 'lif' },
  clif: { neuron: { model: modelOf('clif'), ...gradient }, against: 'lif' },
  glif: { neuron: { model: modelOf('glif'), ...gradient }, against: 'lif' },
};

/** Processor time of this process, seconds. */
function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

const isNeurons = (kernel: string): boolean => /^neurons|\/described/.test(kernel);

/** Seconds of a step: forward and backward of the neurons, and the rest. */
interface Parts {
  forward: number;
  backward: number;
  rest: number;
}

/** Prints what a step takes with each neuron, and how that compares. */
export async function neurons({ rounds }: NeuronsOptions): Promise<void> {
  let step: Parts = { forward: 0, backward: 0, rest: 0 };
  let last = processorTime();
  const engine = await createEventEngine({
    threads: 1,
    onOp(kernel) {
      const now = processorTime();
      const seconds = now - last; // with what the calling thread did before it
      last = now;
      const part = !isNeurons(kernel) ? 'rest' : /Backward/.test(kernel) ? 'backward' : 'forward';
      step[part] += seconds;
    },
  });
  const batch = normalBatch(fiveConv(), POINT_ONE.batchSize);
  const models = Object.entries(CASES).map(([name, { neuron }]): [string, Model] => {
    const network = 'model' in neuron ? withNeurons(fiveConv(), neuron.model) : fiveConv();
    const settings = { ...settingsFor(POINT_ONE.steps), neuron };
    return [name, engine.createModel(network, settings, initialWeights(network, 1))];
  });
  const best: Record<string, Parts> = {};
  for (let round = -1; round < rounds; round++)
    for (const [name, model] of models) {
      step = { forward: 0, backward: 0, rest: 0 };
      last = processorTime();
      await model.trainStep(batch, 0);
      if (round < 0) continue; // compiles, warms up
      const old = best[name] ?? step;
      best[name] = {
        forward: Math.min(old.forward, step.forward),
        backward: Math.min(old.backward, step.backward),
        rest: Math.min(old.rest, step.rest),
      };
    }
  console.log(
    `${engine.description}; 5-conv net, T = 4, batch 64; least of ${rounds}, milliseconds of processor time`,
  );
  console.log('neuron              forward backward    step   of its like');
  for (const [name, { against }] of Object.entries(CASES)) {
    const stepOf = (which: string): number => best[which].forward + best[which].backward + best.lif.rest;
    const ratio = against === undefined ? '' : `${(stepOf(name) / stepOf(against)).toFixed(3)} of ${against}`;
    const cells = [best[name].forward, best[name].backward, stepOf(name)];
    console.log(
      `${name.padEnd(19)} ${cells.map((seconds) => (seconds * 1000).toFixed(1).padStart(7)).join('  ')}   ${ratio}`,
    );
  }
  for (const [, model] of models) model.dispose();
  engine.dispose();
}
