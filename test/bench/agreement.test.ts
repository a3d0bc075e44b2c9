import test from 'ava';
import {
  allowance,
  assertEqual,
  combine,
  DisagreementError,
  distance,
  STRICT,
  type Outputs,
} from '../../bench/agreement.js';

const tensor = (...values: number[]): { shape: number[]; data: Float32Array } => ({
  shape: [values.length],
  data: Float32Array.from(values),
});
const outputs = (changes: Partial<Outputs> = {}): Outputs => ({
  loss: 2,
  rates: { lif1: 0.25, lif2: 0.125 },
  logits: Float32Array.from([3, 4]),
  gradients: { a: tensor(1, 0), b: tensor(0, 1000) },
  ...changes,
});
const NOTHING = { loss: 0, rates: 0, logits: 0, gradients: 0 };

test('distance: 0 of itself, also where a gradient is 0 throughout', (t) => {
  t.deepEqual(distance(outputs(), outputs()), NOTHING);
  const still = outputs({ gradients: { a: tensor(0, 0) } });
  t.deepEqual(distance(still, still), NOTHING);
});

test('distance: relative loss, largest difference of rates, relative root mean squares', (t) => {
  const got = outputs({
    loss: 2.5,
    rates: { lif1: 0.25, lif2: 0.375 },
    logits: Float32Array.from([3, 9]),
    gradients: { a: tensor(1, 0), b: tensor(0, 2000) },
  });
  t.deepEqual(distance(got, outputs()), { loss: 0.25, rates: 0.25, logits: 1, gradients: Math.SQRT1_2 });
});

test('distance: what one side lacks makes it infinite; what is not a number is never allowed', (t) => {
  t.is(distance(outputs({ rates: { lif1: 0.25 } }), outputs()).rates, Infinity);
  t.is(distance(outputs({ gradients: { a: tensor(1, 0) } }), outputs()).gradients, Infinity);
  t.is(distance(outputs({ logits: Float32Array.from([3]) }), outputs()).logits, Infinity);
  const broken = distance(outputs({ loss: NaN }), outputs());
  t.throws(() => assertEqual('ours', broken, STRICT, 'PyTorch'), { instanceOf: DisagreementError });
});

test('combine: each number on its own', (t) => {
  const [a, b] = [
    { loss: 1, rates: 2, logits: 3, gradients: 4 },
    { loss: 4, rates: 3, logits: 2, gradients: 1 },
  ];
  t.deepEqual(
    combine([a, b], (values) => Math.max(...values)),
    { loss: 4, rates: 3, logits: 3, gradients: 4 },
  );
});

test('allowance: never below its floor, three times the rounding where that is more', (t) => {
  const floor = allowance([]);
  t.deepEqual(allowance([NOTHING]), floor);
  const rounding = [
    { ...NOTHING, logits: 0.01 },
    { ...NOTHING, logits: 0.02, loss: 1e-9 },
  ];
  t.deepEqual(allowance(rounding), { ...floor, logits: 0.06 });
});

test('assertEqual: names the side, what is apart, the reference and both numbers', (t) => {
  t.notThrows(() => assertEqual('ours', STRICT, STRICT, 'float64 PyTorch'));
  t.throws(() => assertEqual('ours', { ...STRICT, gradients: 0.5 }, STRICT, 'float64 PyTorch'), {
    instanceOf: DisagreementError,
    message: /^ours: gradients differ by 5\.0e-1 from float64 PyTorch, allowed 1\.0e-3/,
  });
});
