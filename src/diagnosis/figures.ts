// A diagnosis as figures: activity and gradient by layer and step, and the loss of a record.
import { heatmap } from '../figures/heatmap.js';
import { panels } from '../figures/panels.js';
import { axis, type Figure, theme } from '../figures/theme.js';
import { line } from '../figures/traces.js';
import type { LayerProbe } from '../engines/engine.js';
import type { EpochRow } from '../records/record.js';
import { gradientFlow } from '../inspection/gradient-flow.js';
import type { Diagnosis } from './diagnose.js';

/** The shares that are drawn, each a panel. */
const SHARES: { title: string; of: (layer: LayerProbe) => number[] }[] = [
  { title: 'neurons that fire', of: ({ spikeRate }) => spikeRate },
  { title: 'potentials in the window', of: ({ windowDensity }) => windowDensity },
  { title: 'dead at the step', of: ({ deadAt }) => deadAt },
  { title: 'saturated at the step', of: ({ saturatedAt }) => saturatedAt },
];

/**
 * Figures of a diagnosis; none of a network that does not spike.
 *
 * @param diagnosis - from `diagnose` or `diagnoseRun`
 * @returns shares of dead and saturated neurons, gradient flow, and of a record the curve of its loss
 */
export function diagnosisFigures({ facts }: Diagnosis): Figure[] {
  const { layers, network, training } = facts;
  return [
    ...(layers.length > 0 ? [shareFigure(layers, network), gradientFlow(layers, network)] : []),
    ...(training && training.rows.length > 1 ? [lossFigure(training.rows, network)] : []),
  ];
}

const stepsOf = (layers: readonly LayerProbe[]): string[] => layers[0].spikeRate.map((_, t) => `${t + 1}`);

/** Four heat maps of one range: layers down, steps across. */
function shareFigure(layers: readonly LayerProbe[], network: string): Figure {
  const steps = stepsOf(layers);
  const names = layers.map(({ layer }) => layer);
  const axes = panels(
    SHARES.map(({ title }, i) => ({
      title,
      xaxis: { ...axis('step'), type: 'category' },
      yaxis: { ...axis('layer', undefined, { autorange: 'reversed' }), showticklabels: i % 2 === 0 },
    })),
    { columns: 2, gapX: 0.06 },
  );
  return {
    data: SHARES.map(({ of }, i) => ({
      ...heatmap({
        ...{ z: layers.map(of), x: steps, y: names, quantity: 'share', range: [0, 1] },
        ...{ plot: i + 1, ...(steps.length <= 6 && { cellFormat: '.0%' }) },
      }),
      showscale: i === 0,
    })),
    layout: theme({
      title: { text: `${network}: neurons by layer and step` },
      height: Math.max(480, 200 + 44 * layers.length),
      showlegend: false,
      margin: { t: 84 },
      ...axes,
    }),
  };
}

function lossFigure(rows: readonly EpochRow[], network: string): Figure {
  const x = rows.map(({ epoch }) => epoch);
  return {
    data: [
      ...line({ name: 'training', x, y: rows.map(({ trainLoss }) => trainLoss), colour: 0 }),
      ...line({ name: 'test', x, y: rows.map(({ testLoss }) => testLoss), colour: 1, dash: 1 }),
    ],
    layout: theme({
      title: { text: `${network}: loss by epoch` },
      margin: { t: 96 },
      xaxis: axis('epoch'),
      yaxis: axis('loss'),
    }),
  };
}
