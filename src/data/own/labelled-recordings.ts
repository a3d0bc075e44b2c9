// Recordings that hold many examples each, with a table of their times beside them, as DVS128 Gesture has it (Amir et al.
// 2017): `user01_led.aedat` and `user01_led_labels.csv`, whose lines say class (from 1), start and end in microseconds.
// Tests: test/data/own/recording-folder.test.ts.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DataError } from '../../errors.js';
import type { EventStream } from '../events/events.js';
import type { Recordings } from '../events/framed-recordings.js';
import { readDataFile } from '../files.js';
import { isFolder, namesIn } from './folders.js';
import type { OwnContext, OwnFormat } from './format.js';
import { framedDataset, readRecording } from './recordings.js';

const LABELS = '_labels.csv';
const ENDING = '.aedat';
/** Lists of recordings for the two parts, one a line. */
const LISTS = { train: 'trials_to_train.txt', test: 'trials_to_test.txt' };
/** Between a recording and the time of an example in it. */
const MARK = '#';
const MOST_CLASSES = 256;

export const labelledRecordings: OwnFormat = {
  title: `a folder of .aedat recordings, each with a table NAME${LABELS} of class, start and end, as DVS128 Gesture has it`,
  framed: true,
  recognises: (path) => isFolder(path) && namesIn(path).some((name) => name.endsWith(LABELS)),
  load: readLabelled,
};

/** An example: a recording, its class from 0, and the microseconds from which and before which its events are. */
interface Example {
  recording: string;
  label: number;
  start: number;
  end: number;
}

function readLabelled(context: OwnContext) {
  const { path } = context;
  const tables = namesIn(path).filter((name) => name.endsWith(LABELS));
  const examples = tables.flatMap((table) => examplesIn(path, table));
  const count = 1 + examples.reduce((most, { label }) => Math.max(most, label), 0);
  const classes = Array.from({ length: count }, (_, i) => `class ${i + 1}`);
  const missing = classes.findIndex((_, label) => !examples.some((example) => example.label === label));
  if (missing >= 0)
    throw new DataError(
      path,
      `no example of class ${missing + 1} of ${count}`,
      'number classes without a gap',
    );
  const byClass = (chosen: readonly Example[]): string[][] =>
    classes.map((_, label) => chosen.filter((example) => example.label === label).map(entryOf));
  const [train, test] = [LISTS.train, LISTS.test].map((list) => listed(path, list));
  const lists = train && test ? { train, test } : undefined;
  const of = (names: readonly string[]): Example[] =>
    examples.filter(({ recording }) => names.includes(recording));
  return framedDataset(context, {
    classes,
    ...(lists
      ? { train: byClass(of(lists.train)), test: byClass(of(lists.test)) }
      : { train: byClass(examples) }),
    read: exampleReader(),
    sourceOf: (entry) => entry.slice(0, entry.lastIndexOf(MARK)),
  });
}

/** The name of an example: everything that decides it. */
const entryOf = ({ recording, start, end }: Example): string => `${recording}${MARK}${start}-${end}`;

/** Reads an example; the recording that the last one came from is kept, as neighbours are of one. */
export function exampleReader(read: Recordings['read'] = readRecording): Recordings['read'] {
  let last: { file: string; stream: EventStream } | undefined;
  return (path, timeOrder) => {
    const mark = path.lastIndexOf(MARK);
    const file = path.slice(0, mark);
    const [start, end] = path
      .slice(mark + 1)
      .split('-')
      .map(Number);
    if (last?.file !== file) last = { file, stream: read(file, timeOrder) };
    const part = between(last.stream, start, end);
    if (part.count === 0)
      throw new DataError(file, `no event from ${start} to ${end} µs`, 'correct its table of labels');
    return part;
  };
}

/** The events from `start` and before `end`, microseconds, in their order. */
export function between(
  { width, height, x, y, t, p, count }: EventStream,
  start: number,
  end: number,
): EventStream {
  const inside: number[] = [];
  for (let i = 0; i < count; i++) if (t[i] >= start && t[i] < end) inside.push(i);
  const pick = <Values extends Uint8Array | Uint16Array | Int32Array>(values: Values): Values => {
    const picked = new (values.constructor as new (n: number) => Values)(inside.length);
    inside.forEach((from, to) => (picked[to] = values[from]));
    return picked;
  };
  return { width, height, x: pick(x), y: pick(y), t: pick(t), p: pick(p), count: inside.length };
}

/** The examples that a table lists. */
function examplesIn(folder: string, table: string): Example[] {
  const file = join(folder, table);
  const recording = `${table.slice(0, -LABELS.length)}${ENDING}`;
  if (!existsSync(join(folder, recording)))
    throw new DataError(file, `there is no ${recording} beside it`, 'put the recording there');
  const [, ...lines] = linesOf(file); // the first names the columns
  const examples = lines.map((line, i): Example => {
    const cells = line.split(',').map((cell) => cell.trim());
    const [label, start, end] = cells.map(Number);
    const whole = cells.length === 3 && cells.every((cell) => /^\d{1,10}$/.test(cell));
    if (!whole || label < 1 || label > MOST_CLASSES || end <= start)
      throw new DataError(
        file,
        `line ${i + 2}: expected a class from 1 to ${MOST_CLASSES}, a start and a later end in microseconds, found ${JSON.stringify(line.slice(0, 60))}`,
        'correct it',
      );
    return { recording, label: label - 1, start, end };
  });
  if (examples.length === 0) throw new DataError(file, 'it lists no example', 'add some, or remove it');
  return examples;
}

/** The recordings that a list names; undefined where there is no such list. */
function listed(folder: string, list: string): string[] | undefined {
  const file = join(folder, list);
  if (!existsSync(file)) return undefined;
  const names = linesOf(file);
  const absent = names.find((name) => !existsSync(join(folder, `${name.slice(0, -ENDING.length)}${LABELS}`)));
  if (absent !== undefined)
    throw new DataError(
      file,
      `${JSON.stringify(absent.slice(0, 80))} has no table of labels`,
      'correct the list',
    );
  return names;
}

const linesOf = (file: string): string[] =>
  Buffer.from(readDataFile(file, 'check the path'))
    .toString('utf8')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
