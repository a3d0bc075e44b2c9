// Everything that gradients of neurons can be asked for, on engine event: its kernels are compiled here, some seconds each.
import test from 'ava';
import { agree, BATCH, FORMS, modelWith, openCompiled } from '../helpers/gradient-agreement.js';

const engines = await openCompiled();
test.after(() => Object.values(engines).forEach((engine) => engine.dispose()));

for (const { neuron, ...more } of FORMS)
  test(`${JSON.stringify(neuron)}: loss, gradients and logits within 2e-5 of engine plain, the same bits of any number of threads`, async (t) => {
    await agree(t, engines, neuron, more);
  });

test('probe sees the surrogates that have a state as engine plain does', async (t) => {
  for (const surrogate of [
    { name: 'stdb', parameter: 0.4 },
    { name: 'rectangle', parameter: { rule: 'norm' } },
  ] as const) {
    const [wanted, got] = await Promise.all(
      [engines.plain, engines.event].map((engine) => modelWith(engine, { surrogate }).probe(BATCH)),
    );
    for (const [i, { gradientNorm, windowDensity }] of wanted.entries()) {
      windowDensity.forEach((share, k) => t.true(Math.abs(share - got[i].windowDensity[k]) < 0.005));
      gradientNorm.forEach((norm, k) => t.true(Math.abs(got[i].gradientNorm[k] - norm) < 1e-7));
    }
  }
});
