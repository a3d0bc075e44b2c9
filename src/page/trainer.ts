// The page's worker: trains, and looks inside the network while it trains and afterwards.
// Tests: test/page/page.slow.ts.
import { makeBatch } from '../data/batches.js';
import { loadDataset } from '../data/sets/load.js';
import { shapes10 } from '../data/sets/shapes10.js';
import { splitExamples } from '../data/split.js';
import type { Model } from '../engines/engine.js';
import { SettingsError } from '../errors.js';
import { type Experiment, parseExperiment } from '../experiment/experiment.js';
import { experimentNetwork } from '../experiment/network.js';
import { look } from '../inspection/look.js';
import { evaluateExamples } from '../measures/accuracy.js';
import { initialWeights } from '../network/initialise.js';
import type { TensorMap } from '../network/parameters.js';
import { isEquations } from '../neurons/settings.js';
import { setOrigin } from '../records/browser/provenance.js';
import { formatRecord } from '../records/text.js';
import { train } from '../training/train.js';
import { Engines } from './engines.js';
import { layerPicture } from './inside.js';
import { memoryRuns } from './memory-runs.js';
import type { Asked, EngineChoice, Report } from './messages.js';
import { Points } from './points.js';
import { watchedEngine } from './watched-engine.js';

/** Images to choose from: test images, of which the network is trained on none. */
const gallery = shapes10({ train: 10, test: 20 });
/** Images that are looked at in one go: the chosen one, and others that batch norm sees beside it. */
const LOOKED_AT = 5;
/** Shortest time from one look to the next while a network trains, milliseconds. Changes no result. */
const LOOK_EVERY = 500;
/** How much longer the training goes on after a look than the look took. */
const REST = 6;

let engines: Engines;
/** Of the last training that came to its end. */
let trained: { network: string; weights: TensorMap } | undefined;
let image = 0;
/** When a network that trains is looked at again. */
let lookAgain = 0;

const send = (message: Report): void => (globalThis as unknown as Worker).postMessage(message);

/** Looks at the chosen image. */
async function lookAt(model: Model, { neuron, steps }: Experiment): Promise<void> {
  const started = performance.now();
  const chosen = image;
  const { count } = gallery.test;
  const beside = Int32Array.from({ length: LOOKED_AT }, (_, i) => (chosen + i) % count);
  const batch = makeBatch(gallery, 'test', beside, { steps });
  const layers = await look(model, batch, { neurons: Infinity }).catch((error: unknown) => {
    if (error instanceof SettingsError) return []; // its neurons do not spike
    throw error;
  });
  const all = Int32Array.from({ length: count }, (_, i) => i);
  const { predictions } = await evaluateExamples(model, gallery, 'test', all);
  send({
    ...{ kind: 'inside', theta: isEquations(neuron) ? null : neuron.theta },
    ...{ layers: layers.map(layerPicture), predictions: [...predictions] },
  });
  const ended = performance.now();
  if (image === chosen) lookAgain = ended + Math.max(LOOK_EVERY, REST * (ended - started));
}

/** Looks at what was trained last, or at the beginning of a training, by these settings. */
async function show(given: unknown, choice: EngineChoice): Promise<void> {
  const asked = parseExperiment(given);
  const engine = await engines.take(choice);
  const network = experimentNetwork(asked, gallery.shape, gallery.classes.length);
  const fits = trained !== undefined && trained.network === JSON.stringify(network);
  const model = engine.createModel(
    network,
    asked,
    fits ? trained!.weights : initialWeights(network, asked.seed),
  );
  try {
    await lookAt(model, asked);
  } finally {
    model.dispose();
  }
}

async function trainNow(
  { run, settings, engine: choice }: Extract<Asked, { kind: 'train' }>,
  signal: AbortSignal,
): Promise<void> {
  const asked = parseExperiment(settings);
  const dataset = await loadDataset(asked.data);
  const engine = await engines.take(choice);
  const runs = memoryRuns();
  const { batchSize, epochs } = asked;
  const stepsPerEpoch = Math.floor(splitExamples(dataset, asked.data).train.length / batchSize);
  const points = new Points({ batchSize, stepsPerEpoch }, (point) =>
    send({ kind: 'point', run, point, epochs }),
  );
  const watching = watchedEngine(engine, async (model, result) => {
    points.add(result);
    if (performance.now() >= lookAgain) await lookAt(model, asked);
  });
  const record = await train(asked, {
    ...{ engine: watching, dataset, runs, signal },
    onNote: () => undefined, // the record keeps what there is to say
    onProgress: ({ row }) =>
      row && send({ kind: 'tested', run, epoch: row.epoch, accuracy: row.testAccuracy }),
  });
  const { id, outcome, weightsDigest } = record;
  send({
    ...{
      kind: 'ended',
      run,
      id,
      status: outcome.status,
      digest: weightsDigest,
      record: formatRecord(record),
    },
    ...{ accuracy: outcome.testAccuracy ?? null, reason: outcome.reason ?? null },
  });
  if (outcome.status !== 'done') return;
  const network = experimentNetwork(asked, dataset.shape, dataset.classes.length);
  trained = { network: JSON.stringify(network), weights: runs.readWeights(id) };
  await show(asked, choice);
}

async function open({ origin, settings }: Extract<Asked, { kind: 'open' }>): Promise<void> {
  setOrigin(origin);
  engines = await Engines.open();
  const { shape, test, classes } = gallery;
  send({
    ...{ kind: 'ready', engines: engines.offered },
    gallery: { size: shape[0], bytes: test.data, labels: [...test.labels], classes },
  });
  await show(settings, 'event');
}

let stopping = new AbortController();
let latest: Asked | undefined;
let queue: Promise<unknown> = Promise.resolve();

/** Does what was asked, unless something else has been asked since. */
async function obey(asked: Asked, signal: AbortSignal): Promise<void> {
  if (asked !== latest) return;
  switch (asked.kind) {
    case 'open':
      return open(asked);
    case 'set':
      return show(asked.settings, asked.engine);
    case 'train':
      return trainNow(asked, signal);
    case 'look':
    case 'stop':
      return;
  }
}

addEventListener('message', ({ data }: MessageEvent<Asked>) => {
  if (data.kind === 'look') {
    image = data.image;
    lookAgain = 0; // at once, where a network trains
    return;
  }
  stopping.abort();
  stopping = new AbortController();
  latest = data;
  const { signal } = stopping;
  queue = queue
    .then(() => obey(data, signal))
    .catch((error: unknown) => {
      if ('engine' in data && data.engine === 'webgpu') engines.drop('webgpu');
      send({ kind: 'failed', message: (error as Error).message });
    });
});
