// Rate and remaining time of long work, and the words for them. Tests: test/display/progress/progress.test.ts.
/** Values shown beside the progress, for instance the loss. */
export type ProgressFields = Readonly<Record<string, string | number>>;

/** Weight of the newest step in the smoothed rate: a burst or a pause counts, but does not decide. */
const SMOOTHING = 0.2;

/** Measures the rate of one piece of work. */
export class Meter {
  private readonly started: number;
  private last: number;
  private done = 0;
  private begun = false;
  private secondsPerItem: number | undefined;

  /**
   * @param total - how many items there are
   * @param now - a clock in milliseconds
   */
  constructor(
    readonly total: number,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.started = this.last = now();
  }

  /** Notes that `done` items are finished. The first note is where the work begins: a resumed run does not begin at 0. */
  tick(done: number): void {
    const at = this.now();
    if (!this.begun) {
      this.begun = true;
      this.last = at;
      this.done = done;
      return;
    }
    if (done > this.done && at > this.last) {
      const measured = (at - this.last) / 1000 / (done - this.done);
      this.secondsPerItem =
        this.secondsPerItem === undefined
          ? measured
          : (1 - SMOOTHING) * this.secondsPerItem + SMOOTHING * measured;
      this.last = at;
      this.done = done;
    }
  }

  /** Items a second, undefined before the first is finished. */
  get rate(): number | undefined {
    return this.secondsPerItem === undefined ? undefined : 1 / this.secondsPerItem;
  }

  /** Seconds the rest will take at this rate, undefined before the first is finished. */
  get secondsLeft(): number | undefined {
    return this.secondsPerItem === undefined
      ? undefined
      : Math.max(0, this.total - this.done) * this.secondsPerItem;
  }

  /** Seconds since the start. */
  get elapsed(): number {
    return (this.now() - this.started) / 1000;
  }
}

/** `75` → `1 min 15 s`; from an hour on without seconds. */
export function durationText(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  const minutes = Math.round(whole / 60);
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** `35.2/s`, or `12.5 s each` for slow work. */
export const rateText = (rate: number): string =>
  rate >= 0.5 ? `${Number(rate.toPrecision(3))}/s` : `${Number((1 / rate).toPrecision(3))} s each`;

/** `loss 1.235, accuracy 0.41`. */
export const fieldsText = (fields: ProgressFields): string =>
  Object.entries(fields)
    .map(([name, value]) => `${name} ${typeof value === 'number' ? Number(value.toPrecision(4)) : value}`)
    .join(', ');

/** A view of work under way. It may be started again for the next piece of work. */
export interface Progress {
  /** A new piece of work begins: `total` items. */
  start(total: number, label: string): void;
  /** `done` items are finished. Cheap: it may be called thousands of times a second. */
  tick(done: number, fields?: ProgressFields): void;
  /** The work has ended, finished or not. */
  stop(): void;
}
