import test from 'ava';
import {
  checkPath,
  compareValues,
  covers,
  differingSettings,
  selectRuns,
  settingAt,
  settingCell,
  sweptSettings,
} from '../../src/statistics/settings.js';
import { SettingsError } from '../../src/errors.js';
import { neurons } from '../../src/neurons/index.js';
import { madeRun } from '../helpers/sweep.js';

const plain = madeRun({ settings: { neuron: { delta: 0 } } });
const triangle = madeRun({
  settings: { neuron: { delta: 0.1, surrogate: { name: 'triangle', parameter: 2 } } },
});

test('settingAt: a setting, a group of settings, what other runs have, and nothing inherited', (t) => {
  t.is(settingAt(triangle, 'neuron.delta'), 0.1);
  t.deepEqual(settingAt(triangle, 'neuron.surrogate'), { name: 'triangle', parameter: 2 });
  t.is(settingAt(plain, 'neuron.surrogate.parameter'), null);
  t.is(settingAt(plain, 'constructor'), null);
  t.is(settingAt(plain, 'neuron.delta.toFixed'), null);
  t.is(settingAt(plain, 'numerics.engine'), 'tfjs');
});

test('settingCell: groups of settings as one text', (t) => {
  t.is(settingCell(settingAt(triangle, 'neuron.surrogate')), 'name: triangle, parameter: 2');
  t.is(settingCell(['conv1', 'conv2']), 'conv1, conv2');
  t.is(settingCell([{ kind: 'mean' }, { kind: 'tet', weight: 2 }]), '(kind: mean), (kind: tet, weight: 2)');
  t.is(settingCell(0.1), 0.1);
});

test('differingSettings: those that are not the same in all, with their values', (t) => {
  t.deepEqual(
    [...differingSettings([plain, triangle])],
    [
      ['neuron.surrogate.name', ['rectangle', 'triangle']],
      ['neuron.delta', [0, 0.1]],
      ['neuron.surrogate.parameter', [null, 2]],
    ],
  );
  t.is(differingSettings([plain, plain]).size, 0);
});

test('selectRuns: by value, null for runs without the setting; an unknown path is refused with what is near', (t) => {
  t.deepEqual(selectRuns([plain, triangle], { 'neuron.delta': 0.1 }), [triangle]);
  t.deepEqual(selectRuns([plain, triangle], { 'neuron.surrogate.parameter': null }), [plain]);
  t.deepEqual(selectRuns([plain, triangle], { 'neuron.delta': 5 }), []);
  t.deepEqual(selectRuns([plain], { 'neuron.scaleFloor': null }), [plain]);
  t.throws(() => selectRuns([plain], { delta: 0 }), {
    instanceOf: SettingsError,
    message: /"delta": none of these runs has such a setting; did you mean neuron\.delta\?/,
  });
  t.throws(() => selectRuns([plain], { nonsense: 0 }), {
    message: /there are name, network\.architecture, /,
  });
});

test('compareValues: nothing, then numbers by size, then text', (t) => {
  t.deepEqual([10, 'b', null, 9, 'a', 1e-4].sort(compareValues), [null, 1e-4, 9, 10, 'a', 'b']);
});

test('sweptSettings: what a sweep varies, without seeds, labels and what follows from other settings', (t) => {
  const other = {
    ...triangle,
    experiment: { ...triangle.experiment, name: 'other', seed: 3 },
    data: { ...triangle.data, fingerprint: 'f'.repeat(64), split: { ...triangle.data.split, train: 5 } },
  };
  t.deepEqual(sweptSettings([plain, other]), [
    'neuron.surrogate.name',
    'neuron.delta',
    'neuron.surrogate.parameter',
  ]);
});

test('covers: a setting itself and what is under it, not what only begins alike', (t) => {
  t.deepEqual(
    ['neuron.delta', 'neuron', 'neuron.d', 'delta', 'neuron.delta.x', ''].map((path) =>
      covers(path, 'neuron.delta'),
    ),
    [true, true, false, false, false, false],
  );
});

test('selectRuns: every setting wanted has to fit; of no runs any path may be asked', (t) => {
  t.deepEqual(selectRuns([plain, triangle], { 'neuron.delta': 0.1, steps: 3 }), []);
  t.deepEqual(selectRuns([], { nonsense: 0 }), []);
  t.throws(() => selectRuns([plain], { kind: 0 }), {
    message: /did you mean batchNorm\.kind or loss\.kind or optimizer\.kind or schedule\.kind\?$/,
  });
});

test('checkPath: one run that has the setting is enough, a group of settings is one', (t) => {
  t.notThrows(() => checkPath([plain, triangle], 'neuron.surrogate.parameter'));
  t.notThrows(() => checkPath([plain], 'neuron.surrogate'));
  t.throws(() => checkPath([plain], 'neuron.surrogate.parameter'), { instanceOf: SettingsError });
});

test('compareValues: equal values are equal, also groups of settings; the sign is that of the difference', (t) => {
  for (const value of [null, 3, 'a', true, { name: 'atan' }]) t.is(compareValues(value, value), 0);
  t.deepEqual([compareValues(1, 2), compareValues(2, 1)], [-1, 1]);
  t.deepEqual([compareValues('a', 'b'), compareValues('b', 'a')], [-1, 1]);
  t.true(compareValues('1', 2) > 0 && compareValues(2, '1') < 0);
  t.true(compareValues(null, -1) < 0 && compareValues(-1, null) > 0);
});

test('neurons that are equations: the model and its parameters by name; two of one name differ in the hash of their equations', (t) => {
  const plif = madeRun({ settings: { neuron: { model: 'plif', parameters: { tau0: 3 } } } });
  t.is(settingAt(plain, 'neuron.model'), 'lif');
  t.is(settingAt(plif, 'neuron.model'), 'plif');
  t.deepEqual(settingAt(plif, 'neuron.parameters'), { tau0: 3, theta: 1, w: -Math.log(2) });
  const other = { ...neurons.plif, step: neurons.plif.step.map((text) => text.replace('detach(o)', 'o')) };
  const attached = madeRun({ settings: { neuron: { model: other, parameters: { tau0: 3 } } } });
  const shared = { learned: true, per: 'channel', initial: '-log(tau0 - 1)' } as const;
  const byChannel = madeRun({ settings: { neuron: { model: 'plif', parameters: { tau0: 3, w: shared } } } });
  for (const run of [attached, byChannel])
    t.deepEqual([...differingSettings([plif, run]).keys()], ['neuron.equations']);
  const slower = madeRun({ settings: { neuron: { model: 'plif', parameters: { tau0: 4 } } } });
  t.deepEqual(sweptSettings([plif, slower]), ['neuron.parameters.tau0', 'neuron.parameters.w']);
});
