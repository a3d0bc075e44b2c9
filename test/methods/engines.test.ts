// Every method in both presets on engines event and plain: two updates of a tiny network.
import test, { type ExecutionContext } from 'ava';
import type { Batch } from '../../src/data/dataset.js';
import { type Engine, type StepResult } from '../../src/engines/engine.js';
import { openEngine } from '../../src/engines/open.js';
import { type Experiment, experiment } from '../../src/experiment/experiment.js';
import { experimentNetwork } from '../../src/experiment/network.js';
import { composeMethods } from '../../src/methods/compose.js';
import { METHOD_PRESETS, methods, type MethodPreset } from '../../src/methods/index.js';
import { initialWeights } from '../../src/network/initialise.js';
import type { Network } from '../../src/network/layers.js';
import { normals } from '../helpers/tensors.js';

const BASE = { network: { architecture: 'convNet', width: 0.0625, convolutions: 2 } } as const;
const SHAPE: [number, number, number] = [8, 8, 3];
const BATCH: Batch = {
  x: normals('x', 4 * 8 * 8 * 3),
  shape: [4, ...SHAPE],
  labels: Int32Array.from([0, 1, 2, 3]),
};
/** Relative: engine event computes in 32 bits. */
const TOLERANCE = 1e-6;

const named = methods.flatMap((method) =>
  METHOD_PRESETS.filter((as) => as === 'equal' || method.own).map((as) => ({ name: method.name, as })),
);

/** The losses before, between and after two updates. */
async function lossesOf(engine: Engine, network: Network, settings: Experiment): Promise<number[]> {
  const model = engine.createModel(network, settings, initialWeights(network, 2));
  const steps: StepResult[] = [];
  for (let i = 0; i < 3; i++) steps.push(await model.trainStep(BATCH, 1e-2));
  model.dispose();
  return steps.map(({ loss }) => loss);
}

async function agree(t: ExecutionContext, as: MethodPreset): Promise<void> {
  const [event, plain] = await Promise.all([
    openEngine({ engine: 'event', threads: 1 }),
    openEngine({ engine: 'plain' }),
  ]);
  let worst = 0;
  for (const { name } of named.filter((one) => one.as === as)) {
    const settings = experiment(composeMethods(BASE, [name], as));
    const network = experimentNetwork(settings, SHAPE, 10);
    const [ours, theirs] = [
      await lossesOf(event, network, settings),
      await lossesOf(plain, network, settings),
    ];
    for (const [i, loss] of ours.entries()) {
      const off = Math.abs(loss - theirs[i]) / theirs[i];
      worst = Math.max(worst, off);
      t.true(off < TOLERANCE, `${name}, ${as}, update ${i}: ${loss}, plain ${theirs[i]}`);
    }
    // Of a rate before a threshold far above all currents nothing is learned on so few images: plif and stl as their authors have them.
    if (!SILENT.includes(name) || as === 'equal')
      t.not(ours[2], ours[0], `${name}, ${as}: nothing is learned`);
  }
  t.log(`${as}: worst ${worst.toExponential(1)}`);
  event.dispose();
  plain.dispose();
}

const SILENT = ['plif', 'stl'];

for (const as of METHOD_PRESETS)
  test.serial(`engines event and plain agree on every method, preset ${as}: three losses within 1e-6`, (t) =>
    agree(t, as),
  );
