// How near to PyTorch the engines must be, and the tests that hold them to that.
import test, { type ExecutionContext } from 'ava';
import { openEngine, type EngineOptions } from '../../src/engines/open.js';
import type { Engine } from '../../src/engines/engine.js';
import { gradientCases, trainings, type GradientCase } from '../fixtures/pytorch.js';
import { gradientAgreement, spikeAgreement, trainingAgreement, within } from './agreement.js';

/** How far each kind of number may be off. */
interface Tolerances {
  loss: number;
  gradient: number;
  weight: number;
  statistic: number;
  slot: number;
  logit: number;
  potential: number;
  probe: number;
}

// 3 to 5 times the worst seen on tfjs (cpu, wasm) and event (plain, fma). For comparison, PyTorch itself in float32 is up to
// 2.2e-6 (gradients) and 9.5e-6 (weights) away from its float64 self on these cases.
const FLOAT32: Tolerances = {
  loss: 5e-7, // worst seen 1.4e-7
  gradient: 1e-5, // worst seen 3.1e-6
  weight: 4e-5, // worst seen 9.4e-6
  statistic: 5e-6, // worst seen 1.1e-6
  slot: 8e-6, // worst seen 1.7e-6
  logit: 1.5e-6, // worst seen 3.5e-7
  potential: 4e-6, // worst seen 9.5e-7; the nearest to the threshold is 1.2e-4 away
  probe: 4e-6, // worst seen 9.8e-7
};

// Losses are stored in full: 4e-16 seen. Tensors are compared as they are stored, rounded to float32: not one digit may
// differ. What a probe says is not rounded; what it is compared with is, 6e-8 of values up to 4.
const FLOAT64: Tolerances = {
  ...{ loss: 1e-14, gradient: 0, weight: 0, statistic: 0, slot: 0, logit: 0 },
  ...{ potential: 4e-7, probe: 1e-7 },
};

/** A backend of tfjs, a build of the event engine, or `float64`: the plain engine. */
type Variant = 'cpu' | 'wasm' | 'plain' | 'fma' | 'float64';

const VARIANTS: Record<Variant, EngineOptions> = {
  cpu: { engine: 'tfjs', backend: 'cpu' },
  wasm: { engine: 'tfjs', backend: 'wasm' },
  plain: { engine: 'event', build: 'plain' },
  fma: { engine: 'event', build: 'fma' },
  float64: { engine: 'plain' },
};
const tolerancesOf = (variant: Variant): Tolerances => (variant === 'float64' ? FLOAT64 : FLOAT32);

/** Opens a variant until the test ends. */
async function open(t: ExecutionContext, variant: Variant): Promise<Engine> {
  const engine = await openEngine(VARIANTS[variant]);
  t.teardown(() => engine.dispose());
  return engine;
}
const e = (tolerance: number): string => tolerance.toExponential();

// TensorFlow.js has one current backend in a process, hence `test.serial` throughout.

/** Every spike and potential of the gradient cases' forward pass. */
export function testSpikes(variant: Variant, steps: number): void {
  const most = tolerancesOf(variant);
  test.serial(
    `${variant}, T = ${steps}: every spike equals PyTorch's, potentials within ${e(most.potential)}`,
    async (t) => {
      const engine = await open(t, variant);
      const agreement = await spikeAgreement(engine, gradientCases(steps));
      within(t, agreement, { spike: 0, spikeCount: 0, potential: most.potential });
    },
  );
}

/** All gradient cases of a number of time steps. */
export const ALL_CASES = {
  which: '7 surrogates × 4 deltas × penalty off and on',
  count: 7 * 4 * 2,
  select: (): boolean => true,
};

/** Losses, gradients and probes of those cases that `select` lets through. */
export function testGradients(
  variant: Variant,
  steps: number,
  { which, count, select }: { which: string; count: number; select: (key: GradientCase) => boolean },
): void {
  const most = tolerancesOf(variant);
  test.serial(
    `${variant}, T = ${steps}, ${which}: loss within ${e(most.loss)}, every gradient within ${e(most.gradient)} of its tensor's largest, probe within ${e(most.probe)}`,
    async (t) => {
      const engine = await open(t, variant);
      const group = gradientCases(steps);
      const cases = group.cases.filter(select);
      t.is(cases.length, count);
      within(t, await gradientAgreement(engine, group, cases), {
        loss: most.loss,
        correct: 0,
        gradient: most.gradient,
        gradientNorm: most.probe,
        windowDensity: most.probe,
        negativeScales: most.probe,
      });
    },
  );
}

/** The named trainings. */
export function testTrainings(variant: Variant): void {
  const most = tolerancesOf(variant);
  for (const training of trainings())
    test.serial(
      `${variant}, ${training.name}: after 5 updates weights within ${e(most.weight)} and running statistics within ${e(most.statistic)} of their movement, optimizer slots within ${e(most.slot)}, logits within ${e(most.logit)}; spike and operation counts equal`,
      async (t) => {
        const engine = await open(t, variant);
        within(t, await trainingAgreement(engine, training), {
          loss: most.loss,
          correct: 0,
          weight: most.weight,
          statistic: most.statistic,
          slot: most.slot,
          logit: most.logit,
          evaluationLoss: most.loss,
          activity: 0,
        });
      },
    );
}
