import test from 'ava';
import { setSetting, settingAt } from '../../src/experiment/settings-path.js';

test('setSetting makes what is on the way and keeps what is beside it', (t) => {
  const settings: Record<string, unknown> = { neuron: { tau: 0.5 } };
  setSetting(settings, 'neuron.delta', 0.1);
  setSetting(settings, 'a.b.c', [1]);
  t.deepEqual(settings, { neuron: { tau: 0.5, delta: 0.1 }, a: { b: { c: [1] } } });
  t.is(settingAt(settings, 'neuron.delta'), 0.1);
  t.is(settingAt(settings, 'neuron.nothing.more'), undefined);
});

test('no path reaches a prototype', (t) => {
  const settings: Record<string, unknown> = {};
  setSetting(settings, '__proto__.polluted', 1);
  setSetting(settings, 'constructor.prototype.polluted', 1);
  t.is(({} as Record<string, unknown>).polluted, undefined);
  t.is(settingAt({}, 'constructor.name'), undefined);
});
