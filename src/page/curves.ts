// Curves of loss and accuracy over the epochs, as SVG: the run in progress, and behind it the ones before.
import type { Point } from './messages.js';

/** What is drawn of one run. */
export interface Curve {
  points: readonly Point[];
  /** Accuracy on the test part after each epoch. */
  tested: readonly { epoch: number; accuracy: number }[];
}

const WIDTH = 360;
const HEIGHT = 164;
const MARGIN = { left: 40, right: 10, top: 26, bottom: 34 };

/**
 * @param curves - the runs, the one in progress last
 * @param epochs - how far the axis goes
 * @returns markup of two panels; without any text of a visitor
 */
export function curvesSvg(curves: readonly Curve[], epochs: number): string {
  const losses = curves.flatMap(({ points }) => points.map(({ loss }) => loss)).filter(Number.isFinite);
  const most = Math.max(2.5, ...losses);
  return [
    panel('loss', [0, most], ticksTo(most), String, curves, epochs, ({ loss }) => loss),
    panel('accuracy', [0, 1], [0, 0.5, 1], percent, curves, epochs, ({ accuracy }) => accuracy),
  ].join('');
}

const percent = (share: number): string => `${100 * share} %`;

const ticksTo = (most: number): number[] => {
  const step = most > 8 ? 10 ** Math.floor(Math.log10(most)) : most > 4 ? 2 : 1;
  return Array.from({ length: Math.floor(most / step) + 1 }, (_, i) => i * step);
};

function panel(
  title: 'loss' | 'accuracy',
  [low, high]: readonly [number, number],
  ticks: readonly number[],
  text: (value: number) => string,
  curves: readonly Curve[],
  epochs: number,
  value: (point: Point) => number,
): string {
  const inner = { width: WIDTH - MARGIN.left - MARGIN.right, height: HEIGHT - MARGIN.top - MARGIN.bottom };
  const x = (epoch: number): string => (MARGIN.left + (epoch / epochs) * inner.width).toFixed(1);
  const y = (at: number): string =>
    (MARGIN.top + (1 - (Math.min(at, high) - low) / (high - low)) * inner.height).toFixed(1);
  const grid = ticks.map(
    (at) =>
      `<line class="grid" x1="${MARGIN.left}" x2="${WIDTH - MARGIN.right}" y1="${y(at)}" y2="${y(at)}"/>` +
      `<text class="tick end" x="${MARGIN.left - 6}" y="${Number(y(at)) + 4}">${text(at)}</text>`,
  );
  const every = Math.ceil(epochs / 6);
  const marks = Array.from({ length: Math.floor(epochs / every) + 1 }, (_, i) => i * every).map(
    (epoch) => `<text class="tick middle" x="${x(epoch)}" y="${HEIGHT - 18}">${epoch}</text>`,
  );
  const lines = curves.map(({ points, tested }, i) => {
    const now = i === curves.length - 1 ? 'now' : 'before';
    const path = points
      .filter((point) => Number.isFinite(value(point)))
      .map((point) => `${x(point.epoch)},${y(value(point))}`)
      .join(' ');
    const dots = title === 'loss' ? [] : tested.map((at) => dot(now, x(at.epoch), y(at.accuracy)));
    return `<polyline class="${now}" points="${path}"/>${dots.join('')}`;
  });
  const before = curves.length > 1 ? '; grey: runs before' : '';
  const key = title === 'loss' ? before : `: line training, dots test${before}`;
  return (
    `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${title} over epochs">` +
    `<text class="title" x="${MARGIN.left}" y="14">${title}${key}</text>${grid.join('')}${marks.join('')}` +
    `<text class="tick middle" x="${MARGIN.left + inner.width / 2}" y="${HEIGHT - 3}">epoch</text>${lines.join('')}</svg>`
  );
}

const dot = (now: string, x: string, y: string): string =>
  `<circle class="${now}" cx="${x}" cy="${y}" r="3.5"/>`;
