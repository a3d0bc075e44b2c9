// Events of a camera: the form that every event reader gives and every framing pipeline takes.

/**
 * A recording of an event camera, one entry an event in each of the four arrays, in the order of the file.
 *
 * Columns rather than objects: 7 bytes an event (9 where a sensor is wider than 256 pixels), so that a recording
 * takes no more memory than its AEDAT 2.0 file.
 */
export interface EventStream {
  /** Pixels across; every `x` is below it. */
  width: number;
  /** Pixels down; every `y` is below it. */
  height: number;
  /** Column of each event, 0 … width − 1, `[count]`. */
  x: Uint8Array | Uint16Array;
  /** Row of each event, 0 … height − 1, `[count]`. Which way is up is said by the reader. */
  y: Uint8Array | Uint16Array;
  /**
   * Time of each event in microseconds, signed, from an origin of the recording's own (it can be negative), `[count]`.
   * Equal neighbours are normal; it never decreases unless the reader was asked to keep such a recording.
   */
  t: Int32Array;
  /** Polarity of each event, `[count]`: 1 = ON (brighter), 0 = OFF (darker). */
  p: Uint8Array;
  /** Number of events. */
  count: number;
}

/**
 * Makes a stream with room for `count` events, all zero.
 *
 * @param width - pixels across, 1 … 65,536; up to 256 the columns take one byte an event, above it two
 * @param height - pixels down, likewise for the rows
 * @param count - how many events
 */
export function emptyStream(width: number, height: number, count: number): EventStream {
  const column = (size: number): Uint8Array | Uint16Array =>
    size <= 256 ? new Uint8Array(count) : new Uint16Array(count);
  return {
    width,
    height,
    x: column(width),
    y: column(height),
    t: new Int32Array(count),
    p: new Uint8Array(count),
    count,
  };
}

/** The index of the first event that is earlier than the one before it, or −1 when time never decreases. */
export function firstStepBack({ t, count }: EventStream): number {
  for (let i = 1; i < count; i++) if (t[i] < t[i - 1]) return i;
  return -1;
}
