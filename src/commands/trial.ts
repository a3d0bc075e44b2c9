// `sgs trial`: one training with its evaluations, from a file. What a sweep, a preset or a cluster starts in a process
// of its own. Tests: test/commands/exit-codes.test.ts.
import { fitted } from './help.js';
import type { Command } from 'commander';
import { experimentNetwork } from '../experiment/network.js';
import { LeaseError, SettingsError } from '../errors.js';
import { checkEvaluations } from '../measures/schema.js';
import { parseExperiment } from '../experiment/experiment.js';
import { runsRoot } from '../paths.js';
import { reportProgress } from '../display/progress/progress.js';
import { EXIT, type TrialMessage } from '../sweep/messages.js';
import { runTrial } from '../training/trial.js';
import {
  checkpointOption,
  dataPathOption,
  datasetOf,
  engineOf,
  leaseOption,
  readJsonFile,
  withCommon,
  type CommonOptions,
} from './options.js';
import { count } from './values.js';
import { stopSignal } from './stop.js';
import { print, tell } from '../print.js';

const HELP = `
The file holds {"experiment": {…}, "evaluations": [{"kind": "energy"}, …]}; "fingerprint" may name the data that is meant
where more training files of CIFAR-10 are there than it was computed from.

Any number of processes may share the folder of records: a lease names the one that works on a run, and what is done
is not done again; only a run whose weights are gone is trained once more where an evaluation needs them. SIGINT or SIGTERM stop it after the current step; the same command continues.

Exit codes: ${EXIT.done} done (or the epoch of --until reached), ${EXIT.diverged} diverged, ${EXIT.interrupted} stopped and resumable, ${EXIT.busy} another process works on
it, 1 an error.`;

/** Adds what the command takes and does. */
export function addTrial(command: Command): void {
  withCommon(
    command
      .argument('<file>', 'a JSON file with an experiment and evaluations, see below')
      .addOption(dataPathOption())
      .option('--until <epoch>', 'stop after this epoch, resumable', count)
      .addOption(checkpointOption())
      .addOption(leaseOption())
      .option('--no-wait', 'end where another process works on the run, instead of waiting for it')
      .option('--take-over <token>', 'take the lease from the owner with this token', count)
      .addHelpText('after', fitted(HELP))
      .action(trial),
  );
}

interface Options extends CommonOptions {
  until?: number;
  checkpointSeconds: number;
  leaseSeconds: number;
  wait: boolean;
  takeOver?: number;
}

async function trial(file: string, options: Options): Promise<void> {
  const given = readJsonFile(file) as { experiment?: unknown; evaluations?: unknown; fingerprint?: unknown };
  if (typeof given !== 'object' || given === null || given.experiment === undefined)
    throw new SettingsError(
      `${file}: expected {"experiment": {…}, "evaluations": […]}; \`sgs help trial\` says more`,
    );
  const settings = parseExperiment(given.experiment);
  const evaluations = checkEvaluations(given.evaluations ?? [], file);
  const { fingerprint } = given;
  if (fingerprint !== undefined && typeof fingerprint !== 'string')
    throw new SettingsError(
      `${file}: fingerprint: expected that of a data set as text, got ${typeof fingerprint}`,
    );
  const signal = stopSignal();
  const dataset = await datasetOf(settings.data, settings.steps, { ...options, fingerprint });
  const network = experimentNetwork(settings, dataset.shape, dataset.classes.length);
  const engine = await engineOf(options, network, settings);
  const onProgress = reportProgress();
  const send = messenger();
  try {
    const record = await runTrial(
      { experiment: settings, evaluations },
      {
        engine,
        dataset,
        runsFolder: runsRoot({ runsDir: options.runs }),
        until: options.until,
        checkpointSeconds: options.checkpointSeconds,
        leaseMs: Math.round(options.leaseSeconds * 1000),
        wait: options.wait,
        takeOver: options.takeOver,
        signal,
        onWait: (owner) => tell(`waiting: ${owner} works on this run`),
        onAgain: () =>
          tell('the weights of this run are not here: it is trained once more, its record is kept'),
        onClaim: ({ token }) => send({ kind: 'claimed', token }, true),
        onProgress({ done, total, loss, epoch, epochs, row }) {
          onProgress({ done, total, label: 'training', fields: { loss: loss.toFixed(3) } });
          send({ kind: 'progress', done: done / total, epoch, epochs }, row !== undefined);
        },
        onEvaluation(event) {
          onProgress(event);
          send({ kind: 'evaluating', label: event.label });
        },
      },
    );
    onProgress.stop();
    print(record.id);
    const { status, epoch } = record.outcome;
    if (status === 'diverged') process.exitCode = EXIT.diverged;
    if (status === 'interrupted' && epoch < (options.until ?? Infinity)) process.exitCode = EXIT.interrupted;
  } catch (error) {
    if (!(error instanceof LeaseError)) throw error;
    tell(`sgs: ${error.message}`);
    process.exitCode = EXIT.busy;
  } finally {
    onProgress.stop();
    engine.dispose();
  }
}

/** Sends progress to the process that started this one, twice a second at most. */
function messenger(): (message: TrialMessage, always?: boolean) => void {
  let next = 0;
  return (message, always = false) => {
    if (!process.connected || (!always && performance.now() < next)) return;
    next = performance.now() + 500;
    process.send?.(message, undefined, undefined, () => undefined); // a listener that has gone is no error
  };
}
