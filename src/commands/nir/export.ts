// `sgs nir export`: a run as a NIR file, and what each program makes of it.
import { fitted } from '../help.js';
import { type Command, Option } from 'commander';
import { definitionOf } from '../../data/sets/index.js';
import { NIR_POOLS, NIR_VOCABULARIES } from '../../interchange/nir/context.js';
import { exportNir } from '../../interchange/nir/export.js';
import { NIR_PROFILES } from '../../interchange/nir/profiles.js';
import type { NirOptions } from '../../interchange/nir/to-graph.js';
import { SettingsError } from '../../errors.js';
import { print } from '../../print.js';
import type { RunRecord } from '../../records/record.js';
import { networkOf } from '../network-of.js';
import { type CommonOptions, resolveId, runsOf } from '../options.js';
import { numberUpTo, someText } from '../values.js';
import { printVerdicts } from './verdicts.js';

const HELP = `
Profiles: how neurons are written. unit-r: r = 1, its gain in the weights; the same by forward Euler, in Norse and in
snnTorch. ode: the standard's own equation, the gain in r. gain-1: ode with the dt that snnTorch has built in. sinabs:
for neurons that reset by subtraction; exponential decay, time in steps.
Vocabularies: conv: Input, Conv2d, LIF or IF and Output alone, which every program reads alike: pools and linear layers
are convolutions. plain: AvgPool2d (--pool sum: SumPool2d), Flatten and Affine.
Batch norm is folded into weights and biases. NIR says neither dt nor reset nor readout: they stand in the metadata, with
run, weights digest and split. What NIR has nothing for is refused by name: maxPool2d, ReLU, another reset than the profile's.

Example:
  sgs nir export run-0201cf2a8cfb76c5 convnet.nir`;

interface ExportOptions extends CommonOptions, NirOptions {}

/** Adds the part to the command `nir`. */
export function addExport(nir: Command): void {
  nir
    .command('export')
    .description('a run as a NIR file, and which programs compute the same with it')
    .argument('<run>', 'id of a run, or its first digits')
    .argument('<file>', 'where to: a .nir')
    .addOption(new Option('--profile <name>', 'for which programs').choices(NIR_PROFILES).default('unit-r'))
    .addOption(
      new Option('--vocabulary <name>', 'which nodes').choices([...NIR_VOCABULARIES]).default('conv'),
    )
    .addOption(
      new Option('--pool <name>', 'of vocabulary plain: means or sums')
        .choices([...NIR_POOLS])
        .default('avg'),
    )
    .option('--dt <seconds>', 'length of a step (default: 1e-4; of profile sinabs 1)', numberUpTo(1e6))
    .option('--runs <folder>', 'where the records are (default: SGS_RUNS, else data/runs)', someText)
    .addHelpText('after', fitted(HELP))
    .action(exportIt);
}

async function exportIt(run: string, file: string, options: ExportOptions): Promise<void> {
  if (!file.toLowerCase().endsWith('.nir'))
    throw new SettingsError(`${file}: expected a name that ends in .nir`);
  const { profile, vocabulary, pool, dt } = options;
  const runs = runsOf(options);
  const id = resolveId(runs, run);
  const { experiment, data } = runs.get(id) as RunRecord;
  const network = networkOf(experiment, data);
  const kind = (data.arrays ?? definitionOf(data.name))?.kind;
  const { graph, verdicts } = await exportNir(file, {
    ...{ network, weights: runs.readWeights(id), settings: experiment, profile, vocabulary, pool, dt },
    origin: {
      ...{ run: id, data: data.name, split: data.split.hash },
      encoding: kind === 'frames' ? 'frames' : 'repeat',
    },
  });
  print(
    `${id} (${network.name}) written to ${file}: ${graph.nodes.size} nodes, profile ${profile}, vocabulary ${vocabulary}\n`,
  );
  printVerdicts(verdicts);
}
