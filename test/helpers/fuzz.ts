// Throws damaged files at a reader and reports how it behaved.
import { DataError } from '../../src/errors.js';
import { stream } from '../../src/random.js';
import { allocationMeter } from './allocation.js';
import { mutate } from './mutate.js';

/** How a reader behaved on damaged input. */
export interface FuzzReport {
  inputs: number;
  /** Inputs that the reader took (damage where it does not matter) and that `check` found sound. */
  accepted: number;
  /** Inputs refused with a DataError. */
  refused: number;
  /** Different refusals, numbers and quoted text blanked out. */
  reasons: number;
  /** Largest (bytes allocated) / (bytes of the input), over inputs of at least `floor` bytes. */
  allocation: number;
  /** Milliseconds of the slowest input. */
  slowest: number;
}

/** What to fuzz. */
export interface FuzzTarget<T> {
  /** Names the input streams, with the seed. */
  name: string;
  /** Valid files that the damage starts from. */
  originals: Uint8Array[];
  inputs: number;
  seed?: number;
  /** The reader: gives a result or throws DataError. */
  read: (bytes: Uint8Array) => T;
  /** Throws when an accepted result is not sound. */
  check: (result: T, bytes: Uint8Array) => void;
  /** Inputs shorter than this are left out of `allocation`: a fixed cost is no leak. Default 64. */
  floor?: number;
}

/**
 * Runs `inputs` damaged files through a reader.
 *
 * @throws Error naming the number of the input when the reader throws anything but DataError, or a result is not sound
 */
export function fuzz<T>({
  name,
  originals,
  inputs,
  seed = 0,
  read,
  check,
  floor = 64,
}: FuzzTarget<T>): FuzzReport {
  const report: FuzzReport = { inputs, accepted: 0, refused: 0, reasons: 0, allocation: 0, slowest: 0 };
  const reasons = new Set<string>();
  const meter = allocationMeter();
  try {
    for (let i = 0; i < inputs; i++) {
      const bytes = mutate(originals, stream(seed, 'probe', name, i));
      const before = meter.bytes;
      const start = performance.now();
      try {
        const result = outcome(read, bytes);
        report.slowest = Math.max(report.slowest, performance.now() - start);
        if (bytes.length >= floor)
          report.allocation = Math.max(report.allocation, (meter.bytes - before) / bytes.length);
        if (result instanceof DataError) {
          report.refused++;
          reasons.add(result.message.replace(/"[^"]*"|[\d,.-]+/g, '#'));
        } else {
          check(result.value, bytes);
          report.accepted++;
        }
      } catch (error) {
        throw new Error(`${name}: input ${i} of seed ${seed}, ${bytes.length} bytes`, { cause: error });
      }
    }
  } finally {
    meter.stop();
  }
  report.reasons = reasons.size;
  return report;
}

/** A result, or the DataError that it was refused with. */
function outcome<T>(read: (bytes: Uint8Array) => T, bytes: Uint8Array): { value: T } | DataError {
  try {
    return { value: read(bytes) };
  } catch (error) {
    if (error instanceof DataError) return error;
    throw error;
  }
}

/** The report as one line for a log. */
export const fuzzLine = (name: string, report: FuzzReport): string =>
  `${name}: ${report.inputs} inputs, ${report.refused} refused for ${report.reasons} reasons, ${report.accepted} ` +
  `accepted and sound, at most ${report.allocation.toFixed(2)} × the input allocated, slowest ${report.slowest.toFixed(1)} ms`;
