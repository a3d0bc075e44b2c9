// The rules of verdicts, one by one.
import test from 'ava';
import { SettingsError } from '../../src/errors.js';
import { interval, pairedDifference, type Interval } from '../../src/statistics/interval.js';
import {
  sameSetting,
  verdict,
  type EffectClaim,
  type Setting,
  type ValueClaim,
} from '../../src/statistics/verdict.js';

const theirs: Setting = { network: 'resnet19 width 1', data: 'cifar10 50000', steps: 2, epochs: 150 };
const same = { paper: theirs, ours: { ...theirs } };
const tight: Interval = { n: 5, mean: 94.1, sd: 0.2, lower: 93.85, upper: 94.35 };

const value = (more: Partial<ValueClaim>): ValueClaim => ({
  kind: 'value',
  paper: 94,
  tolerance: 0.5,
  rounding: 0.005,
  ours: tight,
  setting: same,
  ...more,
});
const effect = (more: Partial<EffectClaim>): EffectClaim => ({
  kind: 'effect',
  paper: 5.33,
  ours: pairedDifference([3, 4, 5, 6], [1, 2, 2, 5]),
  setting: { paper: theirs, ours: { ...theirs, epochs: 3 } },
  ...more,
});

test('reproduced: the interval contains the paper’s number and is no wider than the tolerance', (t) => {
  t.is(verdict(value({})), 'reproduced');
  t.is(verdict(value({ ours: { ...tight, lower: 94.004, upper: 94.2 } })), 'reproduced', 'by the rounding');
});

test('within tolerance: an interval too wide to reproduce, a near miss, a single seed', (t) => {
  t.is(verdict(value({ ours: { ...tight, lower: 92, upper: 96.2 } })), 'within tolerance');
  t.is(verdict(value({ ours: { n: 5, mean: 94.4, sd: 0.1, lower: 94.3, upper: 94.5 } })), 'within tolerance');
  t.is(verdict(value({ ours: interval([94]) })), 'within tolerance', 'one seed never reproduces');
});

test('not reproduced: a mean beyond the tolerance, even where a wide interval contains the number', (t) => {
  t.is(verdict(value({ ours: { n: 3, mean: 92, sd: 2, lower: 87, upper: 97 } })), 'not reproduced');
  t.is(verdict(value({ ours: { n: 3, mean: 92, sd: 0.1, lower: 91.8, upper: 92.2 } })), 'not reproduced');
});

test('exact numbers need no setting: equal up to the rounding, within tolerance, or not', (t) => {
  const count = { setting: undefined, paper: 12_630_858, rounding: 0, tolerance: 0 };
  t.is(verdict(value({ ...count, ours: 12_630_858 })), 'reproduced');
  t.is(verdict(value({ ...count, ours: 12_630_857 })), 'not reproduced');
  t.is(verdict(value({ setting: undefined, paper: 93.32, rounding: 0.005, ours: 93.325 })), 'reproduced');
  t.is(verdict(value({ setting: undefined, paper: 93.32, rounding: 0.005, ours: 93.4 })), 'within tolerance');
});

for (const [what, change] of Object.entries({
  network: { network: 'resnet19 width 1/4' },
  'data size': { data: 'cifar10 10000' },
  T: { steps: 4 },
  epochs: { epochs: 149 },
}))
  test(`another ${what} is a different setting, never reproduced, however equal the numbers`, (t) => {
    const setting = { paper: theirs, ours: { ...theirs, ...change } };
    t.false(sameSetting(setting.paper, setting.ours));
    t.is(
      verdict(value({ ours: { ...tight, mean: 94 }, setting })),
      'different setting: values not comparable',
    );
    t.regex(verdict(effect({ setting })), /^different setting: trend /);
  });

test('different setting: agrees, disagrees and undecided follow the interval’s side of zero', (t) => {
  const at = (lower: number, upper: number): Interval => ({
    n: 5,
    mean: (lower + upper) / 2,
    sd: 1,
    lower,
    upper,
  });
  t.regex(verdict(effect({ ours: at(0.1, 3) })), /^different setting: trend agrees/);
  t.regex(verdict(effect({ ours: at(-3, -0.1) })), /^different setting: trend disagrees/);
  t.regex(verdict(effect({ ours: at(-0.1, 3) })), /^different setting: trend undecided/);
  t.regex(verdict(effect({ ours: at(0, 3) })), /undecided/, 'an edge at zero leaves it open');
  t.regex(
    verdict(effect({ paper: -1, ours: at(-3, -0.1) })),
    /trend agrees/,
    'the paper’s side may be below',
  );
});

test('the effect that the n detects with 80 % power is named, with its unit', (t) => {
  t.is(
    verdict(effect({ ours: { n: 5, mean: 0.2, sd: 1, lower: -1, upper: 1.4 }, unit: 'points' })),
    'different setting: trend undecided (n = 5; detectable with 80 % power: 1.7 points)',
  );
  t.is(verdict(effect({ ours: interval([1]) })), 'different setting: trend undecided (n = 1: no interval)');
});

test('an effect at the paper’s own setting is compared by size where a tolerance is given', (t) => {
  const ours: Interval = { n: 5, mean: 5.2, sd: 0.2, lower: 4.95, upper: 5.45 };
  t.is(verdict(effect({ ours, setting: same, tolerance: 0.5 })), 'reproduced');
  t.regex(verdict(effect({ ours, setting: same })), /^same setting: trend agrees/);
});

test('tried, but the paper’s value is not known: neither “not attempted” nor a comparison', (t) => {
  t.is(verdict({ kind: 'paperUnknown' }), "paper's value unknown");
  t.is(verdict({ kind: 'paperUnknown', why: 'not public' }), "paper's value unknown: not public");
});

test('not attempted says why; reasons, directions and numbers that are missing are refused', (t) => {
  t.is(verdict({ kind: 'notAttempted', why: 'needs a GPU' }), 'not attempted: needs a GPU');
  t.throws(() => verdict({ kind: 'notAttempted', why: ' ' }), {
    instanceOf: SettingsError,
    message: /notAttempted needs a non-empty `why`/,
  });
  t.throws(() => verdict(effect({ paper: 0 })), { instanceOf: SettingsError, message: /no direction/ });
  t.throws(() => verdict(value({ paper: NaN })), { instanceOf: SettingsError, message: /paperUnknown/ });
  t.throws(() => verdict(value({ tolerance: -1 })), { instanceOf: SettingsError, message: /at least 0/ });
});

const exact = (more: Partial<ValueClaim>): string =>
  verdict(value({ setting: undefined, paper: 0, tolerance: 0, rounding: 0, ...more }));

test('edges belong to what they bound: the rounding, the tolerance, the ends of an interval, its half width', (t) => {
  const around = (lower: number, upper: number): Interval => ({ ...tight, mean: 0.2, lower, upper });
  t.is(exact({ ours: 0 }), 'reproduced');
  t.is(exact({ rounding: 1, ours: 1 }), 'reproduced');
  t.is(exact({ rounding: 1, ours: 1.00000001 }), 'not reproduced');
  t.is(exact({ tolerance: 0.5, ours: 0.5 }), 'within tolerance');
  t.is(exact({ tolerance: 0.5, rounding: 0.005, ours: 0.504 }), 'within tolerance');
  t.is(exact({ tolerance: 0.5, rounding: 0.005, ours: 0.506 }), 'not reproduced');
  t.is(exact({ tolerance: 0.5, ours: around(0, 0.4) }), 'reproduced');
  t.is(exact({ tolerance: 0.5, ours: around(-0.4, 0) }), 'reproduced');
  t.is(exact({ tolerance: 0.5, rounding: 0.005, ours: around(-0.4, -0.004) }), 'reproduced');
  t.is(exact({ tolerance: 0.5, ours: around(-0.5, 0.5) }), 'reproduced');
  t.is(exact({ tolerance: 0.5, ours: around(-0.5, 0.75) }), 'within tolerance');
});

test('an interval without an edge reproduces nothing and shows no trend', (t) => {
  for (const edges of [
    { lower: null, upper: null },
    { lower: null, upper: 0.1 },
    { lower: -0.1, upper: null },
  ]) {
    const ours = { n: 3, mean: 0, sd: 1, ...edges };
    t.is(exact({ tolerance: 0.5, ours }), 'within tolerance');
    t.is(verdict(effect({ ours })), 'different setting: trend undecided (n = 3: no interval)');
  }
});

test('an interval that ends exactly at 0 leaves the trend open, on either side and for either direction', (t) => {
  const ends = (lower: number, upper: number, paper: number): string =>
    verdict(effect({ paper, ours: { n: 5, mean: (lower + upper) / 2, sd: null, lower, upper } }));
  for (const paper of [1, -1]) {
    t.is(ends(0, 3, paper), 'different setting: trend undecided (n = 5)');
    t.is(ends(-3, 0, paper), 'different setting: trend undecided (n = 5)');
  }
  t.is(ends(1e-9, 3, 1), 'different setting: trend agrees (n = 5)');
  t.is(ends(1e-9, 3, -1), 'different setting: trend disagrees (n = 5)');
  t.is(ends(-3, -1e-9, 1), 'different setting: trend disagrees (n = 5)');
});

test('without a unit the detectable effect is a plain number; a negative rounding is refused', (t) => {
  t.is(
    verdict(effect({ ours: { n: 5, mean: 0.2, sd: 1, lower: -1, upper: 1.4 } })),
    'different setting: trend undecided (n = 5; detectable with 80 % power: 1.7)',
  );
  t.throws(() => verdict(value({ rounding: -1 })), {
    instanceOf: SettingsError,
    message: /tolerance and rounding are at least 0, got 0\.5 and -1/,
  });
});
