// What gradients of neurons can be asked for; each against its limits. All forms on engine event: in-force.slow.ts.
import test from 'ava';
import { createEventEngine } from '../../src/engines/event/engine.js';
import { runEquations } from '../../src/engines/plain/equations.js';
import { neuronGradient, runNeurons } from '../../src/engines/plain/neurons.js';
import { SettingsError } from '../../src/errors.js';
import { sgsScale } from '../../src/surrogates/sgs.js';
import { equationsInForce } from '../../src/neurons/in-force.js';
import { defaultNeuron } from '../../src/neurons/lif.js';
import { neurons } from '../../src/neurons/index.js';
import { experiment, type ExperimentInput } from '../../src/experiment/experiment.js';
import { conv2d, lif, linear, type Network } from '../../src/network/layers.js';
import { normBefore } from '../../src/network/norm-before.js';
import { agree, BATCH, FORMS, modelWith, openInterpreters, passOf } from '../helpers/gradient-agreement.js';
import { normals, worstOfAll } from '../helpers/tensors.js';

const engines = await openInterpreters();
const event = await createEventEngine({ threads: 1 });
test.after(() => [...Object.values(engines), event].forEach((engine) => engine.dispose()));

const plain = (neuron: ExperimentInput['neuron']) => passOf(engines.plain, neuron);

test('every form: loss, gradients and logits of engine tfjs within 2e-5 of engine plain', async (t) => {
  for (const { neuron, ...more } of FORMS) await agree(t, engines, neuron, more);
});

test('engine event has kernels for LIF with a height, with one δ a layer, and firing at its threshold', async (t) => {
  for (const { neuron, ...more } of FORMS.slice(0, 4))
    await agree(t, { plain: engines.plain, event }, neuron, more);
});

test('a height of 1 changes no bit, one of 2 doubles what passes through one layer alone', async (t) => {
  for (const engine of [engines.plain, engines.tfjs, event]) {
    const [none, one, two] = await Promise.all(
      [undefined, 1, 2].map((height) => passOf(engine, { surrogate: { name: 'triangle', height } })),
    );
    for (const [name, { data }] of Object.entries(none.gradients)) {
      t.true(data.every((value, i) => Object.is(value, one.gradients[name].data[i])));
      if (name.startsWith('fc')) t.true(data.every((value, i) => value === two.gradients[name].data[i]));
    }
    t.true(worstOfAll(two.gradients, none.gradients) > 0.5);
  }
});

test('ratio: of LIF the rectangle of width a is that of width a·θ within 1e-12', async (t) => {
  const common = { theta: 0.4, delta: 0.1 };
  const ratio = await plain({
    ...common,
    surrogate: { name: 'rectangle', parameter: 1.5, argument: 'ratio' },
  });
  const wide = await plain({ ...common, surrogate: { name: 'rectangle', parameter: 1.5 * 0.4 } });
  t.true(worstOfAll(ratio.gradients, wide.gradients) < 1e-12);
  t.not(wide.loss, 0);
});

test('ratio: Diet has it in its equations; who has no theta cannot', (t) => {
  const choice = { ...defaultNeuron, surrogate: { name: 'atan', argument: 'ratio' } } as const;
  const refused = (model: object, message: RegExp) =>
    t.throws(() => equationsInForce({ name: 'l', model: model as never }, choice), {
      instanceOf: SettingsError,
      message,
    });
  refused(neurons.diet, /diet divides it by theta already; leave argument out/);
  refused(
    { name: 'own', state: { u: 0 }, step: ['v = u + x', 'o = spike(v - 1)', 'u = v - o'], output: 'o' },
    /own has no theta before its spike; leave argument out/,
  );
});

test('table: two knots are the rectangle, three the triangle, within 1e-12', async (t) => {
  const rectangle = await plain({ surrogate: { name: 'table', knots: [-0.5, 0.5], values: [1, 1] } });
  t.true(worstOfAll(rectangle.gradients, (await plain({})).gradients) < 1e-12);
  const triangle = await plain({ surrogate: { name: 'table', knots: [-1, 0, 1], values: [0, 1, 0] } });
  t.true(
    worstOfAll(triangle.gradients, (await plain({ surrogate: { name: 'triangle' } })).gradients) < 1e-12,
  );
});

test('stdb: h is α·exp(−β·Δt), Δt 999 + t until the first spike and then the steps since the last; LIF by plain loops, within 1e-15', (t) => {
  const settings = {
    ...defaultNeuron,
    delta: 0.3,
    surrogate: { name: 'stdb', parameter: 0.002, height: 0.3 },
  } as const;
  const [steps, count] = [6, 40];
  const x = Float64Array.from(normals('x', steps * count), (value) => 0.5 * value + 0.2);
  const g = Float64Array.from(normals('g', steps * count));
  const trace = runNeurons(x, steps, settings);
  const seen = new Set<number>();
  const since = (i: number): number => {
    for (let back = 1; i - back * count >= 0; back++) if (trace.o[i - back * count] === 1) return back;
    return 999 + Math.floor(i / count);
  };
  const wanted = neuronGradient(trace, g, settings, (gO, i) => {
    seen.add(since(i));
    return gO * 0.3 * Math.exp(-0.002 * since(i)) * sgsScale(gO, trace.v[i], trace.o[i], settings);
  });
  const run = runEquations(equationsInForce({ name: 'l' }, settings)!, x, steps, settings, {});
  t.deepEqual([...run.y], [...trace.o]);
  run.back(g).x.forEach((value, i) => t.true(Math.abs(value - wanted[i]) < 1e-15));
  t.true([1, 2, 3, 999, 1004].every((steps) => seen.has(steps)));
});

test('norm: with γ = 1 and τ = 0 the width is 2θ at every step, with τ it is more after the first', async (t) => {
  const tied = { surrogate: { name: 'rectangle', parameter: { rule: 'norm' } }, theta: 0.4 } as const;
  const fixed = await plain({ theta: 0.4, tau: 0, surrogate: { name: 'rectangle', parameter: 0.8 } });
  t.true(worstOfAll((await plain({ ...tied, tau: 0 })).gradients, fixed.gradients) < 1e-12);
  const share = async (parameter: object) =>
    (
      await modelWith(engines.plain, { ...tied, surrogate: { name: 'rectangle', parameter } as never }).probe(
        BATCH,
      )
    )[0].windowDensity;
  const [of, first, later] = await Promise.all([
    share({ rule: 'norm' }),
    share(0.8 as never),
    share((0.8 * Math.sqrt(1.25)) as never),
  ]);
  t.deepEqual(of, [first[0], later[1], later[2]]);
  t.not(first[1], later[1]);
});

test('norm: what has no batch norm in front, or no number tau, is refused by name', async (t) => {
  const network: Network = {
    ...{ name: 'bare', input: [4, 4, 1], classes: 2 },
    layers: [conv2d('c', 1, 2), lif('l'), { type: 'flatten', name: 'f' }, linear('fc', 32, 2)],
  };
  t.throws(() => normBefore(network, 'l'), { instanceOf: SettingsError, message: /l of bare has none/ });
  const surrogate = { name: 'rectangle', parameter: { rule: 'norm' } } as const;
  await t.throwsAsync(() => plain({ model: 'plif', surrogate }), {
    message: /plif has no number tau; take lif/,
  });
});

test('comparison: a potential at the threshold fires with >=, one float32 below it does not; engines agree', async (t) => {
  const network: Network = {
    ...{ name: 'edge', input: [1, 1, 1], classes: 2 },
    layers: [linear('a', 1, 2), lif('l'), linear('b', 2, 2)],
  };
  const weights = {
    'a.weight': { shape: [2, 1], data: Float32Array.of(0.5, 0.5 - 2 ** -25) },
    'a.bias': { shape: [2], data: new Float32Array(2) },
    'b.weight': { shape: [2, 2], data: Float32Array.of(1, 0, 0, 1) },
    'b.bias': { shape: [2], data: new Float32Array(2) },
  };
  const batch = { x: Float32Array.of(1), shape: [1, 1, 1, 1], labels: Int32Array.of(0) };
  for (const comparison of ['>', '>='] as const)
    for (const surrogate of [{ name: 'rectangle' }, { name: 'stdb' }] as const)
      for (const engine of [engines.plain, engines.tfjs, event]) {
        if (engine === event && surrogate.name === 'stdb') continue; // in-force.slow.ts
        const model = engine.createModel(
          network,
          experiment({ steps: 1, neuron: { comparison, surrogate } }),
          weights,
        );
        const { logits } = await model.evaluate(batch);
        t.deepEqual([...logits], [Number(comparison === '>='), 0], engine.numerics.engine);
        model.dispose();
      }
});

test('tune: a model with other numbers gives the bits of one that was made with them, on every engine, and back', async (t) => {
  for (const engine of [engines.plain, engines.tfjs, event]) {
    const before = { surrogate: { name: 'dspike', parameter: 1 }, delta: 0.1 } as const;
    const after = {
      surrogate: { name: 'dspike', parameter: 4 },
      delta: { layers: { l1: 0.3 } },
    } as const;
    const [first, second] = [await passOf(engine, before), await passOf(engine, after)];
    const model = modelWith(engine, before);
    const same = async (wanted: typeof first): Promise<boolean> => {
      const { gradients } = await model.gradients(BATCH);
      return Object.entries(wanted.gradients).every(([name, { data }]) =>
        data.every((value, i) => Object.is(value, gradients[name].data[i])),
      );
    };
    t.true(await same(first));
    model.tune({ parameter: 4, delta: { l1: 0.3 } });
    t.true(await same(second), engine.numerics.engine);
    t.false(await same(first));
    model.tune({ parameter: 1, delta: 0.1 });
    t.true(await same(first));
    t.throws(() => model.tune({ delta: { nosuch: 1 } }), { message: /no layer of neurons "nosuch"/ });
    model.dispose();
  }
});
