import test from 'ava';
import { SettingsError } from '../../src/errors.js';
import { expandSweep, trialText } from '../../src/sweep/expand.js';
import { checkSweep } from '../../src/sweep/spec.js';

const expand = (axes: object, base: object = { epochs: 3 }) => expandSweep(checkSweep({ axes, base })).trials;

test('methods by name, together and in their own preset; other axes are set on top; texts tell them apart', (t) => {
  const trials = expand({
    method: ['baseline', ['plif', 'tebn'], { name: 'tet', as: 'own' }, { name: 'tet' }],
    'neuron.delta': [0, 0.01],
  });
  t.deepEqual(
    trials.map(({ experiment: { neuron, batchNorm, loss, epochs } }) => [
      'model' in neuron ? neuron.model.name : 'lif',
      batchNorm.kind,
      (loss as { kind: string }).kind,
      epochs,
      neuron.delta,
    ]),
    [
      ['lif', 'standard', 'mean', 3],
      ['plif', 'tebn', 'mean', 3],
      ['lif', 'standard', 'tet', 150],
      ['lif', 'standard', 'tet', 3],
    ].flatMap((row) => [
      [...row, 0],
      [...row, 0.01],
    ]),
  );
  t.is(new Set(trials.map(trialText)).size, 8);
  t.is(trialText(trials[4]), 'method = tet {"as":"own"}, neuron.delta = 0');
});

test('a value that names no method is refused, as is a method that the base does not go with', (t) => {
  const refused = (value: unknown, message: RegExp, base?: object): void =>
    void t.throws(() => expand({ method: [value] }, base), { instanceOf: SettingsError, message });
  refused(3, /^sweep: axis method: expected a name such as "plif", .* got 3$/);
  refused({ name: 'plif', as: 'theirs' }, /got \{"name":"plif","as":"theirs"\}$/);
  refused({ name: 'plif', more: 1 }, /^sweep: axis method: expected/);
  refused('plfi', /^sweep: axis method, value "plfi": no method is named "plfi"/);
  refused(['plif', 'glif'], /^sweep: axis method, value \["plif","glif"\]: methods plif and glif set/);
  refused('mpbn', /^sweep: axis method, value "mpbn": the experiment and method mpbn set/, {
    neuron: { model: 'plif' },
  });
});
