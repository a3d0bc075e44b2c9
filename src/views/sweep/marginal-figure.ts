// Marginal effects as a figure: a panel a setting.
import { axis, label, theme, type Figure, type Layout } from '../../figure.js';
import { points } from '../../traces.js';
import { settingName } from './levels.js';
import type { MarginalEffect, MarginalSettings } from './marginal-effects.js';
import { MEASURE_NAMES, type SweepMeasure } from './measure.js';

/** Marginal effects with their intervals, a panel a setting, all on one scale. */
export function marginalFigure(
  effects: readonly MarginalEffect[],
  { measure = 'testAccuracy', level = 0.95 }: Pick<MarginalSettings, 'measure' | 'level'> = {},
): Figure {
  const settings = [...new Set(effects.map(({ setting }) => setting))];
  const data = settings.map((setting, i) => {
    const panel = effects.filter((effect) => effect.setting === setting);
    const trace = points({
      name: settingName(setting),
      x: panel.map(({ value }) => value),
      y: panel.map(({ effect }) => effect),
      error: panel.map(({ effect, upper }) => (upper === null ? null : upper - effect)),
      colour: i,
      symbol: i,
      inLegend: false,
      plot: i + 1,
    });
    trace.customdata = panel.map(effectText);
    trace.hovertemplate = `${label(settingName(setting))} = %{x}<br>%{customdata}<extra></extra>`;
    if (i > 0) trace.yaxis = 'y';
    return trace;
  });
  return { data, layout: panels(effects, settings, measure, level) };
}

const effectText = ({ mean: centre, effect, lower, upper, n, over, runs }: MarginalEffect): string =>
  `effect ${effect.toFixed(2)}${lower === null || upper === null ? '' : ` [${lower.toFixed(2)}, ${upper.toFixed(2)}]`} points` +
  `<br>mean ${centre.toFixed(2)} %, ${runs} runs, n = ${n} ${over}`;

function panels(
  effects: readonly MarginalEffect[],
  settings: readonly string[],
  measure: SweepMeasure,
  level: number,
): Layout {
  const gap = 0.04;
  const width = (1 - gap * (settings.length - 1)) / settings.length;
  const axes = settings.map((setting, i) => [
    i === 0 ? 'xaxis' : `xaxis${i + 1}`,
    axis(settingName(setting), undefined, {
      type: 'category',
      domain: [i * (width + gap), i * (width + gap) + width],
      anchor: 'y',
      showgrid: false,
    }),
  ]);
  const counts = settings.map((setting, i) => {
    const panel = effects.filter((effect) => effect.setting === setting);
    const runs = panel.reduce((sum, effect) => sum + effect.runs, 0);
    const [{ n, over }] = panel;
    return {
      text: over === 'seeds' ? `${runs} runs, ${n} ${n === 1 ? 'seed' : 'seeds'}` : `${runs} runs`,
      xref: 'paper',
      yref: 'paper',
      x: i * (width + gap) + width,
      y: 1,
      xanchor: 'right',
      yanchor: 'bottom',
      showarrow: false,
      font: { size: 11 },
    };
  });
  return theme({
    title: { text: `Marginal effects with ${Math.round(100 * level)} % intervals` },
    ...Object.fromEntries(axes),
    yaxis: axis(`effect on ${MEASURE_NAMES[measure]}`, 'points', { zeroline: true, zerolinewidth: 1.5 }),
    annotations: counts,
    width: Math.max(800, 220 * settings.length),
    height: 440,
  });
}
