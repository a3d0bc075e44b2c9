// The gain of LR under noise, with intervals, beside that of the paper's Fig. 7.
import { noiseTitle } from '../../data/images/noise-definitions.js';
import { axis, theme, type Figure, type Layout, type Trace } from '../../figures/theme.js';
import { line } from '../../figures/traces.js';
import { KIND_TITLES, noiseKind, paperNoise, type NoiseKind } from './accuracy.js';
import { noiseSetting, type NoiseGain } from './points.js';
import { panels } from '../../figures/panels.js';
import { trainingNote } from '../../figures/training-note.js';

const KINDS: readonly NoiseKind[] = ['gaussian', 'salt-pepper'];

/**
 * Gain of LR against noise level: a panel for each kind of noise, a line with its 95 % interval for each definition and
 * β, the paper's gain in grey.
 *
 * @param gains - of one network
 */
export function gainFigure(gains: readonly NoiseGain[]): Figure {
  const betas = [...new Set(gains.map(({ beta }) => beta))];
  let shown = 0; // lines of all panels differ, so that the legend is the same for both
  const data = KINDS.flatMap((kind, i): Trace[] => {
    const plot = i + 1;
    const definitions = [...new Set(gains.map(({ definition }) => definition))].filter(
      (definition) => noiseKind(definition) === kind,
    );
    const ours = definitions.flatMap((definition) =>
      betas.flatMap((beta): Trace[] => {
        const here = gains.filter((gain) => gain.definition === definition && gain.beta === beta);
        if (here.length === 0) return [];
        const style = shown++;
        const drawn = line({
          name: betas.length > 1 ? `${noiseTitle(definition)}, β = ${beta}` : noiseTitle(definition),
          x: here.map(({ level }) => level),
          y: here.map(({ mean }) => mean),
          lower: here.map(({ lower, mean }) => lower ?? mean),
          upper: here.map(({ upper, mean }) => upper ?? mean),
          colour: style,
          dash: style,
          symbol: style,
          plot,
        });
        return drawn.map((trace) => ({
          ...trace,
          text: here.map(({ n }) => String(n)),
          hovertemplate: '<b>%{fullData.name}</b><br>level %{x}: %{y:.2f} points, n = %{text}<extra></extra>',
        }));
      }),
    );
    const paper = paperNoise(kind);
    return [
      ...ours,
      ...line({
        name: 'the paper, Fig. 7',
        x: paper.map(({ level }) => level),
        y: paper.map((row) => Number((row.with - row.without).toFixed(2))),
        colour: 6,
        dash: 2,
        symbol: 4,
        plot,
        inLegend: i === 0,
      }).map((trace) => ({ ...trace, legendrank: 2000 })), // last
    ];
  });
  const axes = panels(
    KINDS.map((kind) => ({
      title: KIND_TITLES[kind],
      xaxis: axis('noise level', undefined, { dtick: 0.02, range: [-0.004, 0.104] }),
      yaxis: axis('gain of LR', 'points', { zeroline: true, zerolinewidth: 1.5, zerolinecolor: '#6E7781' }),
    })),
    { columns: 2, gapX: 0.1 },
  );
  return {
    data,
    layout: theme({
      title: { text: 'Gain of LR under noise, paired by seed, 95 % interval' },
      width: 960,
      height: 480,
      margin: { t: 132 },
      ...axes,
      annotations: [...(axes.annotations as Layout[]), trainingNote(noiseSetting(gains))],
    }),
  };
}
