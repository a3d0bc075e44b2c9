// The figure of one image: what its panels hold, what its sliders show, and that the model is as before.
import test from 'ava';
import { createPlainEngine } from '../../src/engines/plain/engine.js';
import { experiment } from '../../src/experiment/experiment.js';
import type { Figure, Trace } from '../../src/figures/theme.js';
import { renderSvg } from '../../src/figures/render/render.js';
import { inspect, look } from '../../src/inspection/index.js';
import { convNet } from '../../src/network/architectures.js';
import { initialWeights } from '../../src/network/initialise.js';
import { normals } from '../helpers/tensors.js';

const STEPS = 3;
const network = convNet({ classes: 4, width: 0.0625, size: 8 });
const image = { x: normals('look', 2 * 8 * 8 * 3), shape: [2, 8, 8, 3], labels: Int32Array.of(0, 1) };
const modelWith = (delta: number) =>
  createPlainEngine().createModel(
    network,
    experiment({ steps: STEPS, neuron: { delta } }),
    initialWeights(network, 1),
  );

interface Slider {
  active: number;
  steps: { label: string; args: [{ visible: boolean[] }, number[]] }[];
}

/** Which traces are seen once a slider stands at a step. */
function seenAt({ data, layout }: Figure, slider: number, step: number): number[] {
  const visible = data.map((trace) => trace.visible !== false);
  const [{ visible: asked }, own] = (layout.sliders as Slider[])[slider].steps[step].args;
  own.forEach((trace, i) => (visible[trace] = asked[i]));
  return visible.flatMap((is, i) => (is ? [i] : []));
}

const panelOf = ({ xaxis = 'x' }: Trace): unknown => xaxis;

test('inspect: raster, potentials and rates follow the slider of steps, gradient norms that of δ; the model is as before', async (t) => {
  const model = modelWith(1e-4);
  const layers = await look(model, image);
  const before = (await model.gradients(image)).gradients;
  const figure = await inspect(model, image);
  t.deepEqual((await model.gradients(image)).gradients, before);

  const [steps, deltas] = figure.layout.sliders as Slider[];
  t.deepEqual(
    steps.steps.map(({ label }) => label),
    ['1', '2', '3'],
  );
  t.deepEqual(
    deltas.steps.map(({ label }) => label),
    ['0', '0.0001 (its own)', '0.01', '0.1', '1'],
  );
  t.is(deltas.active, 1);
  const first = figure.data.flatMap((trace, i) => (trace.visible !== false ? [i] : []));
  t.deepEqual(first, seenAt(figure, 0, 0));
  t.deepEqual(first, seenAt(figure, 1, 1));

  for (let step = 0; step < STEPS; step++) {
    const seen = seenAt(figure, 0, step).map((i) => figure.data[i]);
    const rate = seen.find((trace) => panelOf(trace) === 'x3')!;
    t.deepEqual(
      rate.y,
      layers.map(({ spikeRate }) => spikeRate[step]),
    );
    const [all, now] = seen.filter((trace) => panelOf(trace) === 'x');
    const times = all.x as number[];
    t.is((now.x as number[]).length, times.filter((x) => x === step + 1).length);
    t.deepEqual(
      now.y,
      (all.y as number[]).filter((_, i) => times[i] === step + 1),
    );
    t.is(seen.filter((trace) => panelOf(trace) === 'x2').length, 1);
    t.is(seen.filter((trace) => panelOf(trace) === 'x4').length, STEPS, 'a bar of gradients a step');
  }
  const normsAt = (step: number): unknown[] =>
    seenAt(figure, 1, step).flatMap((i) => (panelOf(figure.data[i]) === 'x4' ? [figure.data[i].y] : []));
  t.deepEqual(
    normsAt(1),
    Array.from({ length: STEPS }, (_, step) => layers.map(({ gradientNorm }) => gradientNorm[step])),
  );
  t.notDeepEqual(normsAt(4), normsAt(1), 'δ = 1 changes the gradient');
});

test('inspect: neurons stand in the band of their layer, all of them where they are few; a spike for each that fires', async (t) => {
  const model = modelWith(1e-4);
  const layers = await look(model, image);
  const { data } = await inspect(model, image);
  const [x, y] = [data[0].x as number[], data[0].y as number[]];
  const [last] = layers.slice(-1);
  t.true(last.neurons.length <= 60, `${last.neurons.length} neurons`);
  const band = y.filter((place) => Math.floor(place) === layers.length - 1);
  t.is(band.length, last.outputs.flat().filter((o) => o > 0).length);
  t.true(
    y.every((place) => place > 0 && place < layers.length) && x.every((step) => step >= 1 && step <= STEPS),
  );
});

test('inspect: a δ among those of the slider stands at its place once; the figure is drawn, with the threshold', async (t) => {
  const figure = await inspect(modelWith(0.1), image);
  const [, deltas] = figure.layout.sliders as Slider[];
  t.deepEqual(
    deltas.steps.map(({ label }) => label),
    ['0', '0.0001', '0.01', '0.1 (its own)', '1'],
  );
  t.is((figure.layout.shapes as { x0: number }[])[0].x0, 0.5);
  t.regex(await renderSvg(figure), /gradient norm, a bar a step/);
});
