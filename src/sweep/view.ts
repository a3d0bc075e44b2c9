// A sweep under way, shown live: a table redrawn in a terminal, lines where nothing can be redrawn, one display in a
// notebook cell.
import { displayChannel, type MimeBundle } from '../cell/output.js';
import { renderTable } from '../display/table.js';
import { escapeHtml, inertLines, inertText } from '../text.js';
import type { Snapshot } from './snapshot.js';

/** Shows snapshots. */
export interface SweepView {
  show(snapshot: Snapshot): void;
  /** A line that stays, above what is redrawn. */
  note(line: string): void;
  /** The sweep has ended or stopped. */
  stop(snapshot: Snapshot): void;
}

/** Where and how a view is shown. */
export interface ViewOptions {
  /** Default stderr, so that results on stdout stay clean. */
  stream?: NodeJS.WritableStream & { isTTY?: boolean; columns?: number; rows?: number };
  /** A clock in milliseconds. */
  now?: () => number;
}

/** The view that fits: a live display in a notebook, a table or lines on stderr elsewhere. */
export function chooseView(options: ViewOptions = {}): SweepView {
  if (displayChannel() !== undefined) return notebookView(options);
  const { stream = process.stderr } = options;
  return stream.isTTY ? terminalView(stream) : lineView(stream, options);
}

/** `sweep: 12 of 50 trials, 4 min left (done 12, running 2, missing 36)`. */
export const headline = ({ name, settled, total, left, counts }: Snapshot): string =>
  [`${name}: ${settled} of ${total} trials`, left].filter(Boolean).join(', ') +
  (counts ? ` (${counts})` : '');

const BAR = 12;

const bar = (share: number): string => {
  const filled = Math.round(Math.min(1, Math.max(0, share)) * BAR);
  return `[${'='.repeat(filled)}${'.'.repeat(BAR - filled)}]`;
};

/** Running trials as rows of a table. */
const rowsOf = ({ running }: Snapshot): object[] =>
  running.map(({ trial, what, epoch, progress, time }) => ({
    trial,
    what,
    epoch,
    progress: bar(progress),
    time,
  }));

/**
 * A snapshot as lines of a terminal.
 *
 * @param width - columns; longer lines are cut
 * @param height - at most so many lines
 */
export function snapshotLines(snapshot: Snapshot, width = 100, height = 40): string[] {
  const table =
    snapshot.running.length > 0
      ? renderTable(rowsOf(snapshot), { limit: 1000 })['text/plain'].split('\n')
      : [];
  const lines = [headline(snapshot), ...(snapshot.best ? [snapshot.best] : []), ...table];
  const shown =
    lines.length > height
      ? [...lines.slice(0, height - 1), `… and ${lines.length - height + 1} more`]
      : lines;
  return shown.map(inertText).map((line) => (line.length >= width ? `${line.slice(0, width - 2)}…` : line));
}

function terminalView(stream: NonNullable<ViewOptions['stream']>): SweepView {
  let drawn = 0;
  /** Back to the first line that was drawn, and nothing below. */
  const erase = (): string => (drawn > 0 ? `\x1b[${drawn}A\x1b[0J` : '');
  const draw = (snapshot: Snapshot): void => {
    const lines = snapshotLines(snapshot, stream.columns || 100, (stream.rows || 24) - 1);
    stream.write(`${erase()}${lines.join('\n')}\n`);
    drawn = lines.length;
  };
  return {
    show: draw,
    note(line) {
      stream.write(`${erase()}${inertLines(line)}\n`);
      drawn = 0;
    },
    stop: draw,
  };
}

/** Seconds between lines where nothing has ended. */
const QUIET_MS = 60_000;

/** Running trials that a line names. */
const NAMED = 8;

/** `trial 2: epoch 3/10, 27 %; trial 3: starting`. */
function runningLine({ running }: Snapshot): string {
  const named = running
    .slice(0, NAMED)
    .map(({ trial, epoch, progress }) =>
      progress > 0 && progress < 1
        ? `trial ${trial}: epoch ${epoch}, ${Math.floor(100 * progress)} %`
        : `trial ${trial}: ${epoch}`,
    );
  const more = running.length - named.length;
  return [...named, ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
}

function lineView(stream: NodeJS.WritableStream, { now = () => performance.now() }: ViewOptions): SweepView {
  let settled = -1;
  let best = '';
  let next = 0;
  const line = (snapshot: Snapshot): void => {
    [settled, next] = [snapshot.settled, now() + QUIET_MS];
    stream.write(`${inertText(headline(snapshot))}\n`);
    const running = runningLine(snapshot);
    if (running) stream.write(`  ${inertText(running)}\n`);
    if (snapshot.best && snapshot.best !== best) stream.write(`  ${inertText((best = snapshot.best))}\n`);
  };
  return {
    show(snapshot) {
      if (snapshot.settled !== settled || now() >= next) line(snapshot);
    },
    note: (text) => void stream.write(`${inertLines(text)}\n`),
    stop(snapshot) {
      if (snapshot.settled !== settled || snapshot.best !== best) line(snapshot);
    },
  };
}

let displays = 0;

/** Shortest time between two updates of a cell, milliseconds. */
const UPDATE_MS = 500;

/** One display, updated in place. In the end only what does not depend on the clock stays. */
function notebookView({ now = () => performance.now() }: ViewOptions): SweepView {
  const id = `sgs-sweep-${++displays}`;
  const notes: string[] = [];
  let shown = false;
  let next = 0;
  const send = (snapshot: Snapshot): void => {
    const lines = [headline(snapshot), ...(snapshot.best ? [snapshot.best] : [])];
    const { settled, total } = snapshot;
    const html = [
      `<progress max="${total}" value="${settled}" style="width:16em;vertical-align:middle"></progress>`,
      ...[...lines, ...notes.slice(-10)].map((text) => `<div>${escapeHtml(text)}</div>`),
      ...(snapshot.running.length > 0 ? [renderTable(rowsOf(snapshot), { limit: 1000 })['text/html']] : []),
    ].join('\n');
    const data: MimeBundle = {
      'text/html': `<div>${html}</div>`,
      'text/plain': [...snapshotLines(snapshot, Infinity, Infinity), ...notes].join('\n'),
    };
    displayChannel()?.({ data, metadata: {}, transient: { display_id: id } }, shown);
    shown = true;
  };
  return {
    show(snapshot) {
      if (now() < next) return;
      next = now() + UPDATE_MS;
      send(snapshot);
    },
    note: (text) => void notes.push(text),
    stop: (snapshot) => send({ ...snapshot, left: '', running: [] }),
  };
}
