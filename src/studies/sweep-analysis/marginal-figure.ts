// Marginal effects as a figure: a panel a setting.
import { axis, label, theme, type Figure, type Layout } from '../../figures/theme.js';
import { points } from '../../figures/traces.js';
import { settingName } from './levels.js';
import { FEWEST_FOR_INTERVAL } from '../../statistics/few.js';
import type { MarginalEffect, MarginalSettings } from './marginal-effects.js';
import { MEASURE_NAMES, type SweepMeasure } from './measure.js';

/**
 * Marginal effects with their intervals, a panel a setting. Each panel has a scale of its own: one setting may move accuracy
 * by ten points and another by a tenth of one. An axis names the value that others are held against; where it names none, they
 * are held against the mean over all.
 */
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
    return trace;
  });
  return { data, layout: panels(effects, settings, measure, level) };
}

const effectText = ({
  mean: centre,
  effect,
  reference,
  lower,
  upper,
  n,
  over,
  runs,
}: MarginalEffect): string =>
  `against ${reference ?? 'the mean'}: ${effect.toFixed(2)}${lower === null || upper === null ? '' : ` [${lower.toFixed(2)}, ${upper.toFixed(2)}]`} points` +
  `<br>mean ${centre.toFixed(2)} %, ${runs} runs, n = ${n} ${over}`;

function panels(
  effects: readonly MarginalEffect[],
  settings: readonly string[],
  measure: SweepMeasure,
  level: number,
): Layout {
  const gap = Math.min(0.11, 0.5 / settings.length); // room for the numbers and the title of the next scale
  const width = (1 - gap * (settings.length - 1)) / settings.length;
  const axes = settings.flatMap((setting, i) => {
    const n = i === 0 ? '' : String(i + 1);
    const [{ reference }] = effects.filter((effect) => effect.setting === setting);
    const against = reference === null ? '' : `, against ${reference}`;
    return [
      [
        `xaxis${n}`,
        axis(`${settingName(setting)}${against}`, undefined, {
          type: 'category',
          domain: [i * (width + gap), i * (width + gap) + width],
          anchor: `y${n}`,
          showgrid: false,
        }),
      ],
      [
        `yaxis${n}`,
        axis(i === 0 ? `effect on ${MEASURE_NAMES[measure]}` : 'effect', 'points', {
          zeroline: true,
          zerolinewidth: 1.5,
          anchor: `x${n}`,
        }),
      ],
    ];
  });
  const counts = settings.map((setting, i) => {
    const panel = effects.filter((effect) => effect.setting === setting);
    const runs = panel.reduce((sum, effect) => sum + effect.runs, 0);
    const [{ n, over }] = panel;
    const few = n < FEWEST_FOR_INTERVAL ? ': too few for an interval' : '';
    return {
      text: over === 'seeds' ? `${runs} runs, ${n} ${n === 1 ? 'seed' : 'seeds'}${few}` : `${runs} runs`,
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
    annotations: counts,
    width: Math.max(800, 220 * settings.length),
    height: 440,
  });
}
