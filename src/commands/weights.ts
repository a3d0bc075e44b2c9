// `sgs weights`: weights of a run for PyTorch and NumPy, and theirs for a network of ours.
import { fitted } from './help.js';
import { type Command, Option } from 'commander';
import { SettingsError } from '../errors.js';
import { parseExperiment } from '../experiment/experiment.js';
import { writeWhole } from '../files/whole.js';
import { loadWeights, saveWeights, WEIGHT_NAMES, type WeightNames } from '../interchange/weights-file.js';
import { print } from '../print.js';
import type { RunRecord } from '../records/record.js';
import { encodeSafetensors, weightsDigest } from '../records/safetensors.js';
import { networkOf } from './network-of.js';
import { type CommonOptions, readJsonFile, resolveId, runsOf } from './options.js';
import { someText } from './values.js';

const EXPORT_HELP = `
Names and layout are those of the state_dict of a PyTorch model: for resnet19 and vggsnn of the authors' code, else the
names of our layers with running_mean and running_var. FILE ends in .safetensors or .npz.

Example:
  sgs weights export run-0201cf2a8cfb76c5 resnet19.safetensors
In Python:
  model.load_state_dict(safetensors.torch.load_file("resnet19.safetensors"))`;

const IMPORT_HELP = `
FILE is of torch.save(model.state_dict(), "FILE.pth"), safetensors or numpy.savez, and ends in .pth, .pt, .safetensors or
.npz. Nothing in it is executed. Names and shapes must be those of the network of the experiment, all of them; the output
has our names and layout, for loadWeights(FILE, network).

Example:
  sgs weights import resnet19.pth --experiment experiment.json --output weights.safetensors
where experiment.json holds, for instance:
  {"network": {"architecture": "resnet19"}, "data": {"name": "cifar10"}}`;

/** Adds the parts of the command. */
export function addWeights(command: Command): void {
  command
    .command('export')
    .description('the weights of a run, as PyTorch names them')
    .argument('<run>', 'id of a run, or its first digits')
    .argument('<file>', 'where to: .safetensors or .npz')
    .option('--runs <folder>', 'where the records are (default: SGS_RUNS, else data/runs)', someText)
    .addHelpText('after', fitted(EXPORT_HELP))
    .action(exportThem);
  command
    .command('import')
    .description('weights of PyTorch, checked against a network and written under our names')
    .argument('<file>', 'a .pth, .pt, .safetensors or .npz')
    .requiredOption(
      '--experiment <file>',
      'the experiment whose network they are for, as JSON; needed',
      someText,
    )
    .requiredOption('--output <file>', 'where to: a .safetensors; needed', someText)
    .addOption(
      new Option('--names <whose>', 'whose names and layout the file has; default: as the names say').choices(
        WEIGHT_NAMES,
      ),
    )
    .addHelpText('after', fitted(IMPORT_HELP))
    .action(importThem);
}

function exportThem(run: string, file: string, options: CommonOptions): void {
  const runs = runsOf(options);
  const id = resolveId(runs, run);
  const { experiment, data } = runs.get(id) as RunRecord;
  const network = networkOf(experiment, data);
  saveWeights(file, network, runs.readWeights(id));
  print(`weights of ${id} (${network.name}) written to ${file}, as PyTorch names them`);
}

interface ImportOptions {
  experiment: string;
  output: string;
  names?: WeightNames;
}

function importThem(file: string, { experiment, output, names }: ImportOptions): void {
  if (!output.toLowerCase().endsWith('.safetensors'))
    throw new SettingsError(`--output ${output}: expected a name that ends in .safetensors`);
  const settings = parseExperiment(readJsonFile(experiment));
  const network = networkOf(settings, settings.data);
  const weights = loadWeights(file, network, { names });
  writeWhole(output, encodeSafetensors(weights));
  print(`weights for ${network.name} written to ${output}, SHA-256 ${weightsDigest(weights)}`);
}
