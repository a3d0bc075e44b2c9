// `inspect`: one figure of what a network does with an image, with sliders over the steps and over δ. Tests: test/inspection/look.test.ts.
import type { Batch } from '../data/dataset.js';
import type { Model } from '../engines/engine.js';
import { logTicks } from '../figures/log-ticks.js';
import { panels } from '../figures/panels.js';
import { axis, type Figure, type Layout, PALETTE, theme, type Trace } from '../figures/theme.js';
import { deltaOf, deltaText } from '../surrogates/delta.js';
import { look, type LayerLook } from './look.js';

/** Strengths δ among which the slider chooses. */
const DELTAS: readonly number[] = [0, 1e-4, 1e-2, 0.1, 1];
const BINS = 40;

/**
 * Looks at one image: potentials of each layer at a step (slider t), spike rates and gradient norms by layer, the gradients for other
 * strengths of SGS too (slider δ). The model is as before afterwards.
 *
 * @param model - from `engine.createModel` or `loadModel`
 * @param batch - the image comes first, others are what batch norm sees besides
 * @returns a figure; give it to `show`
 *
 * @example
 * ```ts
 * const { model, dataset } = await loadModel('run-0123');
 * await show(await inspect(model, batch));
 * ```
 */
export async function inspect(model: Model, batch: Batch): Promise<Figure> {
  const layers = await look(model, batch);
  const own = model.settings.neuron.delta;
  const norms = new Map([[`${deltaText(own)} (its own)`, layers.map(({ gradientNorm }) => gradientNorm)]]);
  try {
    for (const delta of DELTAS.filter((other) => other !== own)) {
      model.tune({ delta });
      norms.set(
        String(delta),
        (await model.probe(batch)).map(({ gradientNorm }) => gradientNorm),
      );
    }
  } finally {
    model.tune({ delta: Object.fromEntries(layers.map(({ layer }) => [layer, deltaOf(own, layer)])) });
  }
  return inspectionFigure(layers, norms, model.network.name);
}

/** Drawn from what was looked at. */
function inspectionFigure(
  layers: readonly LayerLook[],
  norms: ReadonlyMap<string, number[][]>,
  network: string,
): Figure {
  const steps = layers[0].spikeRate.length;
  const names = layers.map(({ layer }) => layer);
  const range = rangeOf(layers);
  const atStep = Array.from({ length: steps }, (_, t) => [
    { ...potentialMap(layers, t, range), visible: t === 0 },
    {
      ...bar(
        names,
        layers.map(({ spikeRate }) => spikeRate[t]),
        2,
        0,
      ),
      visible: t === 0,
    },
  ]);
  const byDelta = [...norms.values()].map((byLayer, i) =>
    Array.from({ length: steps }, (_, t) => ({
      ...bar(
        names,
        byLayer.map((norm) => norm[t]),
        3,
        t,
      ),
      ...{ name: `step ${t + 1}`, visible: i === 0 },
    })),
  );
  const data = [...atStep.flat(), ...byDelta.flat()];
  const stepTraces = atStep.flat().length;
  return {
    data,
    layout: theme({
      title: { text: `${network}: one image` },
      ...{ height: 640, barmode: 'group', showlegend: false, margin: { t: 84, b: 170 } },
      ...panels(
        [
          {
            title: 'potentials',
            xaxis: axis('potential'),
            yaxis: axis('layer'),
          },
          {
            title: 'spike rate',
            xaxis: axis('layer', undefined, { tickangle: -50 }),
            yaxis: axis('share that fires', undefined, { rangemode: 'tozero' }),
          },
          {
            title: 'gradient norm, a bar a step',
            xaxis: axis('layer', undefined, { tickangle: -50 }),
            yaxis: axis('norm', undefined, logTicks([...norms.values()].flat(2))),
          },
        ],
        { columns: 3, gapX: 0.13 },
      ),
      sliders: [
        slider(
          'step ',
          Array.from({ length: steps }, (_, t) => ({ label: String(t + 1), from: 2 * t, count: 2 })),
          { start: 0, length: stepTraces, x: 0 },
        ),
        slider(
          'δ = ',
          [...norms.keys()].map((label, i) => ({ label, from: stepTraces + i * steps, count: steps })),
          { start: stepTraces, length: data.length - stepTraces, x: 0.55 },
        ),
      ],
    }),
  };
}

const bar = (x: readonly string[], y: readonly number[], plot: number, colour: number): Trace => ({
  ...{ type: 'bar', x, y, showlegend: false, marker: { color: PALETTE[colour % PALETTE.length] } },
  ...{ xaxis: `x${plot}`, yaxis: `y${plot}` },
});

const rangeOf = (layers: readonly LayerLook[]): [number, number] => {
  const all = layers.flatMap(({ potentials }) => potentials.flat());
  return [all.reduce((a, b) => Math.min(a, b), Infinity), all.reduce((a, b) => Math.max(a, b), -Infinity)];
};

/** Layers down, potentials across, the share of neurons as colour. */
function potentialMap(layers: readonly LayerLook[], t: number, [least, most]: [number, number]): Trace {
  const width = (most - least) / BINS || 1;
  const z = layers.map(({ potentials }) => {
    const counts = new Array<number>(BINS).fill(0);
    for (const v of potentials[t]) counts[Math.min(BINS - 1, Math.floor((v - least) / width))] += 1;
    return counts.map((count) => count / potentials[t].length);
  });
  return {
    ...{ type: 'heatmap', z, x: z[0].map((_, bin) => least + (bin + 0.5) * width) },
    ...{ y: layers.map(({ layer }) => layer), colorscale: 'Cividis', showscale: false },
  };
}

/** A slider that shows one group of traces of its own range and hides the others of it. */
function slider(
  prefix: string,
  groups: readonly { label: string; from: number; count: number }[],
  { start, length, x }: { start: number; length: number; x: number },
): Layout {
  const own = Array.from({ length }, (_, i) => start + i);
  return {
    ...{ active: 0, x, len: 0.42, y: -0.22, currentvalue: { prefix } },
    steps: groups.map(({ label, from, count }) => ({
      label,
      method: 'restyle',
      args: [{ visible: own.map((i) => i >= from && i < from + count) }, own],
    })),
  };
}
