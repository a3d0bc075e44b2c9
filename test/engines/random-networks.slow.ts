// Small networks at random, the same ones every time: all engines agree with a network of frozen decisions, with central
// differences of it, and with each other, or the event engine refuses by name and `auto` takes TensorFlow.js.
import test from 'ava';
import fc from 'fast-check';
import type { Batch } from '../../src/data/dataset.js';
import type { Engine, Evaluation, GradientResult } from '../../src/engines/engine.js';
import { createEventEngine, unsupportedBy } from '../../src/engines/event/engine.js';
import { openEngine } from '../../src/engines/open.js';
import { SettingsError } from '../../src/errors.js';
import type { Layer } from '../../src/network/layers.js';
import { isTrainable, parameterSpecs, type TensorMap } from '../../src/network/parameters.js';
import { stream } from '../../src/random.js';
import { largest } from '../helpers/agreement.js';
import { dot } from '../helpers/differences.js';
import { FrozenNetwork, type Doubles } from '../helpers/frozen.js';
import { weightsOf } from '../helpers/networks.js';
import { candidates, type Candidate } from '../helpers/random-networks.js';
import { batchOf, isSmall, startOf } from '../helpers/random-starts.js';

const NETWORKS = 3000;
/** How many networks one test has. */
const PER_TEST = 250;
/** How near a decision may be to falling the other way: float32 must not decide otherwise. */
const MARGIN = 2e-5;
/** How much a batch norm may enlarge rounding: one over nearly equal values makes numbers of nothing else. */
const AMPLIFIED = 30;
const LOSS = 2e-5;
const LOGIT = 1e-4;
const GRADIENT = 2e-4;
/** Of the largest gradient, where a batch norm takes the difference of nearly equal ones. */
const ROUNDING = 1e-5;
const DIFFERENCE = 1e-3;

const engines = new Map<string, Promise<Engine>>();
function engine(name: 'plain' | 'fma' | 'wasm' | 'float64'): Promise<Engine> {
  const open = (): Promise<Engine> =>
    name === 'float64'
      ? openEngine({ engine: 'plain' })
      : name === 'wasm'
        ? openEngine({ engine: 'tfjs', backend: 'wasm' })
        : createEventEngine({ build: name, threads: 1 });
  const already = engines.get(name) ?? open();
  engines.set(name, already);
  return already;
}
test.after.always(async () => {
  for (const one of engines.values()) (await one).dispose();
});

const doubles = (tensors: TensorMap): Doubles =>
  Object.fromEntries(Object.entries(tensors).map(([name, { data }]) => [name, Float64Array.from(data)]));

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
  const evaluation = await model.evaluate(batch);
  model.dispose();
  return { gradients, evaluation };
}

function near(what: string, got: ArrayLike<number>, want: ArrayLike<number>, tolerance: number): void {
  if (got.length !== want.length) throw new Error(`${what}: ${got.length} values, expected ${want.length}`);
  for (let i = 0; i < want.length; i++)
    if (!(Math.abs(got[i] - want[i]) <= tolerance))
      throw new Error(`${what}[${i}] is ${got[i]}, expected ${want[i]} ± ${tolerance}`);
}

/** The largest gradient of a network; a tensor whose own are all smaller by 10 is judged as if they were not. */
const most = (gradients: TensorMap): number =>
  Math.max(1e-12, ...Object.values(gradients).map(({ data }) => largest(data)));

/** Compares gradients along random directions, four tensors of them, with differences of the frozen loss. */
function differentiate(
  what: string,
  candidate: Candidate,
  frozen: FrozenNetwork,
  weights: TensorMap,
  gradients: TensorMap,
): void {
  const random = stream(candidate.seed, 'probe', 'directions');
  const names = parameterSpecs(candidate.network)
    .filter(isTrainable)
    .map(({ name }) => name);
  const floor = 0.1 * most(gradients);
  for (const chosen of [...random.permutation(names.length)].slice(0, 4)) {
    const name = names[chosen];
    const { data } = gradients[name];
    const direction = Float64Array.from(data, () => (random.chance(0.5) ? 1 : -1));
    const step = 1e-6 / Math.sqrt(data.length);
    const lossAt = (by: number): number => {
      const moved = doubles(weights);
      moved[name] = moved[name].map((value, i) => value + by * direction[i]);
      return frozen.loss(moved);
    };
    const wanted = (lossAt(step) - lossAt(-step)) / (2 * step);
    const found = dot(data, direction);
    const scale = Math.max(Math.hypot(...data), floor * Math.sqrt(data.length));
    const rounding = ROUNDING * frozen.compounded * 10 * floor * Math.sqrt(data.length);
    near(`${what}: ${name}, along a direction`, [found], [wanted], DIFFERENCE * scale + rounding + 1e-7);
  }
}

type Outcome = 'both' | 'tfjs only' | 'too near';

async function check(candidate: Candidate): Promise<Outcome> {
  const { network, settings, seed } = candidate;
  for (let attempt = 0; attempt < 6; attempt++) {
    const weights = startOf(candidate, attempt);
    const batch = batchOf(candidate, attempt);
    const training = new FrozenNetwork(network, settings, batch, true);
    const inference = new FrozenNetwork(network, settings, batch, false);
    const loss = training.loss(doubles(weights));
    inference.loss(doubles(weights));
    if (Math.min(training.margin, inference.margin) < MARGIN || training.amplified > AMPLIFIED) continue;
    const theirs = await look(await engine('wasm'), candidate, weights, batch);
    const exact = await look(await engine('float64'), candidate, weights, batch);
    const seen: [string, Seen][] = [
      ['plain', exact],
      ['tfjs', theirs],
    ];
    const refusal = unsupportedBy(network, settings);
    if (refusal === undefined) {
      const build = seed % 2 ? 'plain' : 'fma';
      seen.unshift([`event ${build}`, await look(await engine(build), candidate, weights, batch)]);
    }
    for (const [name, { gradients, evaluation }] of seen) {
      near(`${name}: loss`, [gradients.loss], [loss], LOSS * Math.max(1, loss));
      near(
        `${name}: logits`,
        evaluation.logits,
        inference.logits,
        LOGIT * Math.max(1, largest(inference.logits)),
      );
      if (settings.neuron.delta === 0) differentiate(name, candidate, training, weights, gradients.gradients);
    }
    const reference = exact.gradients.gradients;
    const all = most(reference);
    for (const [engineName, { gradients }] of seen)
      for (const [name, { data }] of Object.entries(reference)) {
        const tolerance =
          GRADIENT * Math.max(largest(data), 0.1 * all) + ROUNDING * (0.5 + training.compounded * all);
        near(`${engineName}: ${name}`, gradients.gradients[name].data, data, tolerance);
      }
    return refusal === undefined ? 'both' : 'tfjs only';
  }
  return 'too near';
}

for (let part = 0; part < NETWORKS / PER_TEST; part++)
  test.serial(
    `${PER_TEST} random networks, ${part + 1}: all engines: loss within ${LOSS}, logits within ${LOGIT}, gradients along directions within ${DIFFERENCE} of central differences, and within ${GRADIENT} of engine plain's`,
    async (t) => {
      const outcomes: Record<Outcome, number> = { both: 0, 'tfjs only': 0, 'too near': 0 };
      const property = fc.asyncProperty(candidates.filter(isSmall), async (candidate) => {
        try {
          outcomes[await check(candidate)]++;
        } catch (error) {
          const { network, settings, examples, dynamic, seed } = candidate;
          const { steps, neuron, batchNorm, loss, lipschitz } = settings;
          const given = { network, examples, dynamic, seed, steps, neuron, batchNorm, loss, lipschitz };
          throw new Error(`${(error as Error).message}\n${JSON.stringify(given)}`, { cause: error });
        }
      });
      const found = await fc.check(property, { numRuns: PER_TEST, seed: part + 1 });
      if (found.failed) t.fail(`after ${found.numRuns} networks: ${String(found.errorInstance)}`);
      t.log(JSON.stringify(outcomes));
      t.true(outcomes.both >= PER_TEST / 2, 'most networks run on both engines');
    },
  );

test.serial(
  '300 random networks with one field that is not valid: one sentence on all engines',
  async (t) => {
    const bad = fc.constantFrom(0, -1, 0.5, 1.5, NaN, Infinity, '3', null, undefined);
    const property = fc.asyncProperty(candidates, fc.nat(), bad, async (candidate, which, value) => {
      const network = structuredClone(candidate.network);
      const places = layersOf(network.layers).flatMap((layer) =>
        Object.entries(layer).flatMap(([field, was]) =>
          typeof was === 'number' && !(field === 'padding' && value === 0) ? [[layer, field] as const] : [],
        ),
      );
      const [layer, field] = places[which % places.length];
      (layer as unknown as Record<string, unknown>)[field] = value;
      const sentences = [];
      for (const name of ['plain', 'wasm', 'float64'] as const) {
        const on = await engine(name);
        const weights = weightsOf(candidate.network, 0);
        const error = t.throws(() => on.createModel(network, candidate.settings, weights), {
          instanceOf: SettingsError,
        });
        sentences.push(error?.message);
      }
      t.is(new Set(sentences).size, 1);
      t.true(sentences[0]?.startsWith(`random: ${field} of ${layer.name} (${layer.type}) is `), sentences[0]);
    });
    await fc.assert(property, { numRuns: 300, seed: 1 });
  },
);

const layersOf = (layers: Layer[]): Layer[] =>
  layers.flatMap((layer) =>
    layer.type === 'residual' ? [layer, ...layersOf(layer.body), ...layersOf(layer.shortcut)] : [layer],
  );
