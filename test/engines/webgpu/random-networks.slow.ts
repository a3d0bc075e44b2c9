// Small networks at random, the same ones every time: the card gives what engine plain (float64) gives, where no decision is so near that
// float32 may take the other.
import fc from 'fast-check';
import type { Engine, Evaluation, GradientResult } from '../../../src/engines/engine.js';
import { createPlainEngine } from '../../../src/engines/plain/engine.js';
import { createWebgpuEngine, unsupportedBy } from '../../../src/engines/webgpu/engine.js';
import type { Batch } from '../../../src/data/dataset.js';
import type { TensorMap } from '../../../src/network/parameters.js';
import { largest } from '../../helpers/agreement.js';
import { type Doubles, FrozenNetwork } from '../../helpers/frozen.js';
import { testOnDriver } from '../../helpers/gpu.js';
import { type Candidate, candidates } from '../../helpers/random-networks.js';
import { batchOf, isSmall, startOf } from '../../helpers/random-starts.js';

const NETWORKS = 60;
/** As in test/engines/random-networks.slow.ts. */
const [MARGIN, AMPLIFIED] = [2e-5, 30];
const LOSS = 2e-5;
const LOGIT = 1e-4;
const GRADIENT = 2e-4;
/** Of the largest gradient, where a batch norm takes the difference of nearly equal ones. */
const ROUNDING = 1e-5;

const test = await testOnDriver();

interface Seen {
  gradients: GradientResult;
  evaluation: Evaluation;
}

async function look(
  on: Engine,
  { network, settings }: Candidate,
  weights: TensorMap,
  batch: Batch,
): Promise<Seen> {
  const model = on.createModel(network, settings, weights);
  const gradients = await model.gradients(batch);
  const evaluation = await model.evaluate(batch, { activity: true });
  model.dispose();
  return { gradients, evaluation };
}

function near(what: string, got: ArrayLike<number>, want: ArrayLike<number>, tolerance: number): void {
  if (got.length !== want.length) throw new Error(`${what}: ${got.length} values, expected ${want.length}`);
  for (let i = 0; i < want.length; i++)
    if (!(Math.abs(got[i] - want[i]) <= tolerance))
      throw new Error(`${what}[${i}] is ${got[i]}, expected ${want[i]} ± ${tolerance}`);
}

const doubles = (tensors: TensorMap): Doubles =>
  Object.fromEntries(Object.entries(tensors).map(([name, { data }]) => [name, Float64Array.from(data)]));

/** Compares a network where some start and batch of it has no near decision. Gives whether it was compared. */
async function check(card: Engine, plain: Engine, candidate: Candidate): Promise<boolean> {
  const { network, settings } = candidate;
  if (unsupportedBy(network, settings) !== undefined) return false;
  for (let attempt = 0; attempt < 6; attempt++) {
    const [weights, batch] = [startOf(candidate, attempt), batchOf(candidate, attempt)];
    const [training, inference] = [true, false].map(
      (way) => new FrozenNetwork(network, settings, batch, way),
    );
    for (const frozen of [training, inference]) frozen.loss(doubles(weights));
    if (Math.min(training.margin, inference.margin) < MARGIN || training.amplified > AMPLIFIED) continue;
    const got = await look(card, candidate, weights, batch);
    const want = await look(plain, candidate, weights, batch);
    const { loss, gradients } = want.gradients;
    near('loss', [got.gradients.loss], [loss], LOSS * Math.max(1, loss));
    const { logits, activity } = want.evaluation;
    near('logits', got.evaluation.logits, logits, LOGIT * Math.max(1, largest(logits)));
    for (const [i, { layer, nonZero }] of activity!.entries())
      near(`activity of ${layer}`, got.evaluation.activity![i].nonZero, nonZero, 0);
    const most = Math.max(1e-12, ...Object.values(gradients).map(({ data }) => largest(data)));
    for (const [name, { data }] of Object.entries(gradients))
      near(
        name,
        got.gradients.gradients[name].data,
        data,
        GRADIENT * Math.max(largest(data), 0.1 * most) + ROUNDING * (0.5 + training.compounded * most),
      );
    return true;
  }
  return false;
}

test(`${NETWORKS} random networks: loss within ${LOSS}, logits within ${LOGIT}, gradients within ${GRADIENT} of engine plain's, activity exact`, async (t) => {
  const [card, plain] = [await createWebgpuEngine(), createPlainEngine()];
  let compared = 0;
  const property = fc.asyncProperty(candidates.filter(isSmall), async (candidate) => {
    try {
      if (await check(card, plain, candidate)) compared++;
    } catch (error) {
      throw new Error(`${(error as Error).message}\n${JSON.stringify(candidate)}`, { cause: error });
    }
  });
  const found = await fc.check(property, { numRuns: NETWORKS, seed: 1 });
  if (found.failed) t.fail(`after ${found.numRuns} networks: ${String(found.errorInstance)}`);
  t.log(`${compared} of ${NETWORKS} compared`);
  t.true(compared >= NETWORKS / 2);
  card.dispose();
});
