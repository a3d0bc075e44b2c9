import test from 'ava';
import { compileStep } from '../../../../src/engines/event/generate/compile.js';
import { shippedSteps } from '../../../../src/engines/event/generate/shipped.js';
import { layerCode } from '../../../../src/engines/event/generate/layer-code.js';
import { experiment } from '../../../../src/experiment/experiment.js';
import { lif, neuron, relu } from '../../../../src/network/layers.js';
import { integrator } from '../../../../src/network/readout.js';
import { NEURON_NAMES, neurons } from '../../../../src/neurons/index.js';
import { temporaryFolder } from '../../../helpers/folder.js';

const OWN = { name: 'own', parameters: { k: 2 }, derivative: 'exp(-k * abs(u))' };
const choice = (given: object) => experiment({ neuron: given } as never).neuron;

test('generated code is for neurons of equations, and for LIF with a surrogate of one’s own: all else is shipped', (t) => {
  t.is(layerCode(lif('n'), choice({})), undefined);
  t.is(layerCode(relu('r'), choice({ surrogate: OWN })), undefined);
  t.is(layerCode(lif('n'), choice({ surrogate: OWN }))!.neuron.description.name, 'lif');
  t.is(layerCode(neuron('n', neurons.clif), choice({}))!.neuron.description.name, 'clif');
});

test('numbers are values, not code: layers and experiments that differ in numbers alone share a module', (t) => {
  const of = (given: object, parameters: Record<string, number> = {}) =>
    layerCode(
      neuron('n', { ...neurons.clif, parameters: { ...neurons.clif.parameters, ...parameters } }),
      choice(given),
    )!;
  const a = of({ delta: 0.1 }, { theta: 1 });
  const b = of({ delta: 0, scaleFloor: 0 }, { theta: 2 });
  t.is(a.module, b.module);
  t.deepEqual([a.values.theta, b.values.theta], [1, 2]);
  t.deepEqual([a.values['δ'], b.values['δ']], [0.1, 0]);
  t.deepEqual([a.values['floor↓'], b.values['floor↓']], [-Infinity, 0]);
  const wide = of({ surrogate: { ...OWN, parameters: { k: 3 } } });
  t.is(wide.module, of({ surrogate: OWN }).module);
  t.is(wide.values['h.k'], 3);
  t.not(wide.module, a.module);
  t.not(of({ surrogate: { name: 'atan' } }).module, a.module);
});

test('built-in neurons with the default surrogate come compiled: they need no compiler', async (t) => {
  const load = () => Promise.reject(new Error('the compiler was asked for'));
  const cache = temporaryFolder(t);
  for (const name of NEURON_NAMES.filter((each) => each !== 'lif')) {
    const { code } = layerCode(neuron('n', neurons[name]), choice({}))!;
    t.true(shippedSteps().includes(code.source), name);
    t.true((await compileStep(code.source, 'plain', { cache, load })) instanceof WebAssembly.Module, name);
  }
});

test('so does LIF where terms of the loss judge it, with the default surrogate, and the integrator of readouts with any', (t) => {
  const shipped = shippedSteps();
  for (const reset of ['hard', 'soft'])
    for (const detachReset of [false, true])
      t.true(
        shipped.includes(layerCode(lif('n'), choice({ reset, detachReset, tau: 0.3 }), true)!.code.source),
        reset,
      );
  for (const surrogate of [{ name: 'rectangle' }, { name: 'atan' }, OWN])
    t.true(shipped.includes(layerCode(neuron('r', integrator(0.7)), choice({ surrogate }))!.code.source));
});
