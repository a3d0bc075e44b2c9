// `sgs nir import`: a network and weights of ours from a NIR file, and its accuracy on a data set. Tests: test/commands/nir.test.ts.
import { fitted } from '../help.js';
import { type Command, Option } from 'commander';
import { splitExamples } from '../../data/split.js';
import { SettingsError } from '../../errors.js';
import { datasets, loadableName } from '../../data/sets/index.js';
import { experiment } from '../../experiment/experiment.js';
import { writeWhole } from '../../files/whole.js';
import { CONVENTION_WORDS, type NirConventions } from '../../interchange/nir/conventions.js';
import { type ImportedNetwork, importNir } from '../../interchange/nir/import/import.js';
import { readNir } from '../../interchange/nir/read.js';
import { evaluateExamples } from '../../measures/accuracy.js';
import { countParameters } from '../../network/parameters.js';
import { print } from '../../print.js';
import { encodeSafetensors, weightsDigest } from '../../records/safetensors.js';
import { type CommonOptions, dataOption, datasetOf, engineOf, withEngine } from '../options.js';
import { count, numberUpTo, someText, wholeNumberFrom } from '../values.js';

const HELP = `
NIR does not say how long a time step is, how equations are integrated, to what a neuron is reset and how it is compared with its
threshold. Where the metadata of the file do not say it either, it must be given. r, thresholds that differ and scalings go into
weights. What has no counterpart here is refused by name of the node; in a notebook runNir simulates the graph as it is.

FILE.safetensors gets the weights under our names, FILE.json beside it the layers, the neuron and the time steps: in a notebook
loadWeights(FILE, network, { names: 'sgs' }) and engine.createModel(network, settings, weights), to evaluate or to train on.

Example:
  sgs nir import network.nir --dt 1e-4 --euler --reset zero --comparison ">" --output network.safetensors`;

const ENDING = '.safetensors';

/** Adds the part to the command `nir`. */
export function addImport(nir: Command): void {
  withEngine(
    nir
      .command('import')
      .description('a network and weights of ours from a NIR file; with --data its accuracy')
      .argument('<file>', 'a NIR file')
      .requiredOption('--output <file>', 'where to: a .safetensors; needed', someText)
      .option('--dt <seconds>', 'length of a time step; default: what the metadata say', numberUpTo(1e6))
      .addOption(new Option('--euler', 'integrate by forward Euler').conflicts('exponential'))
      .addOption(new Option('--exponential', 'integrate exactly, for inputs constant in a step'))
      .addOption(
        new Option('--reset <how>', 'of a neuron that has fired; default: what the metadata say').choices(
          CONVENTION_WORDS.reset,
        ),
      )
      .addOption(
        new Option('--comparison <how>', 'with the threshold; default: what the metadata say').choices(
          CONVENTION_WORDS.comparison,
        ),
      )
      .addOption(dataOption())
      .option('--steps <n>', 'time steps T; default: what the metadata say', wholeNumberFrom(1, 1000))
      .option('--limit <n>', 'only the first n test examples', count),
  )
    .addHelpText('after', fitted(HELP))
    .action(importThem);
}

interface ImportOptions extends CommonOptions {
  output: string;
  dt?: number;
  euler?: true;
  exponential?: true;
  reset?: NirConventions['reset'];
  comparison?: NirConventions['comparison'];
  data?: string;
  steps?: number;
  limit?: number;
}

async function importThem(file: string, options: ImportOptions): Promise<void> {
  const { output, dt, euler, exponential, reset, comparison, data } = options;
  if (!output.toLowerCase().endsWith(ENDING))
    throw new SettingsError(`--output ${output}: expected a name that ends in ${ENDING}`);
  const integration = euler ? 'euler' : exponential && 'exponential';
  const graph = await readNir(file);
  const imported = importNir(graph, { dt, integration, reset, comparison });
  const { network, weights, neuron } = imported;
  const steps = options.steps ?? imported.steps;
  const beside = `${output.slice(0, -ENDING.length)}.json`;
  writeWhole(output, encodeSafetensors(weights));
  writeWhole(beside, `${JSON.stringify({ network, neuron, ...(steps && { steps }) }, null, 2)}\n`);
  print(
    `${countParameters(network).toLocaleString('en')} parameters written to ${output}, SHA-256 ${weightsDigest(weights)}`,
  );
  print(
    `${network.layers.length} layers written to ${beside}: decay ${neuron.tau}, threshold ${neuron.theta}, ${neuron.reset} reset`,
  );
  if (data !== undefined) await evaluate({ ...imported, steps }, data, options);
}

/** Prints the accuracy on the test part of a data set. */
async function evaluate(
  { network, weights, neuron, steps }: ImportedNetwork,
  name: string,
  options: ImportOptions,
): Promise<void> {
  if (steps === undefined)
    throw new SettingsError(
      '--steps: the metadata of the file do not say how many time steps it runs; give --steps',
    );
  const settings = experiment({
    network: { architecture: 'convNet' }, // of which nothing is used: the layers are those of the file
    data: { name, ...(options.limit !== undefined && { testLimit: options.limit }) },
    ...{ steps, neuron },
  });
  // Before the data is loaded, which may take long.
  const { shape, classes } = datasets[loadableName(name)];
  if (shape.join() !== network.input.join() || classes.length !== network.classes)
    throw new SettingsError(
      `--data ${name}: images of ${shape.join(' × ')} and ${classes.length} classes; the network takes ${network.input.join(' × ')} and has ${network.classes}`,
    );
  const dataset = await datasetOf(settings.data, steps, options);
  const engine = await engineOf(options, network, settings);
  const model = engine.createModel(network, settings, weights);
  try {
    const { test } = splitExamples(dataset, settings.data);
    const { accuracy, loss, count: examples } = await evaluateExamples(model, dataset, 'test', test);
    print(
      `accuracy ${(100 * accuracy).toFixed(2)} % on ${examples} test examples of ${name}, loss ${loss.toFixed(4)}`,
    );
  } finally {
    model.dispose();
  }
}
