// The seconds of a step of `sgs reproduce`. Tests: test/commands/reach.slow.ts.
import { print } from '../../print.js';

/** Seconds since a reading of `performance.now()`. */
export const secondsSince = (started: number): number => (performance.now() - started) / 1000;

/** Runs a step and prints its seconds. */
export async function timed<Result>(label: string, work: () => Promise<Result>): Promise<Result> {
  const started = performance.now();
  const result = await work();
  print(`${label}: ${secondsSince(started).toFixed(0)} s`);
  return result;
}
