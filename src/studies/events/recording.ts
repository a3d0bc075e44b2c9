// One recording: of the embedded set, and of CIFAR10-DVS where its files are. Tests: test/studies/views.slow.ts.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readAedat2 } from '../../data/events/aedat.js';
import type { EventStream } from '../../data/events/events.js';
import { loadDataset } from '../../data/sets/load.js';
import type { Experiment } from '../../experiment/experiment.js';
import { cacheRoot, dataRoot } from '../../paths.js';

/** A recording under its name in its data set. */
export interface Recording {
  name: string;
  stream: EventStream;
}

/** A recording of shapes10-dvs, and the set in words. */
export interface SimulatedRecording extends Recording {
  description: string;
}

/**
 * Reads a recording of shapes10-dvs; the set is made where it is not there.
 *
 * @param name - such as `disc/shapes10_disc_0.aedat`
 * @throws DataError when there is none of this name
 */
export async function simulatedRecording(
  name: string,
  { data, steps }: Pick<Experiment, 'data' | 'steps'>,
): Promise<SimulatedRecording> {
  const { description } = await loadDataset(data, { steps });
  return { name, description, stream: readAedat2(join(cacheRoot(), 'shapes10-dvs', name)) };
}

/** The first recording of an aeroplane in CIFAR10-DVS; undefined where the set is not there. */
export function filmedRecording(): Recording | undefined {
  const folder = join(dataRoot(), 'cifar10-dvs', 'airplane');
  const [first] = existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith('.aedat'))
        .sort()
    : [];
  if (first === undefined) return undefined;
  return { name: `airplane/${first}`, stream: readAedat2(join(folder, first), { timeOrder: 'keep' }) };
}

/** Milliseconds from the first event to the last. */
const milliseconds = ({ t, count }: EventStream): number => (t[count - 1] - t[0]) / 1000;

const onEvents = ({ p }: EventStream): number => p.reduce((sum, polarity) => sum + polarity, 0);

/** A recording in numbers. */
export const recordingRow = ({ name, stream }: Recording): object => ({
  recording: name,
  pixels: `${stream.width} × ${stream.height}`,
  events: stream.count,
  milliseconds: milliseconds(stream),
  eventsPerMs: stream.count / milliseconds(stream),
  shareOn: onEvents(stream) / stream.count,
});

/** Number of events of each polarity. */
export const polarityRow = ({ name, stream }: Recording): object => ({
  recording: name,
  events: stream.count,
  milliseconds: milliseconds(stream),
  on: onEvents(stream),
  off: stream.count - onEvents(stream),
});
