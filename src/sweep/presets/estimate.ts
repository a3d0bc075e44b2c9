// Estimates the time of trainings from throughput measured on this processor: of finished records, else of a few steps.
import { experimentNetwork } from '../../experiment/network.js';
import { datasets, loadableName } from '../../data/sets/index.js';
import { openEngine, type EngineOptions } from '../../engines/open.js';
import type { Experiment } from '../../experiment/experiment.js';
import { canonicalJson } from '../../hash.js';
import { initialWeights } from '../../network/initialise.js';
import { stream } from '../../random.js';
import type { Machine } from '../../records/provenance.js';
import type { RunRecord } from '../../records/record.js';

/** Examples a second in training, and where that was measured. */
export interface Throughput {
  imagesPerSecond: number;
  source: string;
}

/** Examples of the two parts of a data set as it is published. */
export const officialSize = (name: string): Parts => datasets[loadableName(name)].sizes;

/** Examples of a training and a test part. */
export interface Parts {
  train: number;
  test: number;
}

/**
 * Examples that an experiment sees of a data set.
 *
 * @param whole - how many the data set has here; default its official size
 */
export function partsOf({ data }: Experiment, whole: Parts = officialSize(data.name)): Parts {
  const train = Math.min(whole.train, data.trainLimit ?? Infinity);
  return {
    train: Math.round(train * (1 - data.validation)),
    test: Math.min(whole.test, data.testLimit ?? Infinity) + Math.round(train * data.validation),
  };
}

/** What throughput depends on: the same for trainings that differ in data limits, epochs, seed or strengths. */
export const throughputKey = ({ network, data, steps, neuron, batchSize }: Experiment): string =>
  canonicalJson({ network, data: data.name, steps, surrogate: neuron.surrogate, batchSize });

/**
 * The throughput of all cores, from finished runs of the same kind on such a processor: the median of the last epochs, each as
 * many times as there are cores for its threads. Undefined without any: a record that does not say its threads tells nothing.
 */
export function recordedThroughput(
  runs: readonly RunRecord[],
  wanted: Experiment,
  here: Pick<Machine, 'cpu' | 'cores'>,
): Throughput | undefined {
  const key = throughputKey(wanted);
  const rates = runs
    .filter(
      ({ outcome, experiment, machine }) =>
        outcome.status === 'done' && machine.cpu === here.cpu && throughputKey(experiment) === key,
    )
    .flatMap(({ rows, machine: { threads } }) => {
      const last = rows.at(-1)?.imagesPerSecond;
      return threads === undefined || last === undefined ? [] : [last * Math.max(1, here.cores / threads)];
    })
    .sort((a, b) => a - b);
  if (rates.length === 0) return undefined;
  return {
    imagesPerSecond: rates[Math.floor(rates.length / 2)],
    source: `${rates.length} ${rates.length === 1 ? 'record' : 'records'} of this processor`,
  };
}

/** Examples of a measured step: enough to fill the kernels, few enough for any memory. */
const MEASURED_BATCH = 16;
/** Steps that are measured; the fastest counts, because other work on the machine only slows them. */
const MEASURED_STEPS = 4;

/** Measures a few training steps on random numbers, after one that warms up. */
export async function measureThroughput(
  experiment: Experiment,
  options: Pick<EngineOptions, 'engine' | 'backend' | 'threads'> = {},
): Promise<Throughput> {
  const { shape, classes: names, kind } = datasets[loadableName(experiment.data.name)];
  const classes = names.length;
  const network = experimentNetwork(experiment, shape, classes);
  const engine = await openEngine({ ...options, network, settings: experiment });
  const model = engine.createModel(network, experiment, initialWeights(network, experiment.seed));
  try {
    const batch = Math.min(MEASURED_BATCH, experiment.batchSize);
    const frames = kind === 'frames' ? experiment.steps : undefined;
    const dimensions = [...(frames === undefined ? [] : [frames]), batch, ...shape];
    const random = stream(0, 'probe', 'throughput');
    const size = dimensions.reduce((product, n) => product * n, 1);
    const x = Float32Array.from({ length: size }, () => random.normal());
    const labels = Int32Array.from({ length: batch }, (_, i) => i % classes);
    const step = () => model.trainStep({ x, shape: dimensions, labels }, 1e-3);
    await step();
    let fastest = Infinity;
    for (let i = 0; i < MEASURED_STEPS; i++) {
      const started = performance.now();
      await step();
      fastest = Math.min(fastest, performance.now() - started);
    }
    return {
      imagesPerSecond: (1000 * batch) / fastest,
      source: `the fastest of ${MEASURED_STEPS} steps of ${batch}, now`,
    };
  } finally {
    model.dispose();
    engine.dispose();
  }
}

/** What a test pass costs of a training pass: forward only, of forward, input gradients and weight gradients. */
const TEST_SHARE = 1 / 3;

/** Seconds of a training: epochs × (training examples + a third for each example tested), evaluations not counted. */
export const trainingSeconds = (
  { epochs }: Experiment,
  { train, test }: Parts,
  { imagesPerSecond }: Throughput,
): number => (epochs * (train + TEST_SHARE * test)) / imagesPerSecond;
