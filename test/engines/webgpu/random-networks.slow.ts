// Small networks at random on a driver, the same ones every time, held to engine plain; no decision of theirs is near.
import fc from 'fast-check';
import type { Engine } from '../../../src/engines/engine.js';
import { createPlainEngine } from '../../../src/engines/plain/engine.js';
import { createWebgpuEngine, unsupportedBy } from '../../../src/engines/webgpu/engine.js';
import { largest } from '../../helpers/agreement.js';
import { FrozenNetwork } from '../../helpers/frozen.js';
import { testOnDriver } from '../../helpers/gpu.js';
import { candidates, type Candidate } from '../../helpers/random-networks.js';
import { batchOf, isSmall, startOf } from '../../helpers/random-starts.js';

const NETWORKS = 30;
// As those of engine event: test/engines/random-networks.slow.ts.
const MARGIN = 2e-5;
const AMPLIFIED = 30;
const LOSS = 2e-5;
const LOGIT = 1e-4;
const GRADIENT = 2e-4;
const ROUNDING = 1e-5;

const testWithDriver = await testOnDriver();

function near(what: string, got: ArrayLike<number>, want: ArrayLike<number>, tolerance: number): void {
  if (got.length !== want.length) throw new Error(`${what}: ${got.length} values, expected ${want.length}`);
  for (let i = 0; i < want.length; i++)
    if (!(Math.abs(got[i] - want[i]) <= tolerance))
      throw new Error(`${what}[${i}] is ${got[i]}, expected ${want[i]} ± ${tolerance}`);
}

type Outcome = 'compared' | 'refused' | 'too near';

async function check(engine: Engine, candidate: Candidate): Promise<Outcome> {
  const { network, settings } = candidate;
  if (unsupportedBy(network, settings) !== undefined) return 'refused';
  for (let attempt = 0; attempt < 6; attempt++) {
    const weights = startOf(candidate, attempt);
    const batch = batchOf(candidate, attempt);
    const numbers = Object.fromEntries(
      Object.entries(weights).map(([name, { data }]) => [name, Float64Array.from(data)]),
    );
    const training = new FrozenNetwork(network, settings, batch, true);
    const inference = new FrozenNetwork(network, settings, batch, false);
    training.loss(numbers);
    inference.loss(numbers);
    if (Math.min(training.margin, inference.margin) < MARGIN || training.amplified > AMPLIFIED) continue;
    const [model, plain] = [engine, createPlainEngine()].map((on) =>
      on.createModel(network, settings, weights),
    );
    const [got, want] = [await model.gradients(batch), await plain.gradients(batch)];
    near('loss', [got.loss], [want.loss], LOSS * Math.max(1, want.loss));
    const all = Math.max(1e-12, ...Object.values(want.gradients).map(({ data }) => largest(data)));
    for (const [name, { data }] of Object.entries(want.gradients)) {
      const tolerance =
        GRADIENT * Math.max(largest(data), 0.1 * all) + ROUNDING * (0.5 + training.compounded * all);
      near(name, got.gradients[name].data, data, tolerance);
    }
    const options = { activity: true };
    const [ours, theirs] = [await model.evaluate(batch, options), await plain.evaluate(batch, options)];
    near('logits', ours.logits, theirs.logits, LOGIT * Math.max(1, largest(theirs.logits)));
    const counted = ({ activity }: typeof ours): string =>
      JSON.stringify(activity!.map(({ layer, nonZero, size }) => [layer, size, nonZero]));
    if (counted(ours) !== counted(theirs))
      throw new Error(`activity is ${counted(ours)}, expected ${counted(theirs)}`);
    for (const each of [model, plain]) each.dispose();
    return 'compared';
  }
  return 'too near';
}

testWithDriver(
  `${NETWORKS} random networks: loss within ${LOSS}, logits within ${LOGIT}, gradients within ${GRADIENT} of engine plain's; what is refused is refused by name`,
  async (t) => {
    const engine = await createWebgpuEngine();
    const outcomes: Record<Outcome, number> = { compared: 0, refused: 0, 'too near': 0 };
    const property = fc.asyncProperty(candidates.filter(isSmall), async (candidate) => {
      try {
        outcomes[await check(engine, candidate)]++;
      } catch (error) {
        throw new Error(`${(error as Error).message}\n${JSON.stringify(candidate)}`, { cause: error });
      }
    });
    const found = await fc.check(property, { numRuns: NETWORKS, seed: 1, endOnFailure: true });
    if (found.failed) t.fail(`after ${found.numRuns} networks: ${String(found.errorInstance)}`);
    t.log(JSON.stringify(outcomes));
    t.true(outcomes.compared >= NETWORKS / 2, 'most networks run');
    engine.dispose();
  },
);
