// Energy from evaluation records: activity by layer and step, operations, and ratios under every counting.
import type { EnergyResult, LayerEnergy } from '../energy.js';
import { axis, theme, type Figure, type Layout } from '../figure.js';
import type { EvaluationRecord, ResultRow } from '../record.js';
import { bars, line } from '../traces.js';

const rowsOf = ({ results }: EvaluationRecord, kind: string): ResultRow[] =>
  results.filter(({ row }) => row === kind);

/** Many names of layers stand steeply; few turn only where there is no room. */
const tilted = (names: readonly string[]): Layout => (names.length > 8 ? { tickangle: -60 } : {});

/** The layers of an energy record. */
export const energyLayers = (record: EvaluationRecord): LayerEnergy[] =>
  rowsOf(record, 'layer').map(({ row: _, ...layer }) => layer as unknown as LayerEnergy);

/** Share of neurons that fire by layer and step, from an energy record; mean over steps as a line. */
export function layerRateFigure(record: EvaluationRecord): Figure {
  const rates = rowsOf(record, 'rate') as unknown as { layer: string; step: number; rate: number }[];
  const layers = [...new Set(rates.map(({ layer }) => layer))];
  const steps = [...new Set(rates.map(({ step }) => step))];
  const data = steps.map((step, i) =>
    bars({
      name: `t = ${step}`,
      x: layers,
      y: layers.map((layer) => 100 * rates.find((row) => row.layer === layer && row.step === step)!.rate),
      colour: i,
      pattern: i,
      runs: [record.of, record.id],
    }),
  );
  return {
    data,
    layout: theme({
      title: { text: 'Spike rate by layer and time step' },
      xaxis: axis('layer', undefined, tilted(layers)),
      yaxis: axis('neurons that fire', '%', { rangemode: 'tozero' }),
      barmode: 'group',
    }),
  };
}

/** Operations of one example by layer: the ANN's MACs, the paper's count T·MACs·S, and exact synaptic operations. */
export function operationsFigure(record: EvaluationRecord, steps: number): Figure {
  const layers = energyLayers(record);
  const names = layers.map(({ layer }) => layer);
  const kinds: [string, (layer: LayerEnergy) => number][] = [
    ['MACs of the ANN', ({ macs }) => macs],
    ['ACs as the paper counts: T · MACs · S', ({ macs, inputRate }) => steps * macs * inputRate],
    ['exact synaptic operations', ({ synapticOperations }) => synapticOperations],
  ];
  return {
    data: kinds.map(([name, value], i) =>
      bars({
        name,
        x: names,
        y: layers.map((layer) => value(layer) / 1e6),
        colour: i,
        pattern: i,
        runs: [record.of, record.id],
      }),
    ),
    layout: theme({
      title: { text: `Operations of one example by layer, T = ${steps}` },
      xaxis: axis('layer', undefined, tilted(names)),
      yaxis: axis('operations', '10⁶', { rangemode: 'tozero' }),
      barmode: 'group',
    }),
  };
}

/** A counting in words. */
export const countingName = ({
  firstLayer,
  averages,
}: Pick<EnergyResult, 'firstLayer' | 'averages'>): string =>
  `conv1 ${{ ac: 'AC', macEveryStep: 'MAC × T', macOnce: 'MAC once' }[firstLayer]}, averages ${averages.toUpperCase()}`;

/** The ratio ANN/SNN under each counting, for both costs. */
export function ratioFigure(record: EvaluationRecord): Figure {
  const totals = rowsOf(record, 'total') as unknown as EnergyResult[];
  const names = [...new Set(totals.map(countingName))];
  const costs = { int32: '32-bit integer: 3.2 and 0.1 pJ (the paper)', fp32: '32-bit float: 4.6 and 0.9 pJ' };
  const data = Object.entries(costs).map(([cost, name], i) => {
    const here = totals.filter((row) => row.cost === cost);
    return bars({
      name,
      x: names,
      y: names.map((counting) => here.find((row) => countingName(row) === counting)!.ratio),
      colour: i,
      pattern: i,
      runs: [record.of, record.id],
    });
  });
  const one = line({
    name: 'as much as the ANN',
    x: [names[0], names[names.length - 1]],
    y: [1, 1],
    colour: 6,
    dash: 1,
  });
  return {
    data: [...data, ...one],
    layout: theme({
      title: { text: 'Energy of the ANN over that of the SNN, by counting' },
      xaxis: axis('counting of first layer and averages', undefined, { tickangle: -25 }),
      yaxis: axis('ratio ANN / SNN', undefined, {
        type: 'log',
        tickvals: [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100],
        tickfont: { size: 12 },
      }),
      barmode: 'group',
    }),
  };
}

/** Dead and saturated neurons by layer, from a probe record. */
export function deadFigure(probe: EvaluationRecord): Figure {
  const rows = probe.results.filter(({ step }) => step === 1) as unknown as {
    layer: string;
    dead: number;
    saturated: number;
  }[];
  const names = rows.map(({ layer }) => layer);
  const runs = [probe.of, probe.id];
  return {
    data: [
      bars({
        name: 'dead: fire for no example at no step',
        x: names,
        y: rows.map(({ dead }) => 100 * dead),
        colour: 0,
        runs,
      }),
      bars({
        name: 'saturated: fire for every example at every step',
        x: names,
        y: rows.map(({ saturated }) => 100 * saturated),
        colour: 1,
        pattern: 1,
        runs,
      }),
    ],
    layout: theme({
      title: { text: 'Dead and saturated neurons' },
      xaxis: axis('layer', undefined, tilted(names)),
      yaxis: axis('neurons of the layer', '%', { rangemode: 'tozero' }),
      barmode: 'group',
    }),
  };
}
