// The spread of potentials as SVG: bars, those above the threshold in another colour.
import { POTENTIALS } from './inside.js';

const WIDTH = 240;
/** Of the bars. Above them is room for the threshold's name, below for numbers. */
const HEIGHT = 50;
const [ABOVE, BELOW] = [14, 16];
const TICKS = [-4, -2, 0, 2, 4];

/**
 * @param shares - of potentials in each bin of {@link POTENTIALS}
 * @param theta - the threshold; null where the layers have none in common
 * @returns markup; numbers alone, so that nothing has to be escaped
 */
export function potentialsSvg(shares: readonly number[], theta: number | null): string {
  const { from, to, bins } = POTENTIALS;
  const foot = ABOVE + HEIGHT;
  const x = (v: number): string => (((v - from) / (to - from)) * WIDTH).toFixed(1);
  // The outermost bins hold whatever lies outside, and may be cut.
  const most = Math.max(...shares.slice(1, -1), 1e-9);
  const bars = shares.map((share, i) => {
    const [left, right] = [i, i + 1].map((edge) => from + (edge / bins) * (to - from));
    const tall = Math.min(1, share / most) * HEIGHT;
    const kind = theta !== null && (left + right) / 2 > theta ? 'fires' : 'rests';
    return `<rect class="${kind}" x="${x(left)}" y="${(foot - tall).toFixed(1)}" width="${WIDTH / bins - 0.5}" height="${tall.toFixed(1)}"/>`;
  });
  const ticks = TICKS.map(
    (v) =>
      `<text class="tick middle" x="${x(v)}" y="${foot + BELOW - 3}">${String(v).replace('-', '−')}</text>`,
  );
  const line =
    theta === null
      ? ''
      : `<line class="theta" x1="${x(theta)}" x2="${x(theta)}" y1="${ABOVE}" y2="${foot}"/>` +
        `<text class="tick middle" x="${x(theta)}" y="${ABOVE - 3}">θ</text>`;
  return (
    `<svg viewBox="-14 0 ${WIDTH + 28} ${foot + BELOW}" role="img" aria-label="potentials">` +
    `<line class="grid" x1="0" x2="${WIDTH}" y1="${foot}" y2="${foot}"/>${bars.join('')}${line}${ticks.join('')}</svg>`
  );
}
