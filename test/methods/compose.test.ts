import test from 'ava';
import { SettingsError } from '../../src/errors.js';
import { experiment, type ExperimentInput } from '../../src/experiment/experiment.js';
import { composeMethods, fieldsOf } from '../../src/methods/compose.js';
import { method } from '../../src/methods/index.js';

const BASE: ExperimentInput = { data: { name: 'shapes10' }, epochs: 4, seed: 1 };

test('fields by path: settings with fields that stand by themselves are opened, others whole; what is only left off is none', (t) => {
  t.deepEqual(fieldsOf(method('baseline').equal), [['neuron.surrogate', { name: 'rectangle' }]]);
  t.deepEqual(
    fieldsOf(method('rateMse').equal).map(([path]) => path),
    ['loss', 'readout'],
  );
  t.deepEqual(fieldsOf({ neuron: { delta: 0.1 }, lipschitz: { beta: 0 } }), [['neuron.delta', 0.1]]);
});

test('methods of several kinds together; the base is kept and not changed', (t) => {
  const before = structuredClone(BASE);
  const made = experiment(composeMethods(BASE, ['plif', 'tebn', 'tet', 'sgs', 'lr']));
  t.like(made, {
    ...{ epochs: 4, seed: 1, data: { name: 'shapes10' }, neuron: { model: { name: 'plif' }, delta: 1e-4 } },
    ...{ batchNorm: { kind: 'tebn' }, loss: { kind: 'tet', lambda: 0.05 }, lipschitz: { beta: 1e-4 } },
  });
  t.deepEqual(BASE, before);
  t.deepEqual(composeMethods({}, ['sgs', 'lr']), method('sgsLr').equal);
});

test('SGS and LR are off unless the base or a method has them', (t) => {
  t.like(composeMethods(BASE, ['tebn']), { neuron: { delta: 0 }, lipschitz: { beta: 0 } });
  t.like(composeMethods({ neuron: { delta: 0.01 }, lipschitz: { beta: 1e-3 } }, ['tebn']), {
    ...{ neuron: { delta: 0.01 }, lipschitz: { beta: 1e-3 } },
  });
});

test('a fragment of the list is not shared with what is composed', (t) => {
  const made = composeMethods({}, ['imLoss']);
  (made.loss as object[]).pop();
  t.is((method('imLoss').equal.loss as object[]).length, 2);
});

test('equations take the place of the numbers of LIF, or of the equations, that the base has; its gradient stays', (t) => {
  const surrogate = { name: 'triangle' };
  for (const neuron of [
    { tau: 0.3, reset: 'soft', surrogate },
    { model: 'stl', parameters: { tau: 0.3 }, surrogate },
  ] as ExperimentInput['neuron'][])
    t.deepEqual(composeMethods({ neuron }, ['clif']).neuron, { surrogate, delta: 0, model: 'clif' });
});

test('fields of a norm beside its kind are those of the base; a loss is replaced whole', (t) => {
  const base: ExperimentInput = {
    batchNorm: { kind: 'tdbn', momentum: 0.2 },
    loss: { kind: 'tet', lambda: 0.5 },
  };
  t.like(composeMethods(base, ['tebn', 'rateMse']), {
    batchNorm: { kind: 'tebn', momentum: 0.2 },
    loss: { kind: 'rateMse', lambda: undefined },
  });
});

test('own has the recipe too; of a method that has none it is refused with the reason', (t) => {
  t.like(composeMethods(BASE, ['tet'], 'own'), { epochs: 150, steps: 2, neuron: { theta: 1 }, seed: 1 });
  t.throws(() => composeMethods(BASE, ['dspike'], 'own'), {
    instanceOf: SettingsError,
    message: /^method dspike has no preset own: No code of its authors is public; .*\. Take equal$/,
  });
});

test('two methods that set the same field differently are refused with both and the field; equal settings are none', (t) => {
  const refused = (names: string[], message: RegExp, base = BASE): void =>
    void t.throws(() => composeMethods(base, names), { instanceOf: SettingsError, message });
  refused(
    ['tebn', 'bntt'],
    /^methods tebn and bntt set batchNorm\.kind differently: "tebn" and "bntt"; leave one out$/,
  );
  refused(['triangle', 'sgs', 'dspike'], /^methods triangle and dspike set neuron\.surrogate differently/);
  refused(
    ['plif', 'mpbn'],
    /^methods plif and mpbn set neuron\.model and neuron\.norm: equations have no numbers of LIF/,
  );
  refused(['mpbn'], /^the experiment and method mpbn set neuron\.model and neuron\.norm/, {
    neuron: { model: 'plif' },
  });
  refused(['plif', 'plof'], /^no method is named "plof"/);
  refused([], /^no method is named; give one or several$/);
  t.notThrows(() => composeMethods(BASE, ['sgs', 'sgs', 'sgsLr', 'lr']));
});
