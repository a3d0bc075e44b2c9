// Plain inference against an engine.
import test from 'ava';
import { convNet, resnet19 } from '../../src/network/architectures.js';
import { openEngine } from '../../src/engines/open.js';
import { SettingsError } from '../../src/errors.js';
import { experiment } from '../../src/experiment/experiment.js';
import { inference } from '../../src/measures/inference.js';
import { stream } from '../../src/random.js';
import { pooled, weightsOf } from '../helpers/networks.js';

const engine = await openEngine({ engine: 'tfjs', backend: 'wasm' });
const settings = experiment({ steps: 3 });

for (const network of [
  convNet({ classes: 10, width: 0.125, size: 12 }),
  resnet19({ classes: 4, width: 1 / 32, size: 8 }),
  pooled,
])
  for (const kind of ['standard', 'tdbn'] as const)
    test(`inference of ${network.name}, batch norm ${kind}: logits within 1e-4 and spike counts of engine tfjs`, async (t) => {
      const weights = weightsOf(network, 3);
      const whole = { ...settings, batchNorm: { ...settings.batchNorm, kind } };
      const model = engine.createModel(network, whole, weights);
      const random = stream(5, 'probe', 'images');
      const size = network.input[0] * network.input[1] * network.input[2];
      const x = Float32Array.from({ length: 2 * size }, () => random.normal());
      const batch = { x, shape: [2, ...network.input], labels: Int32Array.of(0, 1) };
      const { logits, activity } = await model.evaluate(batch, { activity: true });
      model.dispose();
      const infer = inference(network, weights, whole);
      const results = [0, 1].map((b) => infer([x.subarray(b * size, (b + 1) * size)]));
      results.forEach((result, b) =>
        result.logits.forEach((value, i) => {
          const theirs = logits[b * network.classes + i];
          t.true(Math.abs(value - theirs) < 1e-4, `${value} ${theirs}`);
        }),
      );
      for (const { layer, nonZero } of activity!.filter((entry) => entry.kind === 'neuron'))
        t.deepEqual(
          nonZero,
          nonZero.map((_, step) =>
            results.reduce((sum, { spikes }) => {
              const all = spikes.get(layer)!;
              const size = all.length / settings.steps;
              return sum + all.subarray(step * size, (step + 1) * size).reduce((a, b) => a + b, 0);
            }, 0),
          ),
          layer,
        );
    });

test('inference refuses frames that are neither one nor one a step', (t) => {
  const infer = inference(pooled, weightsOf(pooled, 0), settings);
  const frame = new Float32Array(128);
  t.throws(() => infer([frame, frame]), {
    instanceOf: SettingsError,
    message: /expected 1 or 3 frames, got 2/,
  });
});
