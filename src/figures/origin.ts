// The origin of an output: the records behind a figure or table, their code, data and versions.
import { exampleWord } from '../data/sets/index.js';
import type { Header, RunHeader } from '../records/header.js';
import type { StoredRecord } from '../records/record.js';

/** Data that records were made on. */
export interface OriginData {
  name: string;
  /** SHA-256 of the data. */
  fingerprint: string;
  /** Name and hash of the split; null where only evaluations are known. */
  split: string | null;
  splitHash: string | null;
}

/** Origin of an output. It holds nothing of the moment it was made: no clock time, no commit of now. */
export interface Origin {
  /** The command that makes the output again. */
  command: string;
  /** The notebook it is made by, without its ending; null for outputs made elsewhere. */
  notebook: string | null;
  /** Ids of the records, sorted. */
  records: string[];
  /** Commits that the records were made at, sorted; `+ changes` where the tree differed from it. */
  commits: string[];
  data: OriginData[];
  /** Training data of the runs, sorted: `cifar10: 9,000 training images, tested on 10,000`; none without a run. */
  trainings?: string[];
  /** Engine, backend and build of the records' numerics, sorted. */
  numerics: string[];
  /** Versions of Node, this package and TensorFlow.js that the records were made by, sorted. */
  versions: string[];
}

/** The command that makes an output again. */
export interface Making {
  command: string;
  notebook?: string;
}

/**
 * Collects the origin of an output from its records, each fact once, in an order that does not depend on theirs.
 *
 * @param records - runs and evaluations, whole or their headers; none for closed-form computations
 * @param making - `command`: what makes the output again; `notebook`: its stem
 * @returns what `saveFigure` and `saveTable` write beside an output; nothing of the moment it was made
 */
export function originOf(records: readonly (StoredRecord | Header)[], { command, notebook }: Making): Origin {
  const runs = new Map(
    records.filter((record): record is RunHeader => record.kind === 'run').map((run) => [run.id, run]),
  );
  const data = new Map<string, OriginData>();
  for (const record of records) {
    const run = record.kind === 'run' ? record : runs.get(record.of);
    const fingerprint = record.kind === 'run' ? record.data.fingerprint : record.dataFingerprint;
    const known: OriginData = {
      name: run?.data.name ?? 'not among the records',
      fingerprint,
      split: run?.data.split.name ?? null,
      splitHash: run?.data.split.hash ?? null,
    };
    data.set(JSON.stringify([known.name, fingerprint, known.splitHash]), known);
  }
  return {
    command,
    notebook: notebook ?? null,
    records: distinct(records.map(({ id }) => id)),
    commits: distinct(
      records.map(({ commit, dirty }) =>
        commit === null ? 'not in git' : dirty ? `${commit} + changes` : commit,
      ),
    ),
    data: [...data].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, known]) => known),
    trainings: distinct([...runs.values()].map(trainingText)),
    numerics: distinct(
      records.map(
        ({ numerics: { engine, backend, build, version, deterministic } }) =>
          `${engine} ${backend} ${build}, numerics ${version}${deterministic ? '' : ', not deterministic'}`,
      ),
    ),
    versions: distinct(
      records.map(
        ({ versions }) =>
          `node ${versions.node}, sgs-snn ${versions.package}, tfjs ${versions.tfjs ?? 'not installed'}`,
      ),
    ),
  };
}

const trainingText = ({ data }: RunHeader): string => {
  const { name, split } = data;
  const [train, validation, test] = [split.train, split.validation, split.test].map((n) =>
    n.toLocaleString('en-US'),
  );
  const held = split.validation > 0 ? ` (${validation} more held out)` : '';
  return `${name}, ${train} training ${exampleWord(data)}${held}, tested on ${test}`;
};

const distinct = (texts: readonly string[]): string[] => [...new Set(texts)].sort();
