// Opens what a training or an evaluation needs and is not given: data, engine, folder of records, progress. Tests:
// test/session/train.test.ts.
import type { Dataset } from '../data/dataset.js';
import { loadDataset } from '../data/sets/load.js';
import { reportProgress, type ProgressReporter } from '../display/progress/progress.js';
import type { Engine } from '../engines/engine.js';
import { openEngine, type EngineOptions } from '../engines/open.js';
import type { Experiment } from '../experiment/experiment.js';
import { experimentNetwork } from '../experiment/network.js';
import { dataRoot, runsRoot } from '../paths.js';
import { openRuns, type Runs } from '../records/folder.js';

/** Resources of a session; missing ones are opened, and closed again at the end. */
export interface SessionOptions extends Pick<EngineOptions, 'threads' | 'backend'> {
  /** An engine that is open, or the name of one; default `auto`. */
  engine?: Engine | EngineOptions['engine'];
  /** The data; default: loaded by the name that the experiment gives. */
  dataset?: Dataset;
  /** The folder of data sets; default `SGS_DATA`, else `data/raw`. */
  dataDir?: string;
  /** The folder of records, open or by its path; default `SGS_RUNS`, else `data/runs`. */
  runs?: Runs | string;
  /** Shows no progress. */
  quiet?: boolean;
}

/** The folder of records that is meant. */
export const runsOf = ({ runs }: Pick<SessionOptions, 'runs'>): Runs =>
  typeof runs === 'object' ? runs : openRuns(runsRoot({ runsDir: runs }));

/** Open resources of an experiment. */
export interface Session {
  engine: Engine;
  dataset: Dataset;
  runs: Runs;
  onProgress: ProgressReporter;
}

/**
 * Opens what an experiment needs, calls `work` with it, and closes what was opened, also where `work` fails.
 *
 * @param fingerprint - of the data that a record names: it is looked for among the files
 * @throws DataError when the data is not here, naming the folder and what to do; any error of the engine
 */
export async function withSession<Result>(
  asked: Experiment,
  { fingerprint, ...options }: SessionOptions & { fingerprint?: string },
  work: (session: Session) => Promise<Result>,
): Promise<Result> {
  const onProgress = options.quiet ? SILENT : reportProgress();
  let opened: Engine | undefined;
  try {
    const runs = runsOf(options);
    const dataset =
      options.dataset ??
      (await loadDataset(asked.data, {
        ...{ root: dataRoot(options), steps: asked.steps, fingerprint, onProgress },
      }));
    if (typeof options.engine === 'object')
      return await work({ engine: options.engine, dataset, runs, onProgress });
    const network = experimentNetwork(asked, dataset.shape, dataset.classes.length);
    const { engine, threads, backend } = options;
    opened = await openEngine({ engine, threads, backend, network, settings: asked });
    return await work({ engine: opened, dataset, runs, onProgress });
  } finally {
    onProgress.stop();
    opened?.dispose();
  }
}

const SILENT: ProgressReporter = Object.assign(() => undefined, { stop: () => undefined });
