// Progress of long work with rate and time left, in a notebook cell or in a terminal, whichever this is.
import { displayChannel } from '../../cell/output.js';
import type { Progress, ProgressFields } from './meter.js';
import { notebookProgress } from './notebook.js';
import { terminalProgress } from './terminal.js';

export type { ProgressFields } from './meter.js';

export { notebookProgress } from './notebook.js';

export { terminalProgress, type TerminalOptions } from './terminal.js';

/** Event that a long function passes to its `onProgress`. */
export interface ProgressEvent {
  done: number;
  total: number;
  /** The work in progress, for instance `epoch 3 of 10`. A new label begins a new bar. */
  label: string;
  fields?: ProgressFields;
}

/** The view that fits: a live display in a notebook, a bar or lines on stderr elsewhere. */
export const chooseProgress = (): Progress =>
  displayChannel() === undefined ? terminalProgress() : notebookProgress();

/** Takes progress events until `stop` is called. */
export interface ProgressReporter {
  (event: ProgressEvent): void;
  /** Ends the bar that is shown. */
  stop(): void;
}

/**
 * Turns progress events into a view: pass it as `onProgress`, and stop it afterwards.
 *
 * @param view - default: the one that fits
 * @returns a function of an event (`done`, `total`, `label`, `fields`), with `stop`
 *
 * @example
 * ```ts
 * const onProgress = reportProgress();
 * try {
 *   await train(experiment, { onProgress });
 * } finally {
 *   onProgress.stop();
 * }
 * ```
 */
export function reportProgress(view: Progress = chooseProgress()): ProgressReporter {
  let shown: string | undefined;
  const report = ({ done, total, label, fields }: ProgressEvent): void => {
    const name = JSON.stringify([label, total]);
    if (name !== shown) {
      if (shown !== undefined) view.stop();
      view.start(total, label);
      shown = name;
    }
    view.tick(done, fields);
  };
  const stop = (): void => {
    if (shown !== undefined) view.stop();
    shown = undefined;
  };
  return Object.assign(report, { stop });
}

/** A bar of one's own, for a loop in a notebook cell. */
export interface ProgressBar {
  /** `done` items are finished. */
  update(done: number, fields?: ProgressFields): void;
  /** The loop has ended. */
  stop(): void;
}

/**
 * Shows a progress bar with rate and time left.
 *
 * @param options - `total`: how many items there are; `title`: what they are
 * @returns `update(done, fields)` for each item and `stop()` at the end
 *
 * @example
 * ```ts
 * const bar = progressBar({ total: images.length, title: 'noise' });
 * for (let i = 0; i < images.length; i++) bar.update(i + 1, { rate: measure(images[i]) });
 * bar.stop();
 * ```
 */
export function progressBar({ total, title }: { total: number; title: string }): ProgressBar {
  const view = chooseProgress();
  view.start(total, title);
  return { update: (done, fields) => view.tick(done, fields), stop: () => view.stop() };
}
