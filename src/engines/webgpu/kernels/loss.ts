// The losses of src/learning/losses that judge logits, in one workgroup: a few thousand numbers. Value, how many are right, and the
// gradient, through the readout.
import { type LogitLossSettings, losses, type LossSettings } from '../../../learning/losses/index.js';
import type { Shader } from '../../../learning/losses/loss.js';
import type { Region } from '../../plan/arena.js';
import { blocksOf } from '../../plan/geometry.js';
import { type Dispatch, dispatch, f32, type KernelNumber } from '../dispatch.js';

/** What is judged. */
export interface Judged {
  /** Steps of the outputs: 1 where they are the same at every step. */
  steps: number;
  batch: number;
  classes: number;
  /** Outputs of a class, of which the mean is its logit. */
  voting: number;
  /** The last step alone is read. */
  lastOnly: boolean;
  loss: LossSettings;
}

/** Where all lies: outputs and their gradient dense, one pixel an example; labels u32. */
export interface JudgedRegions {
  outputs: Region;
  labels: Region;
  gradient: Region;
  /** Loss, how many are right, then the value of each term of a list: {@link resultFloats} floats. */
  result: Region;
}

type Term = Pick<LogitLossSettings, 'kind'> & { weight: number; lambda?: number; target?: number };

/** The terms of a loss; of one loss alone: it. Those that judge neurons are refused before. */
export const termsOf = (loss: LossSettings): Term[] =>
  Array.isArray(loss) ? (loss as Term[]) : [{ ...loss, weight: 1 }];

/** Floats of the result. */
export const resultFloats = (loss: LossSettings): number => 2 + termsOf(loss).length;

/** Numbers of a term: its weight, and those of its kind. */
const numbersOf = ({ weight, ...settings }: Term): Record<string, number> => ({
  WEIGHT: weight,
  ...kindOf(settings).numbers(settings as never),
});

/** Names of a term's numbers are followed by its place, so that two terms of a kind have their own. */
const placed = (term: Term, place: number): Record<string, KernelNumber> =>
  Object.fromEntries(Object.entries(numbersOf(term)).map(([name, value]) => [`${name}${place}`, f32(value)]));

const codeOf = (term: Term, place: number): string => {
  const names = Object.keys(numbersOf(term)).join('|');
  return kindOf(term).code.replace(new RegExp(`\\b(?:${names})\\b`, 'g'), `$&${place}`);
};

const kindOf = ({ kind }: Pick<Term, 'kind'>): Shader<never> => losses.get(kind)!.shader;

/** See the head of the file. */
export function loss(judged: Judged, { outputs, labels, gradient, result }: JudgedRegions): Dispatch {
  const { steps, batch, classes, voting, lastOnly } = judged;
  const terms = termsOf(judged.loss);
  const read = lastOnly ? 1 : steps;
  const body = `
var<workgroup> parts: array<f32, 256>;
fn total(i: u32, own: f32) -> f32 {
  workgroupBarrier();
  parts[i] = own;
  workgroupBarrier();
  for (var half = 128u; half > 0u; half >>= 1u) {
    if (i < half) { parts[i] += parts[i + half]; }
    workgroupBarrier();
  }
  return parts[0];
}
fn at(b: u32, t: u32, c: u32) -> u32 { return ((c / 32u * ALL + FIRST + t) * BATCH + b) * 32u + c % 32u; }
fn logit(b: u32, t: u32, c: u32) -> f32 {
  let start = select(t, 0u, t == STEPS);
  let end = select(t + 1u, STEPS, t == STEPS);
  var sum = 0.0;
  for (var s = start; s < end; s++) {
    for (var k = 0u; k < VOTING; k++) { sum += outputs[at(b, s, c * VOTING + k)]; }
  }
  return sum / f32((end - start) * VOTING);
}
/** The largest logit of a row, and Σ exp(z − largest). */
fn soften(b: u32, t: u32) -> vec2f {
  var largest = logit(b, t, 0u);
  for (var c = 1u; c < CLASSES; c++) { largest = max(largest, logit(b, t, c)); }
  var sum = 0.0;
  for (var c = 0u; c < CLASSES; c++) { sum += exp(logit(b, t, c) - largest); }
  return vec2f(largest, sum);
}
fn give(b: u32, t: u32, c: u32, g: f32) {
  for (var k = 0u; k < VOTING; k++) { gradient[at(b, t, c * VOTING + k)] += g / f32(VOTING); }
}
@compute @workgroup_size(256)
fn main(@builtin(local_invocation_index) i: u32) {
  for (var e = i; e < FLOATS; e += 256u) { gradient[e] = 0.0; }
  storageBarrier();
  var sum = 0.0;
  var own = 0.0;
  var whole = 0.0;
  ${terms
    .map(
      (term, k) => `
  own = 0.0;
  for (var b = i; b < BATCH; b += 256u) {${codeOf(term, k)}
  }
  whole = total(i, own);
  sum += WEIGHT${k} * whole;
  if (i == 0u) { result[${2 + k}] = whole; }`,
    )
    .join('')}
  var right = 0.0;
  for (var b = i; b < BATCH; b += 256u) {
    var best = 0u;
    var largest = logit(b, STEPS, 0u);
    for (var c = 1u; c < CLASSES; c++) {
      let value = logit(b, STEPS, c);
      if (value > largest) { best = c; largest = value; }
    }
    right += select(0.0, 1.0, best == labels[b]);
  }
  right = total(i, right);
  if (i == 0u) { result[0] = sum; result[1] = right; }
}`;
  return dispatch(
    'loss',
    [1],
    [
      { name: 'outputs', type: 'f32', region: outputs },
      { name: 'labels', type: 'u32', region: labels },
      { name: 'gradient', type: 'f32', region: gradient },
      { name: 'result', type: 'f32', region: result },
    ],
    {
      ...{ ALL: steps, FIRST: steps - read, STEPS: read, BATCH: batch, CLASSES: classes, VOTING: voting },
      FLOATS: blocksOf(classes * voting) * steps * batch * 32,
      ...Object.assign({}, ...terms.map(placed)),
    },
    body,
  );
}
