// Perturbed inputs: what moves, and what does not.
import test from 'ava';
import { convNet } from '../../src/network/architectures.js';
import { experiment } from '../../src/experiment/experiment.js';
import { stream } from '../../src/random.js';
import { flipRates, sensitivity } from '../../src/measures/sensitivity.js';
import { weightsOf } from '../helpers/networks.js';

const settings = experiment({ steps: 3 });

test('sensitivity: nothing moves without a perturbation; more flips with a larger one; the same twice', async (t) => {
  const network = convNet({ classes: 10, width: 0.125, size: 12 });
  const weights = weightsOf(network, 2);
  const random = stream(6, 'probe', 'images');
  const examples = [0, 1, 2].map(() => [Float32Array.from({ length: 432 }, () => random.normal())]);
  const measure = () => sensitivity(network, weights, settings, examples, [0, 0.1, 1], { seed: 0 });
  const [none, small, large] = await measure();
  t.deepEqual(
    none.flips.map(({ rate }) => rate),
    [0, 0, 0],
  );
  t.is(none.logitChange, 0);
  t.true(Math.abs(large.inputChange - Math.sqrt(432)) < 1e-9);
  small.flips.forEach(({ rate }, i) =>
    t.true(rate > 0 && rate < large.flips[i].rate && large.flips[i].rate < 1),
  );
  t.true(large.logitChange > small.logitChange && small.logitChange > 0);
  t.deepEqual(await measure(), [none, small, large]);
});

test('flipRates: the share of spikes that differ, over neurons and steps', (t) => {
  const result = (...steps: number[][]) => ({
    logits: new Float64Array(),
    spikes: new Map([['l', Float64Array.from(steps.flat())]]),
  });
  t.deepEqual(flipRates(result([0, 1], [1, 1]), result([0, 0], [1, 1])), [{ layer: 'l', rate: 0.25 }]);
});

test('sensitivity stops between examples when its signal aborts', async (t) => {
  const network = convNet({ classes: 10, width: 0.125, size: 12 });
  const examples = [0, 1, 2].map(() => [new Float32Array(432)]);
  const controller = new AbortController();
  const done: number[] = [];
  const onProgress = (at: number): void => {
    done.push(at);
    setImmediate(() => controller.abort(new Error('stopped')));
  };
  await t.throwsAsync(
    sensitivity(network, weightsOf(network, 2), settings, examples, [0.1], {
      seed: 0,
      signal: controller.signal,
      onProgress,
    }),
    { message: 'stopped' },
  );
  t.deepEqual(done, [1]);
});
