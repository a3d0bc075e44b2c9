import test from 'ava';
import { checkSurrogate } from '../../src/equations/index.js';

const dspike = 'where(abs(u) < 1/2, b * (1 - tanh(b * u)^2) / (2 * tanh(b / 2)), 0)';

test('triangle: unit area within 1e-4, unit peak at 0, support 1; its primitive fits within 1e-8', (t) => {
  const primitive = '0.5 + max(-1, min(1, u)) - max(-1, min(1, u)) * abs(max(-1, min(1, u))) / 2';
  const found = checkSurrogate({ name: 'triangle', derivative: 'max(0, 1 - abs(u))', primitive });
  t.deepEqual([found.ok, found.faults, found.notes], [true, [], []]);
  t.true(Math.abs(found.area - 1) < 1e-4);
  t.deepEqual(found.peak, { value: 1, at: 0 });
  t.true(Math.abs(found.support - 1) < 1e-6);
  t.true(found.primitive! < 1e-8);
});

test('Dspike: unit area at any b, its end at ½; towards b = 0 it is the rectangle of width 1 within 1e-6', (t) => {
  for (const b of [0.001, 1, 3]) {
    const { area, support, peak, ok } = checkSurrogate({
      name: 'dspike',
      parameters: { b },
      derivative: dspike,
    });
    t.true(ok && Math.abs(area - 1) < 1e-4 && Math.abs(support - 0.5) < 1e-6);
    t.true(Math.abs(peak.value - b / (2 * Math.tanh(b / 2))) < 1e-12);
    if (b === 0.001) t.true(Math.abs(peak.value - 1) < 1e-6);
  }
});

test('another area, another peak and a peak elsewhere are notes', (t) => {
  const { ok, notes } = checkSurrogate({ name: 's', derivative: '0.3 * max(0, 1 - abs(u - 0.5))' });
  t.true(ok);
  t.is(notes.length, 3);
  t.regex(notes[0], /its area is 0\.(29999|3)\d*, not 1/);
  t.regex(notes[1], /its peak is 0\.3, not 1/);
  t.regex(notes[2], /its peak is at u = 0\.5, not at the threshold/);
});

test('tails: an exponential has no end, an area of 1 all the same; a constant has none of both', (t) => {
  const logistic = checkSurrogate({
    name: 's',
    derivative: '4 * sigmoid(4 * u) * sigmoid(-4 * u)',
    primitive: 'sigmoid(4 * u)',
  });
  t.deepEqual([logistic.ok, logistic.notes, logistic.support], [true, [], Infinity]);
  const one = checkSurrogate({ name: 'identity', derivative: '1' });
  t.deepEqual([one.support, one.area], [Infinity, Infinity]);
});

test('SGS: the scale at the ends of the support, and the δ that turns it', (t) => {
  // θ = ½, support ½: |v − o| is at most ½ below the threshold (v = ½, o = 0) and above it (v = ½, o = 1).
  const narrow = checkSurrogate(
    { name: 'rectangle', derivative: 'where(abs(u) < 1/2, 1, 0)' },
    { delta: 0.5 },
  );
  t.true(Math.abs(narrow.sgs.least - 0.75) < 1e-6 && Math.abs(narrow.sgs.largest - 1.25) < 1e-6);
  t.true(Math.abs(narrow.sgs.turnsAt - 2) < 1e-6);
  // θ = 1, support 1: v from 0 to 2; |v − o| is at most 1 on either side.
  const wide = checkSurrogate(
    { name: 'triangle', derivative: 'max(0, 1 - abs(u))' },
    { theta: 1, delta: 0.1 },
  );
  t.true(Math.abs(wide.sgs.turnsAt - 1) < 1e-6);
  // θ = 3/2, support 2: farthest above the threshold, v up to 7/2 with o = 1.
  const high = checkSurrogate({ name: 'wide', derivative: 'max(0, 1 - abs(u) / 2)' }, { theta: 1.5 });
  t.true(Math.abs(high.sgs.turnsAt - 0.4) < 1e-6);
  const endless = checkSurrogate({ name: 'identity', derivative: '1' }).sgs;
  t.deepEqual(endless, { least: -Infinity, largest: Infinity, turnsAt: 0 });
});

test('what is unusable is a fault: no number, negative, nowhere above 0, not the derivative of its primitive', (t) => {
  for (const [derivative, primitive, fault] of [
    ['1 / u', undefined, /it is Infinity at u = 0/],
    ['log(u)', undefined, /it is NaN at u = /],
    ['u', undefined, /it is negative at u = -8: it would turn gradients round/],
    ['0', undefined, /it is nowhere above 0: no gradient passes/],
    [
      '4 * sigmoid(4 * u) * sigmoid(-4 * u)',
      'sigmoid(3 * u)',
      /it is not the derivative of its primitive: they differ by 0\.2\d* of its peak/,
    ],
  ] as const) {
    const { ok, faults } = checkSurrogate({ name: 's', derivative, primitive });
    t.false(ok, derivative);
    t.true(
      faults.some((text) => fault.test(text)),
      `${derivative}: ${faults.join('; ')}`,
    );
  }
});
