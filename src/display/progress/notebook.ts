// Progress in a notebook cell: one display that is updated in place, at most five times a second.
// Tests: test/display/progress/progress.test.ts.
import { displayChannel, type MimeBundle, ROLE_KEY } from '../../cell/output.js';
import { escapeHtml } from '../../text.js';
import { durationText, fieldsText, Meter, type Progress, type ProgressFields, rateText } from './meter.js';

/** Shortest time between two updates: Jupyter limits messages, and people read no faster. */
const UPDATE_MS = 200;

let displays = 0;

/**
 * Progress for a notebook: a bar with rate and time left. When it stops, only what does not depend on the clock
 * stays. `sgs notebooks run` leaves it out of the saved notebook.
 *
 * @param options - `now`: a clock in milliseconds
 */
export function notebookProgress({ now = () => performance.now() }: { now?: () => number } = {}): Progress {
  let meter: Meter | undefined;
  let label = '';
  let done = 0;
  let fields: ProgressFields = {};
  let id = '';
  let next = 0;

  const send = (words: readonly string[], update: boolean): void => {
    if (!meter) return;
    const text = [label, `${done}/${meter.total}`, ...words, fieldsText(fields)].filter(Boolean).join('  ');
    const bar = `<progress max="${meter.total}" value="${done}" style="width:16em;vertical-align:middle"></progress>`;
    const data: MimeBundle = { 'text/html': `<div>${bar} ${escapeHtml(text)}</div>`, 'text/plain': text };
    const metadata = { [ROLE_KEY]: { role: 'progress' } };
    displayChannel()?.({ data, metadata, transient: { display_id: id } }, update);
  };
  return {
    start(total, newLabel) {
      [meter, label, done, fields] = [new Meter(total, now), newLabel, 0, {}];
      id = `sgs-progress-${++displays}`;
      next = now() + UPDATE_MS;
      send([], false);
    },
    tick(newDone, newFields = {}) {
      if (!meter) return;
      [done, fields] = [newDone, newFields];
      meter.tick(done);
      if (now() < next) return;
      next = now() + UPDATE_MS;
      const { rate, secondsLeft } = meter;
      send(
        rate === undefined || secondsLeft === undefined
          ? []
          : [rateText(rate), `${durationText(secondsLeft)} left`],
        true,
      );
    },
    stop() {
      send([], true);
      meter = undefined;
    },
  };
}
