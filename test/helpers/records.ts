// A valid run record, evaluation record and checkpoint to start tests from.
import type { Numerics } from '../../src/engines/engine.js';
import { experiment, type ExperimentInput } from '../../src/experiment/experiment.js';
import { sha256 } from '../../src/hash.js';
import type { ResultRow } from '../../src/measures/index.js';
import type { TensorMap } from '../../src/network/parameters.js';
import { stream } from '../../src/random.js';
import type { Checkpoint } from '../../src/records/checkpoint.js';
import {
  type EpochRow,
  evaluationId,
  type EvaluationRecord,
  type EvaluationSettings,
  outcomeOf,
  RECORD_VERSION,
  runId,
  type RunRecord,
  type Status,
  type Stop,
} from '../../src/records/record.js';
import { weightsDigest } from '../../src/records/safetensors.js';

export const numerics: Numerics = {
  engine: 'tfjs',
  backend: 'wasm',
  build: 'plain',
  version: 1,
  deterministic: true,
};

const provenance = {
  machine: { cpu: 'a CPU', cores: 2, memory: 8, platform: 'linux x64' },
  versions: { node: '20.19.0', package: '0.1.0', tfjs: '4.22.0' },
  commit: 'a'.repeat(40),
  dirty: false,
};

/** Weights of a small layer, different for each seed. */
export function sampleWeights(seed = 0): TensorMap {
  const random = stream(seed, 'probe', 'weights');
  const values = (n: number): Float32Array => Float32Array.from({ length: n }, () => random.normal());
  return {
    'conv1.weight': { shape: [4, 3, 3, 3], data: values(108) },
    'conv1.bias': { shape: [4], data: values(4) },
  };
}

/** Rows of so many epochs; accuracies rise to the last but one epoch and then fall. */
export function sampleRows(epochs: number, validation = true): EpochRow[] {
  return Array.from({ length: epochs }, (_, i) => {
    const accuracy = Math.min(0.9, 0.5 + (i === epochs - 1 ? 0.01 : 0.02) * i);
    return {
      epoch: i + 1,
      learningRate: 0.001 / (i + 1),
      trainLoss: 2.3 / (i + 1) + 1 / 3,
      trainAccuracy: accuracy,
      lipschitz: 0.125,
      ...(validation && { validationLoss: 2, validationAccuracy: accuracy / 2 }),
      testLoss: 2.1,
      testAccuracy: accuracy,
      seconds: 12.5,
      imagesPerSecond: 640,
    };
  });
}

/** What a sample run can differ in. */
export interface SampleRunOptions {
  settings?: ExperimentInput;
  status?: Status;
  stop?: Stop;
  rows?: EpochRow[];
  /** Seed of the weights. */
  weights?: number;
}

/** A run record, valid in all that can be checked. */
export function sampleRun({
  settings = {},
  status = 'done',
  stop,
  rows,
  weights = 0,
}: SampleRunOptions = {}): RunRecord {
  const whole = experiment({ name: 'sample', epochs: 3, ...settings });
  const kept = rows ?? sampleRows(status === 'done' ? whole.epochs : 1);
  const fingerprint = sha256('data');
  return {
    schema: RECORD_VERSION,
    kind: 'run',
    id: runId(whole, fingerprint, numerics),
    experiment: whole,
    numerics,
    data: {
      name: whole.data.name,
      description: 'made for a test',
      fingerprint,
      split: { name: 'whole', hash: sha256('split'), train: 100, validation: 0, test: 20 },
    },
    parameters: 112,
    macs: 3456,
    rows: kept,
    outcome: outcomeOf(status, kept, stop),
    spikeRates: [{ layer: 'conv1.lif', rates: [0.25, 1 / 3] }],
    weightsDigest: status === 'done' ? weightsDigest(sampleWeights(weights)) : null,
    seconds: 38.25,
    resumed: 0,
    ...provenance,
  };
}

/** Rows of results by kind of evaluation, every form of row that the kind has. */
export const SAMPLE_RESULTS: Record<string, ResultRow[]> = {
  test: [{ examples: 20, accuracy: 0.9, loss: 0.5 }],
  noise: [
    { level: 0, accuracy: 0.9, loss: 0.5, examples: 20 },
    { level: 0.1, accuracy: 0.8, loss: 1 / 3, examples: 20 },
  ],
  confusion: [
    { actual: '</script><b>', predicted: 'disc', count: 3 },
    { actual: 'disc', predicted: 'disc', count: 17 },
  ],
  energy: [
    {
      row: 'layer',
      layer: 'conv1.conv',
      macs: 3456,
      inputRate: 0.25,
      input: 'image',
      synapticOperations: 812.5,
    },
    { row: 'rate', layer: 'conv1.lif', step: 1, rate: 0.25 },
    {
      ...{ row: 'total', meanRate: 0.25, cost: 'int32', firstLayer: 'macOnce', averages: 'ac' },
      ...{ ann: 3.5, snn: 0.25, ratio: 14 },
    },
  ],
  probe: [
    {
      ...{ layer: 'conv1.lif', step: 1, spikeRate: 0.25, gradientNorm: 0.001, windowDensity: 0.5 },
      ...{ negativeScales: 0, dead: 0.125, saturated: 0 },
    },
  ],
  spectra: [
    {
      ...{ row: 'layer', layer: 'conv1.conv', operatorNorm: 2.5, plainNorm: 2, matrixNorm: 1.5 },
      ...{ orthogonality: 0.75, converged: true },
    },
    { row: 'index', operatorNorm: 2.5, plainNorm: 2, matrixNorm: 1.5 },
  ],
  sensitivity: [
    { row: 'logits', rms: 0.01, inputChange: 0.5, logitChange: 1.25, largestGain: 3, changed: 0.1 },
    { row: 'flips', rms: 0.01, inputChange: 0.5, layer: 'conv1.lif', rate: 0.02 },
  ],
  gradients: [
    { delta: 0.01, parameter: 'all', relative: 0.0034 },
    { delta: 0.01, parameter: 'conv1.bias', relative: null },
  ],
  coverage: [{ parameter: 'all', size: 112, share: 0.875 }],
  alignment: [{ epsilon: 0.1, parameter: 'conv1.weight', probes: 64, cosine: -0.25 }],
};

/** An evaluation record of the sample run; without rows where there is no sample of them. */
export function sampleEvaluation(
  evaluation: EvaluationSettings = { kind: 'noise', noise: 'gaussian', levels: [0, 0.1], seed: 1 },
): EvaluationRecord {
  const run = sampleRun();
  const subject = {
    of: run.id,
    weightsDigest: run.weightsDigest ?? '',
    evaluation,
    dataFingerprint: run.data.fingerprint,
  };
  return {
    schema: RECORD_VERSION,
    kind: 'evaluation',
    id: evaluationId(subject),
    ...subject,
    numerics,
    results: structuredClone(SAMPLE_RESULTS[evaluation.kind] ?? []),
    seconds: 1.5,
    ...provenance,
  };
}

/** An evaluation of a run with these rows. */
export const evaluationOf = (
  run: RunRecord,
  kind: EvaluationSettings['kind'],
  results: EvaluationRecord['results'],
  more: Partial<EvaluationSettings> = {},
): EvaluationRecord => ({
  ...sampleEvaluation({ kind: 'energy' }),
  evaluation: { ...more, kind },
  of: run.id,
  id: run.id.replace('run', `eval-${kind}`),
  results,
});

/** A checkpoint in the middle of the sample run's second epoch. */
export function sampleCheckpoint(seed = 0): Checkpoint {
  const weights = sampleWeights(seed);
  const slots = sampleWeights(seed + 1);
  return {
    runId: sampleRun().id,
    numerics,
    epoch: 1,
    step: 7,
    rows: sampleRows(1),
    partial: { loss: 12.1 / 3, lipschitz: 0.1 + 0.2, correct: 41, seen: 70, seconds: 3.5 },
    resumed: 2,
    seconds: 99.125,
    state: {
      weights,
      optimizer: { 'conv1.weight/m': slots['conv1.weight'], 'conv1.weight/v': weights['conv1.weight'] },
      updates: 17,
    },
  };
}
