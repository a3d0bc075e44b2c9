// `sgs train`: trains one experiment, from a file or from options, and keeps its record.
import { fitted } from './help.js';
import { terminalWidth } from '../display/print-table.js';
import { wrapped } from '../display/wrap.js';
import { join } from 'node:path';
import { Option, type Command } from 'commander';
import { experimentNetwork } from '../experiment/network.js';
import { ARCHITECTURE_NAMES } from '../network/architectures.js';
import { OWN_FORMATS } from '../data/own/index.js';
import { SettingsError } from '../errors.js';
import { interruptSignal } from '../cell/interrupt.js';
import { trainingEvent } from '../display/progress/training.js';
import { reportProgress } from '../display/progress/progress.js';
import { METHOD_PRESETS } from '../methods/index.js';
import type { RunRecord } from '../records/record.js';
import { NAMED_SURROGATES } from '../surrogates/settings.js';
import { prepareRun } from '../training/prepare.js';
import type { Runs } from '../records/folder.js';
import { lacksWeights } from '../training/train.js';
import { runTrial } from '../training/trial.js';
import {
  checkpointOption,
  dataOption,
  dataPathOption,
  datasetOf,
  engineOf,
  resolveId,
  runsOf,
  withCommon,
  type CommonOptions,
} from './options.js';
import {
  assignmentOption,
  count,
  numberFrom,
  numberUpTo,
  seed,
  someText,
  wholeNumberFrom,
} from './values.js';
import { methodOption } from './method-names.js';
import { experimentOf, settingsOf } from './train-experiment.js';
import { checkSameRun, engineOfRecord } from './train-again.js';
import { print, tell } from '../print.js';

const HELP = `
Without a file it starts from a small recipe: convNet of width 0.5 on CIFAR-10 where that is found, else on the embedded
shapes10, 5 epochs, batch 50; for event data vggsnn of width 0.125, T = 10, batch 16. --architecture takes that network
at width 1; epochs and batch stay the recipe's. Whatever neither the recipe nor an option sets is the paper's: SGS with
delta = 1e-4, Lipschitz regularisation with beta = 1e-4, tau = theta = 0.5, T = 2, Adam, cosine schedule. So is what a
file leaves out, with 150 epochs and batch 100.

Examples:
  sgs train
  sgs train --data cifar10 --architecture resnet19 --width 0.25 --epochs 20 --batch-size 50
  sgs train --delta 0 --beta 0 --seed 1 --set neuron.reset=soft --set loss.kind=tet
  sgs train --set readout.kind=rate 'loss=[{"kind": "rateMse"}, {"kind": "spikeRate", "weight": 0.1}]'
  sgs train --set neuron.model=plif neuron.parameters.tau0=4
  sgs train --method plif tebn        (\`sgs methods\` lists them)
  sgs train --data-path faces.npz --steps 4
  sgs train experiment.json        {"data": {"name": "shapes10"}, "epochs": 3, "neuron": {"delta": 0.01}}

Data of your own: ${OWN_FORMATS.join(';\n')}.
In a file: {"data": {"name": "faces", "path": "faces.npz"}}, the path relative to the data folder.

Weights are not committed with records. Where those of a run are missing, --again trains it once more: its record is
kept, and its weights are written if they are the same bits.

Ctrl-C stops after the current step; the same command continues where it stopped.`;

/** Adds what the command takes and does. */
export function addTrain(command: Command): void {
  command
    .argument('[experiment]', 'a JSON file; options are set on top of it')
    .addOption(dataOption())
    .addOption(dataPathOption())
    .addOption(new Option('--architecture <name>', 'network').choices(ARCHITECTURE_NAMES))
    .option('--width <factor>', 'multiplies every channel count', numberUpTo(64))
    .addOption(new Option('--twin <kind>', 'the ANN twin: ReLU, one step').choices(['ann']))
    .option('--steps <T>', 'time steps', wholeNumberFrom(1, 1000))
    .option('--epochs <n>', 'passes over the training part', count)
    .option('--batch-size <n>', 'examples in one update', count)
    .option('--lr <rate>', 'learning rate', numberUpTo(1e38))
    .addOption(new Option('--surrogate <name>', 'surrogate derivative').choices(NAMED_SURROGATES))
    .option('--delta <value>', 'SGS strength; 0 is the plain surrogate', numberFrom(0, 1e6))
    .option('--beta <value>', 'weight of the Lipschitz regularisation; 0 is off', numberFrom(0, 1e6))
    .addOption(
      methodOption(
        '--method <name...>',
        'methods laid over the settings; SGS and LR are off unless one of them, the file or another option has them',
      ),
    )
    .addOption(
      new Option('--as <preset>', 'of methods: all else equal, or as in their own code').choices(
        METHOD_PRESETS,
      ),
    )
    .option('--seed <n>', 'every random number comes from it', seed)
    .option('--validation <share>', 'share of the training part held out', numberFrom(0, 0.999))
    .option('--train-limit <n>', 'only the first n training examples', count)
    .option('--test-limit <n>', 'only the first n test examples', count)
    .option('--name <label>', 'a label for people; not part of the run id', someText)
    .addOption(assignmentOption('--set <path=value...>', 'any other setting, the value as JSON or text'))
    .option('--again <run>', 'train a run that is done once more, because its weights are gone', someText)
    .addOption(checkpointOption())
    .addHelpText('after', fitted(HELP))
    .action(runTrain);
  withCommon(command);
}

type TrainOptions = CommonOptions & { set?: string[]; checkpointSeconds: number; again?: string } & Record<
    string,
    unknown
  >;

async function runTrain(file: string | undefined, given: TrainOptions): Promise<void> {
  const runs = runsOf(given);
  const again = recordToRepeat(runs, file, given);
  const settings = again ? again.experiment : experimentOf(file, given);
  const options = again ? engineOfRecord(given, again.numerics) : given;
  const dataset = await datasetOf(settings.data, settings.steps, {
    ...options,
    fingerprint: again?.data.fingerprint,
  });
  const network = experimentNetwork(settings, dataset.shape, dataset.classes.length);
  const engine = await engineOf(options, network, settings);
  const prepared = prepareRun(settings, { engine, dataset, runs });
  const { id, finished } = prepared;
  if (again) checkSameRun(again, prepared, engine.numerics, prepared.fingerprint);
  const lacking = finished !== undefined && lacksWeights(runs, finished);
  if (finished && !(again && lacking)) {
    const remedy = lacking ? `; its weights are not here: \`sgs train --again ${id}\` makes them` : '';
    tell(`${id} is done already; its record is kept, nothing is trained again${remedy}`);
    printOutcome(finished, runs.folder);
    return;
  }
  tell(`${id}: ${settings.name}${lacking ? ', trained once more for its weights; its record is kept' : ''}`);
  const onProgress = reportProgress();
  try {
    const trial = { experiment: settings, evaluations: [] };
    const record = await runTrial(trial, {
      engine,
      dataset,
      runsFolder: runs.folder,
      signal: interruptSignal(),
      checkpointSeconds: options.checkpointSeconds,
      again: again !== undefined,
      wait: true,
      onWait: (owner) => tell(`${owner} works on this run: waiting for it, so that nothing is done twice`),
      onNote: tell,
      onProgress(progress) {
        onProgress(trainingEvent(progress));
        const { epochs, row } = progress;
        if (row)
          tell(
            `epoch ${row.epoch}/${epochs}  loss ${row.trainLoss?.toFixed(4)}  train ${percent(row.trainAccuracy)}  ` +
              `${row.validationAccuracy === undefined ? '' : `validation ${percent(row.validationAccuracy)}  `}` +
              `test ${percent(row.testAccuracy)}  ${row.imagesPerSecond.toFixed(0)} images/s`,
          );
      },
    });
    onProgress.stop();
    if (lacking && record.outcome.status === 'done')
      tell(`${id}: its weights are here again, the same bits that its record names`);
    printOutcome(record, runs.folder);
  } finally {
    onProgress.stop();
  }
}

/** The record that `--again` names; undefined without it. */
function recordToRepeat(runs: Runs, file: string | undefined, options: TrainOptions): RunRecord | undefined {
  if (options.again === undefined) return undefined;
  if (file !== undefined || options.method !== undefined || settingsOf(options).length > 0)
    throw new SettingsError(
      `--again ${options.again} trains what the record of that run says; leave out the file and all settings`,
    );
  return runs.get(resolveId(runs, options.again)) as RunRecord;
}

const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;

/** Next commands for a run that is done. */
const NEXT = [
  ['runs show RUN', 'its settings and epochs'],
  ['noise RUN', 'accuracy under noise'],
  ['energy RUN', 'operations and energy'],
  ['diagnose RUN', 'where it learns badly, and what to try'],
  ['weights export RUN weights.npz', 'weights for NumPy and PyTorch'],
] as const;

/** Characters of the longest of these commands, with an id of eight. */
const NEXT_WIDTH = Math.max(...NEXT.map(([words]) => 'sgs '.length + words.replace('RUN', '').length + 8));

/** Prints how a run ended and sets the exit code: 0 done, 3 diverged, 130 interrupted. */
function printOutcome({ id, outcome, seconds, data }: RunRecord, folder: string): void {
  const { status, testAccuracy, bestTestAccuracy, bestTestEpoch, reason, epoch } = outcome;
  print(`${id}  ${status} after ${epoch} epochs, ${seconds.toFixed(0)} s${reason ? `: ${reason}` : ''}`);
  if (testAccuracy !== undefined && bestTestAccuracy !== undefined)
    print(
      wrapped(
        `test accuracy ${percent(testAccuracy)} at the last epoch (best ${percent(bestTestAccuracy)} at epoch ${bestTestEpoch}), ` +
          `trained on ${data.split.train.toLocaleString('en')} examples of ${data.name}, tested on ${data.split.test.toLocaleString('en')}`,
        terminalWidth(),
      ),
    );
  print(`record: ${join(folder, `${id}.json`)}`);
  const short = id.slice(4, 12);
  if (status === 'done')
    for (const [i, [words, what]] of NEXT.entries())
      print(
        `${i === 0 ? 'next:' : '     '} ${`sgs ${words.replace('RUN', short)}`.padEnd(NEXT_WIDTH)}  ${what}`,
      );
  if (status === 'interrupted') print('next: the same command goes on where it stopped');
  if (status === 'diverged') print(`next: sgs diagnose ${short}  what may be wrong with it`);
  if (status === 'diverged') process.exitCode = 3;
  if (status === 'interrupted') process.exitCode = 130;
}
