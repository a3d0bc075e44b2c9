// Loss and accuracy while a training runs, in a notebook cell: one display that grows with each epoch. Drawn as SVG by hand: a figure's
// picture would take a second for each.
import { displayChannel, ROLE_KEY } from '../../cell/output.js';
import { PALETTE } from '../../figures/theme.js';
import type { EpochRow } from '../../records/record.js';

/** Takes the rows of a training as they come. */
export interface LiveCurves {
  add(row: EpochRow, epochs: number): void;
}

let displays = 0;

/** Curves of one training; outside a notebook nothing is shown. They are left out of saved notebooks, as progress is. */
export function liveCurves(): LiveCurves {
  const rows: EpochRow[] = [];
  const id = `sgs-curves-${++displays}`;
  return {
    add(row, epochs) {
      rows.push(row);
      const send = displayChannel();
      if (send === undefined) return;
      const { epoch, trainLoss, testAccuracy } = row;
      const text = `epoch ${epoch}: loss ${trainLoss?.toFixed(3) ?? '–'}, test accuracy ${(100 * testAccuracy).toFixed(1)} %`;
      const data = { 'text/html': curvesSvg(rows, epochs), 'text/plain': text };
      send(
        { data, metadata: { [ROLE_KEY]: { role: 'progress' } }, transient: { display_id: id } },
        rows.length > 1,
      );
    },
  };
}

const WIDTH = 250;
const HEIGHT = 110;
const EDGE = 30;

interface Curve {
  name: string;
  colour: string;
  values: (number | null)[];
}

/** Two small plots side by side: loss, and accuracy in %. */
export function curvesSvg(rows: readonly EpochRow[], epochs: number): string {
  const of = (name: string, place: number, value: (row: EpochRow) => number | null | undefined): Curve => ({
    ...{ name, colour: PALETTE[place] },
    values: rows.map((row) => value(row) ?? null),
  });
  const percent = (share?: number): number | null => (share === undefined ? null : 100 * share);
  const loss = [of('training', 1, (row) => row.trainLoss), of('test', 0, (row) => row.testLoss)];
  const accuracy = [
    of('training', 1, (row) => percent(row.trainAccuracy)),
    of('test', 0, (row) => percent(row.testAccuracy)),
  ];
  const width = 2 * (WIDTH + EDGE) + 20;
  return `<svg width="${width}" height="${HEIGHT + 44}" viewBox="0 0 ${width} ${HEIGHT + 44}" font-family="sans-serif" font-size="11" fill="currentColor">${plot('loss', loss, epochs, 0)}${plot('accuracy (%)', accuracy, epochs, WIDTH + EDGE + 20)}</svg>`;
}

function plot(title: string, curves: readonly Curve[], epochs: number, left: number): string {
  const known = curves.flatMap(({ values }) => values.filter((value) => value !== null));
  const [least, most] = [Math.min(...known), Math.max(...known)];
  const x = (i: number): number => left + EDGE + (WIDTH * (i + 0.5)) / Math.max(1, epochs);
  const y = (value: number): number => 20 + HEIGHT - (HEIGHT * (value - least)) / (most - least || 1);
  const line = ({ values, colour }: Curve): string => {
    const points = values.flatMap((value, i) =>
      value === null ? [] : [`${x(i).toFixed(1)},${y(value).toFixed(1)}`],
    );
    const dots = points.map((point) => {
      const [cx, cy] = point.split(',');
      return `<circle cx="${cx}" cy="${cy}" r="2" fill="${colour}"/>`;
    });
    return `<polyline points="${points.join(' ')}" fill="none" stroke="${colour}" stroke-width="1.6"/>${dots.join('')}`;
  };
  const names = curves.map(
    ({ name, colour }, i) => `<text x="${left + EDGE + 90 + 60 * i}" y="12" fill="${colour}">${name}</text>`,
  );
  const numbers =
    known.length === 0
      ? ''
      : `<text x="${left + EDGE - 4}" y="26" text-anchor="end">${Number(most.toPrecision(3))}</text><text x="${left + EDGE - 4}" y="${HEIGHT + 20}" text-anchor="end">${Number(least.toPrecision(3))}</text>`;
  return `<text x="${left + EDGE}" y="12">${title}</text>${names.join('')}<rect x="${left + EDGE}" y="18" width="${WIDTH}" height="${HEIGHT + 4}" fill="none" stroke="currentColor" stroke-opacity=".25"/>${numbers}<text x="${left + EDGE + WIDTH / 2}" y="${HEIGHT + 38}" text-anchor="middle">epoch (of ${epochs})</text>${curves.map(line).join('')}`;
}
