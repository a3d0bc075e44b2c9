// Facts of a diagnosis: one batch through a network, from inside. Numbers only; checks/ say what they mean. Tests:
// test/diagnosis/diagnose.test.ts.
import type { Batch } from '../data/dataset.js';
import type { Engine, LayerProbe, Model, ModelSettings } from '../engines/engine.js';
import { type Coverage, coverage } from '../measures/coverage.js';
import { cosineWith, finiteDifference } from '../measures/finite-difference.js';
import { type GradientNoise, gradientNoise } from '../measures/gradient-noise.js';
import { withoutPenalties } from '../measures/without-penalties.js';
import type { TensorMap } from '../network/parameters.js';
import type { EpochRow, Outcome } from '../records/record.js';

/** A parameter: how much of it learns, and how large gradient and values are. */
export interface ParameterFacts extends Coverage {
  /** Norm of its gradient. */
  gradientNorm: number;
  /** Root mean square of its values. */
  rms: number;
}

/** A finite-difference gradient beside that of the surrogate. */
export interface AlignmentFacts {
  parameter: string;
  /** Values that were moved, and how far. */
  probes: number;
  epsilon: number;
  /** Null where one of the gradients is zero. */
  cosine: number | null;
}

/** The training behind a record. */
export interface TrainingFacts {
  rows: readonly EpochRow[];
  outcome: Pick<Outcome, 'status' | 'reason'>;
  /** That were asked for. */
  epochs: number;
}

/** All that the checks know. */
export interface Facts {
  network: string;
  settings: ModelSettings;
  classes: number;
  /** Of the batch. */
  examples: number;
  /** Mean classification loss on it, batch norms with its moments; not finite where the network overflows. */
  loss: number;
  /** Share classified correctly, likewise. */
  accuracy: number;
  /** Layers that spike, in the order of the network. */
  layers: LayerProbe[];
  /** In the order of the network, without the row of all together. */
  parameters: ParameterFacts[];
  /** χ: the share of all parameters with a gradient. */
  coverage: number;
  /** Left out where it was not asked for. */
  alignment?: AlignmentFacts;
  /** Left out where the batch is too small to be parted. */
  noise?: GradientNoise;
  /** Of an update in training, where it is known. */
  batchSize?: number;
  training?: TrainingFacts;
}

/** Measurements besides one forward and backward pass. */
export interface LookOptions {
  /** Values moved for finite differences, two training passes each; 0: none. */
  probes: number;
  /** Distance of a move. */
  epsilon: number;
  seed: number;
  onProgress?(event: { done: number; total: number; label: string }): void;
  signal?: AbortSignal;
}

/** Parts of the batch whose gradients are compared. Batch norms see a part each: smaller ones would change more than noise. */
const PARTS = 4;
const SMALLEST_PART = 5;

/** Looks at a batch. Changes nothing: the model is a copy without penalties on weights. */
export async function look(
  engine: Engine,
  model: Pick<Model, 'network' | 'settings'>,
  weights: TensorMap,
  batch: Batch,
  { probes, epsilon, seed, onProgress, signal }: LookOptions,
): Promise<Omit<Facts, 'batchSize' | 'training'>> {
  const { network, settings } = model;
  return withoutPenalties(engine, model, weights, async (plain) => {
    const examples = batch.labels.length;
    const layers = await plain.probe(batch);
    const { classification, correct, gradients } = await plain.gradients(batch);
    const covered = coverage(gradients);
    const noise = await noiseOf(plain, batch);
    const facts = {
      network: network.name,
      settings,
      classes: network.classes,
      examples,
      loss: classification,
      accuracy: correct / examples,
      layers,
      parameters: covered.slice(0, -1).map((row) => ({
        ...row,
        gradientNorm: norm(gradients[row.parameter].data),
        rms: norm(weights[row.parameter].data) / Math.sqrt(row.size),
      })),
      coverage: covered.at(-1)!.share,
      ...(noise && { noise }),
    };
    if (probes === 0 || !Number.isFinite(classification)) return facts;
    const found = await finiteDifference(plain, batch, {
      ...{ probes, epsilon, seed, signal },
      onProgress: (done, total) => onProgress?.({ done, total, label: 'finite differences' }),
    });
    const { parameter, indices } = found;
    const cosine = cosineWith(found, gradients);
    return { ...facts, alignment: { parameter, probes: indices.length, epsilon, cosine } };
  });
}

const norm = (values: ArrayLike<number>): number => {
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += values[i] ** 2;
  return Math.sqrt(squares);
};

/** The noise among the gradients of equal parts of a batch; what is left over is left out. */
async function noiseOf(model: Model, batch: Batch): Promise<GradientNoise | undefined> {
  const size = Math.floor(batch.labels.length / PARTS);
  if (size < SMALLEST_PART) return undefined;
  const gradients: TensorMap[] = [];
  for (let part = 0; part < PARTS; part++)
    gradients.push((await model.gradients(partOf(batch, part * size, size))).gradients);
  return gradientNoise(gradients, size);
}

/** Some examples of a batch, of every frame where it has frames. */
export function partOf({ x, shape, labels }: Batch, first: number, count: number): Batch {
  const frames = shape.length === 5 ? shape[0] : 1;
  const size = x.length / frames / labels.length;
  const part = new Float32Array(frames * count * size);
  for (let t = 0; t < frames; t++) {
    const from = (t * labels.length + first) * size;
    part.set(x.subarray(from, from + count * size), t * count * size);
  }
  return {
    x: part,
    shape: [...shape.slice(0, -4), count, ...shape.slice(-3)],
    labels: labels.slice(first, first + count),
  };
}
