// `sgs diagnose`: why a run does not learn as it should, in words and numbers.
import { fitted } from './help.js';
import type { Command } from 'commander';
import { interruptSignal } from '../cell/interrupt.js';
import { epochOrder, makeBatch } from '../data/batches.js';
import { splitExamples } from '../data/split.js';
import { diagnose } from '../diagnosis/diagnose.js';
import { diagnosisText } from '../diagnosis/text.js';
import { reportProgress } from '../display/progress/progress.js';
import { experimentNetwork } from '../experiment/network.js';
import { print } from '../print.js';
import type { RunRecord } from '../records/record.js';
import {
  type CommonOptions,
  dataPathOption,
  datasetOf,
  engineOf,
  resolveId,
  runsOf,
  withCommon,
} from './options.js';
import { count, numberUpTo, wholeNumberFrom } from './values.js';

const HELP = `
Looks at a batch of the training part, as the first epoch drew it, and says of each of these what was found, what is usual
and what to try: dead and saturated neurons by layer and step; potentials in the window of the surrogate; the share of
parameters with a gradient (χ); gradient norms by layer and step; the cosine between the gradient of the surrogate and
finite differences; the learning rate against weights and gradient noise; the shape of the loss.

A run that diverged kept no weights: its network is diagnosed as it began, as --initial does for any run.

Examples:
  sgs diagnose 3178
  sgs diagnose 3178 --probes 0                   without finite differences, which take two passes for each probe
  sgs diagnose 3178 --initial --json`;

/** Adds what the command takes and does. */
export function addDiagnose(command: Command): void {
  withCommon(
    command
      .argument('<run>', 'id of a run, or its first digits')
      .addOption(dataPathOption())
      .option('--limit <n>', 'examples to look at', count, 100)
      .option('--probes <n>', 'weights moved for finite differences; 0: none', wholeNumberFrom(0, 1e6), 32)
      .option('--epsilon <step>', 'how far they are moved', numberUpTo(1e3), 0.1)
      .option('--initial', 'the network as its training began', false)
      .option('--json', 'all facts and findings, as JSON', false)
      .addHelpText('after', fitted(HELP)),
  ).action(runDiagnose);
}

interface DiagnoseArguments extends CommonOptions {
  limit: number;
  probes: number;
  epsilon: number;
  initial: boolean;
  json: boolean;
}

async function runDiagnose(run: string, options: DiagnoseArguments): Promise<void> {
  const runs = runsOf(options);
  const record = runs.get(resolveId(runs, run)) as RunRecord;
  const { experiment, data } = record;
  const dataset = await datasetOf(experiment.data, experiment.steps, {
    ...options,
    fingerprint: data.fingerprint,
  });
  const split = splitExamples(dataset, experiment.data);
  const examples = epochOrder(split.train, experiment.seed, 0).subarray(0, options.limit);
  const batch = makeBatch(dataset, 'train', examples, { steps: experiment.steps });
  const network = experimentNetwork(experiment, dataset.shape, dataset.classes.length);
  const engine = await engineOf(options, network, experiment);
  const onProgress = reportProgress();
  try {
    const diagnosis = await diagnose(record, batch, {
      ...{ engine, runs, onProgress, signal: interruptSignal() },
      ...{ probes: options.probes, epsilon: options.epsilon },
      weights: options.initial ? 'initial' : 'trained',
    });
    onProgress.stop();
    print(options.json ? JSON.stringify(diagnosis, null, 2) : diagnosisText(diagnosis));
  } finally {
    onProgress.stop();
  }
}
