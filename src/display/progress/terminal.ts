// Progress in a terminal: a bar that is redrawn, or a plain line every few seconds where nothing can be redrawn.
// Tests: test/display/progress/progress.test.ts.
import cliProgress from 'cli-progress';
import { inertText } from '../../text.js';
import { durationText, fieldsText, Meter, type Progress, type ProgressFields, rateText } from './meter.js';

/** Where and how often progress is written. */
export interface TerminalOptions {
  /** Default stderr, so that results on stdout stay clean. */
  stream?: NodeJS.WriteStream | (NodeJS.WritableStream & { isTTY?: boolean });
  /** Seconds between lines where the stream is not a terminal; default 5. */
  everySeconds?: number;
  /** A clock in milliseconds. */
  now?: () => number;
}

const columns = (meter: Meter, fields: ProgressFields): string[] => [
  ...(meter.rate === undefined ? [] : [rateText(meter.rate)]),
  ...(meter.secondsLeft === undefined ? [] : [`${durationText(meter.secondsLeft)} left`]),
  ...(Object.keys(fields).length === 0 ? [] : [fieldsText(fields)]),
];

/** Progress for the command line. */
export function terminalProgress(options: TerminalOptions = {}): Progress {
  const { stream = process.stderr } = options;
  return stream.isTTY ? barProgress(stream, options) : lineProgress(stream, options);
}

function barProgress(stream: NodeJS.WritableStream, { now }: TerminalOptions): Progress {
  let bar: cliProgress.SingleBar | undefined;
  let meter: Meter;
  return {
    start(total, label) {
      bar?.stop();
      meter = new Meter(total, now);
      bar = new cliProgress.SingleBar({
        format: '{label} [{bar}] {value}/{total}{rest}',
        barsize: 24,
        barCompleteChar: '=',
        barIncompleteChar: ' ',
        stream,
        gracefulExit: false, // SIGINT belongs to cell/interrupt.ts
        emptyOnZero: true,
      });
      bar.start(total, 0, { label: inertText(label), rest: '' });
    },
    tick(done, fields = {}) {
      if (!bar) return;
      meter.tick(done);
      bar.update(done, { rest: inertText(['', ...columns(meter, fields)].join('  ')) });
    },
    stop() {
      if (!bar) return;
      bar.update({ rest: `  ${durationText(meter.elapsed)}` });
      bar.stop();
      bar = undefined;
    },
  };
}

function lineProgress(
  stream: NodeJS.WritableStream,
  { everySeconds = 5, now = () => performance.now() }: TerminalOptions,
): Progress {
  let meter: Meter | undefined;
  let label = '';
  let done = 0;
  let fields: ProgressFields = {};
  let next = 0;
  const line = (parts: readonly string[]): void => {
    stream.write(`${inertText([`${label} ${done}/${meter?.total}`, ...parts].join('  '))}\n`);
  };
  return {
    start(total, newLabel) {
      [meter, label, done, fields] = [new Meter(total, now), newLabel, 0, {}];
      next = now() + everySeconds * 1000;
    },
    tick(newDone, newFields = {}) {
      if (!meter) return;
      [done, fields] = [newDone, newFields];
      meter.tick(done);
      if (now() < next) return;
      next = now() + everySeconds * 1000;
      line(columns(meter, fields));
    },
    stop() {
      if (!meter) return;
      line([durationText(meter.elapsed), ...(Object.keys(fields).length === 0 ? [] : [fieldsText(fields)])]);
      meter = undefined;
    },
  };
}
