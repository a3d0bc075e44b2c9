// How much δ changes gradients: measured, and predicted.
import test from 'ava';
import { convNet } from '../../src/network/architectures.js';
import { openEngine } from '../../src/engines/open.js';
import { experiment } from '../../src/experiment/experiment.js';
import { gradientChanges, predictedChange } from '../../src/measures/gradient-change.js';
import { initialWeights } from '../../src/network/initialise.js';
import { stream } from '../../src/random.js';

const engine = await openEngine({ engine: 'tfjs', backend: 'wasm' });
const settings = experiment({ steps: 3 });

test('gradientChanges: zero for δ = 0, proportional to small δ within 2 %, below the prediction', async (t) => {
  const network = convNet({ classes: 10, width: 0.125, size: 12 });
  const random = stream(7, 'probe', 'images');
  const x = Float32Array.from({ length: 4 * 432 }, () => random.normal());
  const batch = { x, shape: [4, 12, 12, 3], labels: Int32Array.of(0, 1, 2, 3) };
  const rows = await gradientChanges(
    engine,
    network,
    settings,
    initialWeights(network, 0),
    batch,
    [0, 1e-3, 1e-2],
  );
  const whole = (delta: number): number =>
    rows.find((row) => row.delta === delta && row.parameter === 'all')!.relative!;
  t.is(whole(0), 0);
  t.true(Math.abs(whole(1e-2) / whole(1e-3) - 10) < 0.2, String(whole(1e-2) / whole(1e-3)));
  for (const delta of [1e-3, 1e-2]) t.true(whole(delta) > 0 && whole(delta) < predictedChange(delta, 3, 3));
  t.is(rows.filter(({ parameter }) => parameter === 'conv1.conv.weight').length, 3);
});

test('predictedChange: δ·|v − o| once, compounded over layers and steps', (t) => {
  t.true(Math.abs(predictedChange(1e-4, 1, 1) - 5e-5) < 1e-15);
  t.true(Math.abs(predictedChange(1, 2, 2) - (1.5 ** 4 - 1)) < 1e-12);
  t.true(Math.abs(predictedChange(1e-4, 18, 2) - 1.8e-3) < 1e-5);
});
