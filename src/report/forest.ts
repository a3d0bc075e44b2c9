// The first picture of the report: every effect with its interval, beside the direction that the paper gives. Drawn as SVG by hand, since
// it takes its colours from the page, light and dark.
import type { SummaryRow } from '../figures/summary.js';
import { type Fragment, markup } from './markup.js';

/** An effect of the summary, in points. */
export interface Effect {
  /** The claim that it answers: `SGS raises accuracy`. */
  claim: string;
  /** The rest of its words: which strength, which network. */
  setting: string;
  mean: number;
  lower: number;
  upper: number;
  /** The sign of the effect that the paper says. */
  direction: 1 | -1;
}

const EFFECT = /^([+−-]?[\d.]+) points \[([+−-]?[\d.]+), ([+−-]?[\d.]+)\]$/;
const number = (text: string): number => Number(text.replace('−', '-').replace('+', ''));

/** The claim that a row answers, and the rest of its words. */
export function claimAndSetting(claim: string): [claim: string, setting: string] {
  const found = /^(.+?): (.*)$/.exec(claim) ?? /^(.+?) \((.*)\)$/.exec(claim);
  return found === null ? [claim, ''] : [found[1], found[2]];
}

/** What agrees has the paper's sign, what disagrees the other; where neither is said, a gap is to narrow and all else to grow. */
function directionOf(claim: string, mean: number, verdict: string): 1 | -1 {
  const sign = mean < 0 ? -1 : 1;
  if (verdict.includes(' trend agrees')) return sign;
  if (verdict.includes(' trend disagrees')) return sign < 0 ? 1 : -1;
  return /generalisation|gap/.test(claim) ? -1 : 1;
}

/** The rows of a summary that are effects with an interval. */
export function effectsOf(rows: readonly SummaryRow[]): Effect[] {
  return rows.flatMap(({ claim, ours, verdict }) => {
    const found = typeof ours === 'string' ? EFFECT.exec(ours) : null;
    if (found === null) return [];
    const [mean, lower, upper] = found.slice(1).map(number);
    const [asked, setting] = claimAndSetting(claim);
    return [{ claim: asked, setting, mean, lower, upper, direction: directionOf(claim, mean, verdict) }];
  });
}

/** Widths in units of the picture: of the plot, the least of the words beside it, and about that of one of their letters. */
const PLOT = 430;
const LEAST_LEFT = 370;
const LETTER = 5.9;
const ROW = 17;
const HEAD = 22;

/** Place of the plot's left edge: the longest words end before it. */
const leftOf = (effects: readonly Effect[]): number =>
  Math.max(LEAST_LEFT, ...effects.map(({ setting }) => Math.ceil(20 + LETTER * setting.length)));

/** Ticks on each side of zero. */
const TICKS = 4;

/** The step between ticks that reaches a value: 1, 2 or 5 times a power of ten, so that its numbers are round. */
function stepOf(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value / TICKS));
  return [1, 2, 5, 10].map((times) => times * power).find((step) => step * TICKS >= value * (1 - 1e-9))!;
}

/** The head of an arrow, where an interval goes on beyond the plot. */
const arrow = (x: number, y: number, way: 1 | -1): Fragment =>
  markup`<path d="M${x.toFixed(1)} ${y}l${7 * way} -4v8z"/>`;

/**
 * The forest plot: a line an effect, grouped by claim, each with the direction that the paper gives; an arrow where an interval
 * is longer than the plot. Null without effects.
 */
export function forestPlot(effects: readonly Effect[]): Fragment {
  if (effects.length === 0) return null;
  const left = leftOf(effects);
  const width = left + PLOT;
  const step = stepOf(Math.max(...effects.map(({ mean }) => Math.abs(mean)), 1) * 2);
  const reach = step * TICKS;
  const x = (value: number): number =>
    left + ((PLOT - 10) * (Math.min(reach, Math.max(-reach, value)) + reach)) / (2 * reach);
  const claims = [...new Set(effects.map(({ claim }) => claim))];
  let y = 6;
  const groups = claims.map((claim) => {
    const { direction } = effects.find((effect) => effect.claim === claim)!;
    const way = direction > 0 ? '→' : '←';
    const head = markup`<text x="0" y="${(y += HEAD)}" class="claim-name">${claim}</text><text x="${width - 10}" y="${y}" text-anchor="end">paper ${way}</text>`;
    const rows = effects
      .filter((effect) => effect.claim === claim)
      .map(({ setting, mean, lower, upper }) => {
        y += ROW;
        const clear = lower > 0 || upper < 0 ? 'clear' : 'open-interval';
        const beyond = [
          lower < -reach ? arrow(x(lower), y, 1) : null,
          upper > reach ? arrow(x(upper), y, -1) : null,
        ];
        return markup`<g class="${clear}"><text x="${left - 10}" y="${y + 4}" text-anchor="end">${setting}</text><line x1="${x(lower).toFixed(1)}" x2="${x(upper).toFixed(1)}" y1="${y}" y2="${y}"/>${beyond}<circle cx="${x(mean).toFixed(1)}" cy="${y}" r="3.5"/></g>`;
      });
    return [head, rows];
  });
  const bottom = y + 14;
  const ticks = Array.from({ length: 2 * TICKS + 1 }, (_, i) => {
    const value = (i - TICKS) * step;
    const text = String(Number(value.toPrecision(3))).replace('-', '−');
    return markup`<text x="${x(value).toFixed(1)}" y="${bottom + 16}" text-anchor="middle">${text}</text>`;
  });
  return markup`<svg class="forest" role="img" aria-label="Effects with their 95 % intervals, in points of accuracy" viewBox="0 0 ${width} ${bottom + 40}">
<line class="zero" x1="${x(0)}" x2="${x(0)}" y1="14" y2="${bottom}"/>
${groups}
${ticks}
<text x="${x(0)}" y="${bottom + 34}" text-anchor="middle">points of accuracy, 95 % intervals over seeds; blue: without 0</text>
</svg>`;
}
