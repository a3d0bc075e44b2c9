// `sgs trial`: one training with its evaluations, from a file. What a sweep or a preset starts in a process of its own.
import type { Command } from 'commander';
import { buildNetwork } from '../architectures.js';
import { SettingsError } from '../errors.js';
import { evaluateRun, type Evaluation } from '../evaluations.js';
import { experiment } from '../experiment.js';
import { interruptSignal } from '../interrupt.js';
import { reportProgress } from '../progress.js';
import { train } from '../trainer.js';
import { datasetOf, engineOf, readJsonFile, runsOf, withCommon, type CommonOptions } from './options.js';

/** Adds the command. */
export function addTrial(program: Command): void {
  withCommon(
    program
      .command('trial')
      .description('train one experiment and make its evaluations; what is done already is not done again')
      .argument('<file>', 'JSON: {"experiment": {…}, "evaluations": [{"kind": "energy"}, …]}')
      .action(runTrial),
  );
}

async function runTrial(file: string, options: CommonOptions): Promise<void> {
  const given = readJsonFile(file) as { experiment?: unknown; evaluations?: Evaluation[] };
  if (typeof given !== 'object' || given === null || given.experiment === undefined)
    throw new SettingsError(`${file}: expected {"experiment": {…}, "evaluations": […]}; --help shows it`);
  const settings = experiment(given.experiment);
  const dataset = await datasetOf(settings.data, settings.steps, options);
  const network = buildNetwork(settings.network, dataset.shape, dataset.classes.length);
  const engine = await engineOf(options, network, settings);
  const runs = runsOf(options);
  const signal = interruptSignal();
  const onProgress = reportProgress();
  try {
    const record = await train(settings, {
      engine,
      dataset,
      runs,
      signal,
      onProgress: ({ done, total, loss }) =>
        onProgress({ done, total, label: 'training', fields: { loss: loss.toFixed(3) } }),
    });
    if (record.outcome.status === 'done')
      for (const evaluation of given.evaluations ?? [])
        await evaluateRun(record.id, evaluation, { engine, dataset, runs, signal, onProgress });
    onProgress.stop();
    console.log(record.id);
    if (record.outcome.status === 'diverged') process.exitCode = 3;
    if (record.outcome.status === 'interrupted') process.exitCode = 130;
  } finally {
    onProgress.stop();
  }
}
