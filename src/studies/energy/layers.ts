// Energy from evaluation records: activity and operations by layer, dead and saturated neurons.
import { axis, type Figure, label, type Layout, theme } from '../../figures/theme.js';
import { bars } from '../../figures/traces.js';
import type { LayerEnergy } from '../../measures/energy.js';
import type { ResultRow } from '../../measures/index.js';
import type { EvaluationRecord } from '../../records/record.js';

const rowsOf = ({ results }: EvaluationRecord, kind: string): ResultRow[] =>
  results.filter(({ row }) => row === kind);

/** Many names of layers stand steeply; few turn only where there is no room. */
const tilted = (names: readonly string[]): Layout => (names.length > 8 ? { tickangle: -60 } : {});

const titled = (title: string, of?: string): string => label(of === undefined ? title : `${title}: ${of}`);

/** The layers of an energy record. */
export const energyLayers = (record: EvaluationRecord): LayerEnergy[] =>
  rowsOf(record, 'layer').map(({ row: _, ...layer }) => layer as unknown as LayerEnergy);

/**
 * Share of neurons that fire by layer and step, from an energy record.
 *
 * @param of - what the record is about, for the title
 */
export function layerRateFigure(record: EvaluationRecord, of?: string): Figure {
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
      title: { text: titled('Spike rate by layer and time step', of) },
      xaxis: axis('layer', undefined, tilted(layers)),
      yaxis: axis('neurons that fire', '%', { rangemode: 'tozero' }),
      barmode: 'group',
    }),
  };
}

/**
 * Operations of one example by layer: the ANN's MACs, the paper's count T·MACs·S, and exact synaptic operations.
 *
 * @param of - what the record is about, for the title
 */
export function operationsFigure(record: EvaluationRecord, steps: number, of?: string): Figure {
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
      title: { text: titled(`Operations of one example by layer, T = ${steps}`, of) },
      xaxis: axis('layer', undefined, tilted(names)),
      yaxis: axis('operations', '10⁶', { rangemode: 'tozero' }),
      barmode: 'group',
    }),
  };
}

/**
 * Dead and saturated neurons by layer, from a probe record.
 *
 * @param of - what the record is about, for the title
 */
export function deadFigure(probe: EvaluationRecord, of?: string): Figure {
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
      title: { text: titled('Dead and saturated neurons', of) },
      xaxis: axis('layer', undefined, tilted(names)),
      yaxis: axis('neurons of the layer', '%', { rangemode: 'tozero' }),
      barmode: 'group',
    }),
  };
}
