// How far an engine is from the stored PyTorch results, and a kernel from its reference: the worst deviation of each
// kind of number, and where.
import type { ExecutionContext } from 'ava';
import type { Engine, LayerProbe, StepResult } from '../../src/engines/engine.js';
import { sizeOf, type TensorMap } from '../../src/network/parameters.js';
import type { GradientCase, GradientCases, Training } from '../fixtures/pytorch.js';

/** The worst deviation of one kind of number, relative to a scale that its kind defines. */
export interface Worst {
  deviation: number;
  where: string;
}

/** The largest absolute value. */
export const largest = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((most, value) => Math.max(most, Math.abs(value)), 0);

/** The largest `|got − want|`; NaN where a value is not a number or the lengths differ. */
function distance(got: ArrayLike<number>, want: ArrayLike<number>): number {
  if (got.length !== want.length) return NaN;
  return Array.from(want).reduce((most, value, i) => {
    const off = Math.abs(got[i] - value);
    return off <= most ? most : off;
  }, 0);
}

/** Collects the worst of each kind. */
export class Agreement {
  private readonly kinds = new Map<string, Worst>();

  /** Compares with a scale: by default the largest `|want|`. */
  compare(
    kind: string,
    where: string,
    got: ArrayLike<number>,
    want: ArrayLike<number>,
    scale: number = largest(want),
  ): void {
    const off = distance(got, want);
    const deviation = off === 0 ? 0 : off / scale; // also where all is zero
    const worst = this.kinds.get(kind);
    if (worst === undefined || !(deviation <= worst.deviation)) this.kinds.set(kind, { deviation, where });
  }

  /** Compares the tensors that are wanted, rounded to float32 as they are stored, each with the scale that `scaleOf` gives. */
  compareTensors(
    kind: string,
    where: string,
    got: TensorMap,
    want: TensorMap,
    scaleOf: (name: string) => number = (name) => largest(want[name].data),
  ): void {
    for (const [name, { data }] of Object.entries(want))
      this.compare(kind, `${where} ${name}`, Float32Array.from(got[name]?.data ?? []), data, scaleOf(name));
  }

  /** The worst of a kind. Throws when nothing of that kind was compared: a check must not pass by absence. */
  worst(kind: string): Worst {
    const worst = this.kinds.get(kind);
    if (worst === undefined) throw new Error(`no ${kind} was compared; there are ${[...this.kinds.keys()]}`);
    return worst;
  }

  /** All kinds on one line. */
  summary(): string {
    return [...this.kinds].map(([kind, { deviation }]) => `${kind} ${deviation.toExponential(1)}`).join(', ');
  }
}

/** Logs what was compared, and fails the test where a kind is further off than it may be. */
export function within(t: ExecutionContext, agreement: Agreement, tolerances: Record<string, number>): void {
  t.log(agreement.summary());
  for (const [kind, tolerance] of Object.entries(tolerances)) {
    const { deviation, where } = agreement.worst(kind);
    t.true(deviation <= tolerance, `${where}: ${kind} is off by ${deviation}, allowed ${tolerance}`);
  }
}

const losses = ({ loss, classification, lipschitz }: StepResult): number[] => [
  loss,
  classification,
  lipschitz,
];

function compareResult(agreement: Agreement, where: string, got: StepResult, want: StepResult): void {
  agreement.compare('loss', where, losses(got), losses(want));
  agreement.compare('correct', where, [got.correct], [want.correct], 1);
}

const PROBED = ['gradientNorm', 'windowDensity', 'negativeScales'] as const;

function compareProbe(
  agreement: Agreement,
  where: string,
  got: LayerProbe[],
  want: GradientCase['probe'],
): void {
  for (const [layer, wanted] of Object.entries(want)) {
    const probe = got.find((candidate) => candidate.layer === layer);
    for (const what of PROBED)
      agreement.compare(what, `${where} ${layer}`, probe?.[what] ?? [], wanted[what]);
  }
}

/**
 * Loss, gradients and probes of the cases of one T, or of some of them.
 *
 * Kinds: `loss` (of the largest of its three parts), `correct`, `gradient` (of the largest of its tensor),
 * `gradientNorm`, `windowDensity`, `negativeScales` (of the largest of its layer).
 */
export async function gradientAgreement(
  engine: Engine,
  group: GradientCases,
  cases: GradientCase[] = group.cases,
): Promise<Agreement> {
  const agreement = new Agreement();
  for (const { surrogate, delta, beta, settings, result, gradients, probe } of cases) {
    const where = `${surrogate}, delta ${delta}, beta ${beta}:`;
    const model = engine.createModel(group.network, settings, group.weights);
    const got = await model.gradients(group.batch);
    compareResult(agreement, where, got, result);
    agreement.compareTensors('gradient', where, got.gradients, gradients);
    // Nothing that is probed depends on the penalty: with one beta is enough.
    if (beta > 0) compareProbe(agreement, where, await model.probe(group.batch), probe);
    model.dispose();
  }
  return agreement;
}

/**
 * Spikes and potentials of every LIF layer at one T.
 *
 * Kinds: `spike` (first example, by neuron and step), `spikeCount` (whole batch, by step), `potential` (absolute,
 * first example).
 */
export async function spikeAgreement(engine: Engine, group: GradientCases): Promise<Agreement> {
  const agreement = new Agreement();
  const model = engine.createModel(group.network, group.cases[0].settings, group.weights);
  const neurons = (layer: string): number => sizeOf(group.potentials[layer].shape.slice(1));
  const traces = Object.fromEntries(
    Object.keys(group.spikes).map((layer) => [layer, Array.from({ length: neurons(layer) }, (_, i) => i)]),
  );
  const probes = await model.probe(group.batch, { traces });
  model.dispose();
  for (const [layer, { shape, data }] of Object.entries(group.spikes)) {
    const probe = probes.find((candidate) => candidate.layer === layer);
    const [steps, count, size] = [shape[0], neurons(layer), sizeOf(shape.slice(1))];
    for (let step = 0; step < steps; step++) {
      const spikes = data.subarray(step * size, (step + 1) * size);
      const potentials = group.potentials[layer].data.subarray(step * count, (step + 1) * count);
      const where = `${layer}, step ${step}`;
      const traced = probe?.traces ?? [];
      agreement.compare(
        'spike',
        where,
        traced.map(({ o }) => o[step]),
        spikes.subarray(0, count),
        1,
      );
      agreement.compare(
        'potential',
        where,
        traced.map(({ v }) => v[step]),
        potentials,
        1,
      );
      const total = spikes.reduce((sum, o) => sum + o, 0);
      agreement.compare(
        'spikeCount',
        where,
        [Math.round((probe?.spikeRate[step] ?? NaN) * size)],
        [total],
        1,
      );
    }
  }
  return agreement;
}

/**
 * Five updates and the inference after them.
 *
 * Kinds: `loss`, `correct` (as above), `weight` and `statistic` (of the largest movement of its tensor), `slot` (of
 * the largest of its tensor), `logit`, `evaluationLoss`, `activity` (counts).
 */
export async function trainingAgreement(engine: Engine, training: Training): Promise<Agreement> {
  const agreement = new Agreement();
  const { start, end, batches, updates, evaluation, settings } = training;
  const model = engine.createModel(training.network, settings, start);
  for (const [i, batch] of batches.entries()) {
    const got = await model.trainStep(batch, settings.optimizer.learningRate);
    compareResult(agreement, `update ${i + 1}`, got, updates[i]);
  }
  const { weights, optimizer } = await model.read();
  const movement = (name: string): number => distance(end[name].data, start[name].data);
  for (const [name, tensor] of Object.entries(end)) {
    const kind = /\.running/.test(name) ? 'statistic' : 'weight';
    agreement.compareTensors(kind, 'after 5 updates:', weights, { [name]: tensor }, movement);
  }
  agreement.compareTensors('slot', 'after 5 updates:', optimizer, training.optimizer);
  const got = await model.evaluate(batches[0], { activity: true });
  model.dispose();
  agreement.compare('logit', 'inference', got.logits, evaluation.logits);
  agreement.compare('evaluationLoss', 'inference', [got.loss], [evaluation.loss]);
  agreement.compare('correct', 'inference', [got.correct], [evaluation.correct], 1);
  for (const want of evaluation.activity) {
    const row = got.activity?.find(({ layer }) => layer === want.layer);
    const counts = ({ nonZero, size, operations = [] }: typeof want): number[] => [
      ...nonZero,
      size,
      ...operations,
    ];
    agreement.compare('activity', `inference ${want.layer}`, row ? counts(row) : [], counts(want), 1);
  }
  return agreement;
}
