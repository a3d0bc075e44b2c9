// The figure of `inspect`: raster, potentials, spike rates and gradient norms, with sliders over the steps and over δ.
// Tests: test/inspection/inspect.test.ts.
import { logTicks } from '../figures/log-ticks.js';
import { panels } from '../figures/panels.js';
import { slider } from '../figures/slider.js';
import { axis, type Figure, type Layout, PALETTE, theme, type Trace } from '../figures/theme.js';
import { axes } from '../figures/traces.js';
import type { LayerLook } from './look.js';

/** Gradient norms under one strength δ. */
export interface Strength {
  label: string;
  own: boolean;
  /** `[layer][T]`. */
  norms: readonly (readonly number[])[];
}

/** Data of the figure. */
export interface Inspection {
  network: string;
  layers: readonly LayerLook[];
  /** Gradient norms for each δ; those of the network's own are seen first. */
  strengths: readonly Strength[];
  /** The threshold, drawn where there is one for all layers. */
  theta?: number;
}

/** Neurons in the raster: of a layer at most, and of all layers together, so that their dashes stay apart. */
const RASTER = { layer: 60, all: 240 };
const BINS = 48;
const [BLUE, ORANGE, GREEN] = PALETTE;
const QUIET = '#8B949E';

/**
 * Draws an inspection.
 *
 * @param inspection - layers from `look`, gradient norms for each δ
 * @returns four panels and two sliders: t moves through raster, potentials and rates, δ through the gradient norms
 */
export function inspectionFigure({ network, layers, strengths, theta }: Inspection): Figure {
  const steps = layers[0].spikeRate.length;
  const names = layers.map(({ layer }) => layer);
  const rates = layers.map(({ spikeRate }) => spikeRate);
  const range = rangeOf(layers);
  const still = [allSpikes(layers)];
  const ofStep = (t: number): Trace[] => [
    spikesAt(layers, t),
    potentialMap(layers, t, range),
    bar({ x: names, y: rates.map((rate) => rate[t]), plot: 3, color: ORANGE, name: `step ${t + 1}` }),
  ];
  const ofDelta = ({ norms: byLayer }: Strength): Trace[] =>
    Array.from({ length: steps }, (_, t) => {
      const color = PALETTE[t % PALETTE.length];
      return bar({ x: names, y: byLayer.map((norm) => norm[t]), plot: 4, color, name: `step ${t + 1}` });
    });
  const bySteps = Array.from({ length: steps }, (_, t) => ofStep(t));
  const byDeltas = strengths.map(ofDelta);
  const active = strengths.findIndex(({ own }) => own);
  const allNorms = strengths.flatMap(({ norms }) => norms.flat());
  const seen = (groups: Trace[][], first: number): Trace[] =>
    groups.flatMap((group, i) => group.map((trace) => ({ ...trace, visible: i === first })));
  const tilted = { tickangle: -50 };
  return {
    data: [...still, ...seen(bySteps, 0), ...seen(byDeltas, active)],
    layout: theme({
      title: { text: `${network}: one image` },
      ...{ height: 860, barmode: 'group', showlegend: false, margin: { t: 64, b: 120 } },
      ...panels(
        [
          {
            title: 'spikes (those of the step in orange)',
            xaxis: axis('step', undefined, { range: [0.4, steps + 0.6], dtick: Math.ceil(steps / 12) }),
            yaxis: axis('neurons by layer', undefined, {
              ...{ range: [0, layers.length], showgrid: false, tickmode: 'array', ticktext: names },
              tickvals: names.map((_, i) => i + 0.5),
            }),
          },
          {
            title: theta === undefined ? 'potentials' : 'potentials, and the threshold',
            xaxis: axis('potential before the reset', undefined, { range }),
            yaxis: axis('layer', undefined, { range: [-0.5, layers.length - 0.5] }),
          },
          {
            title: 'spike rate',
            xaxis: axis('layer', undefined, tilted),
            yaxis: axis('share that fires', undefined, {
              range: [0, Math.max(...rates.flat(), 0.01) * 1.05],
            }),
          },
          {
            title: `gradient norm${steps > 1 ? ', a bar a step' : ''}`,
            xaxis: axis('layer', undefined, tilted),
            yaxis: axis('norm', undefined, { ...logTicks(allNorms), range: decadesOf(allNorms) }),
          },
        ],
        { columns: 2, gapX: 0.16, gapY: 0.22 },
      ),
      shapes: theta === undefined ? [] : [thresholdLine(theta)],
      sliders: [
        slider({
          ...{ prefix: 'step t = ', x: 0, start: still.length, active: 0, groups: bySteps },
          labels: bySteps.map((_, t) => String(t + 1)),
        }),
        slider({
          ...{
            prefix: 'δ = ',
            x: 0.55,
            start: still.length + bySteps.flat().length,
            active,
            groups: byDeltas,
          },
          labels: strengths.map(({ label }) => label),
        }),
      ],
    }),
  };
}

/** Heights of a layer's spikes in the raster at a step: some neurons of each layer, layer above layer. */
function placesAt(layers: readonly LayerLook[], layer: number, t: number): number[] {
  const outputs = layers[layer].outputs[t];
  const kept = Math.min(RASTER.layer, Math.ceil(RASTER.all / layers.length), outputs.length);
  return Array.from({ length: kept }, (_, i) => Math.floor((i * outputs.length) / kept)).flatMap(
    (neuron, i) => (outputs[neuron] > 0 ? [layer + 0.06 + (0.88 * (i + 0.5)) / kept] : []),
  );
}

const raster = (dots: readonly (readonly [x: number, y: number])[], color: string, size: number): Trace => ({
  ...{ type: 'scatter', mode: 'markers', x: dots.map(([x]) => x), y: dots.map(([, y]) => y) },
  ...{ marker: { symbol: 'line-ew-open', size, color }, hoverinfo: 'skip', showlegend: false },
});

const sizeOf = (layers: readonly LayerLook[]): number =>
  Math.max(4, Math.min(40, 180 / layers[0].outputs.length));

const dotsAt = (layers: readonly LayerLook[], t: number): [number, number][] =>
  layers.flatMap((_, i) => placesAt(layers, i, t).map((y): [number, number] => [t + 1, y]));

const allSpikes = (layers: readonly LayerLook[]): Trace =>
  raster(
    layers[0].outputs.flatMap((_, t) => dotsAt(layers, t)),
    QUIET,
    sizeOf(layers),
  );

const spikesAt = (layers: readonly LayerLook[], t: number): Trace =>
  raster(dotsAt(layers, t), ORANGE, sizeOf(layers));

/** Across the panel of potentials. */
const thresholdLine = (theta: number): Layout => ({
  ...{ type: 'line', xref: 'x2', yref: 'y2 domain', x0: theta, x1: theta, y0: 0, y1: 1 },
  line: { color: GREEN, width: 2, dash: 'dash' },
});

const bar = (settings: {
  x: readonly string[];
  y: readonly number[];
  plot: number;
  color: string;
  name: string;
}): Trace => {
  const { x, y, plot, color, name } = settings;
  return { ...{ type: 'bar', name, x, y, showlegend: false, marker: { color } }, ...axes({ plot }) };
};

const rangeOf = (layers: readonly LayerLook[]): [number, number] => {
  const all = layers.flatMap(({ potentials }) => potentials.flat());
  return [all.reduce((a, b) => Math.min(a, b), Infinity), all.reduce((a, b) => Math.max(a, b), -Infinity)];
};

/** Layers up, potentials across, the share of neurons as colour. */
function potentialMap(layers: readonly LayerLook[], t: number, [least, most]: [number, number]): Trace {
  const width = (most - least) / BINS || 1;
  const z = layers.map(({ potentials }) => {
    const counts = new Array<number>(BINS).fill(0);
    for (const v of potentials[t]) counts[Math.min(BINS - 1, Math.floor((v - least) / width))] += 1;
    const largest = Math.max(...counts);
    return counts.map((count) => count / largest);
  });
  return {
    ...{ type: 'heatmap', z, x: z[0].map((_, bin) => least + (bin + 0.5) * width) },
    ...{ y: layers.map(({ layer }) => layer), zmin: 0, zmax: 1, showscale: false, ...axes({ plot: 2 }) },
    colorscale: [
      [0, 'rgba(0,114,178,0)'],
      [1, BLUE],
    ],
  };
}

/** The range of a logarithmic axis: room below the smallest, so that its bar is seen. */
function decadesOf(values: readonly number[]): [number, number] | undefined {
  const exponents = values.filter((value) => value > 0).map(Math.log10);
  if (exponents.length === 0) return undefined;
  const [least, most] = [Math.min(...exponents), Math.max(...exponents)];
  const room = 0.05 + 0.08 * (most - least);
  return [least - 2 * room, most + room];
}
