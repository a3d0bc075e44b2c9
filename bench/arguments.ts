// The bench's command line: which measures, how often, against whom.
import { Command, InvalidArgumentError, Option } from 'commander';
import { count } from '../src/commands/values.js';
import { FAMILY_NAMES, USUAL_FAMILIES, type PeerFamily } from './families.js';
import { MEASURE_NAMES, type MeasureName } from './measures.js';
import { NETWORKS, type NetworkName } from './networks.js';

/** What is measured. */
export interface MeasureOptions {
  only: MeasureName[];
  peers: PeerFamily[];
  /** Interleaved pairs for each peer. */
  pairs: number;
  /** Threads of both sides. */
  threads: number;
  /** The engine that is ours. */
  engine: string;
  /** Whether to append to bench/log.jsonl. */
  log: boolean;
}

/** What weights are trained. */
export interface TrainWeightsOptions {
  network: NetworkName[];
  epochs: number;
  /** The first so many training images. */
  images: number;
  engine: string;
  threads: number;
}

/** What is broken down. */
export interface BreakdownOptions {
  network: NetworkName;
  point: 'i' | 'ii';
  threads: number;
  /** `event` or `webgpu`. */
  engine: string;
}

/** How neurons of equations are measured. */
export interface NeuronsOptions {
  /** Steps of each. */
  rounds: number;
}

/** What the commands do. */
export interface Handlers {
  measure(options: MeasureOptions): Promise<void>;
  report(): Promise<void>;
  breakdown(options: BreakdownOptions): Promise<void>;
  neurons(options: NeuronsOptions): Promise<void>;
  trainWeights(options: TrainWeightsOptions): Promise<void>;
}

/** A reader of names separated by commas, each one of `names`; the result is in their order. */
const namesOf =
  <Name extends string>(names: readonly Name[]) =>
  (text: string): Name[] => {
    const given = text.split(',').map((name) => name.trim());
    const unknown = given.find((name) => !names.includes(name as Name));
    if (unknown !== undefined)
      throw new InvalidArgumentError(`${JSON.stringify(unknown)} is not one of ${names.join(', ')}.`);
    return names.filter((name) => given.includes(name));
  };

/** The command line `npm run bench -- …`. */
export function createProgram(handlers: Handlers): Command {
  const networks = Object.keys(NETWORKS) as NetworkName[];
  const engine = (): Option => new Option('--engine <name>', 'the engine that is measured').default('event');
  const threads = (): Option =>
    new Option('--threads <n>', 'threads of both sides').argParser(count).default(2);
  const program = new Command('bench')
    .description(
      'measures an engine against PyTorch and TensorFlow.js in interleaved pairs (bench/README.md)',
    )
    .addOption(
      new Option('--only <names>', `measures, of ${MEASURE_NAMES.join(',')}`)
        .argParser(namesOf(MEASURE_NAMES))
        .default([...MEASURE_NAMES], 'all'),
    )
    .addOption(
      new Option('--peers <names>', `PyTorch peers, of ${FAMILY_NAMES.join(',')}`)
        .argParser(namesOf(FAMILY_NAMES))
        .default([...USUAL_FAMILIES], USUAL_FAMILIES.join(',')),
    )
    .option('--pairs <n>', 'interleaved pairs for each peer; the targets need 7', count, 7)
    .addOption(threads())
    .addOption(engine())
    .option('--no-log', 'do not append the results to bench/log.jsonl')
    .action((options: MeasureOptions) => handlers.measure(options));
  program
    .command('report')
    .description('prints the newest result of each measure in bench/log.jsonl as Markdown')
    .action(() => handlers.report());
  program
    .command('breakdown')
    .description('times a training step of engine event or webgpu kernel by kernel')
    .addOption(new Option('--network <name>', 'what is trained').choices(networks).default('five-conv'))
    .addOption(new Option('--point <name>', 'operating point').choices(['i', 'ii']).default('i'))
    .addOption(threads())
    .addOption(engine())
    .action((_, command: Command) => handlers.breakdown(command.optsWithGlobals<BreakdownOptions>()));
  program
    .command('neurons')
    .description(
      'measures training steps with neurons and surrogates that are equations, and with LIF, on one thread',
    )
    .option('--rounds <n>', 'steps of each, in turn', count, 7)
    .action((_, command: Command) => handlers.neurons(command.optsWithGlobals<NeuronsOptions>()));
  program
    .command('train-weights')
    .description('trains the weights of operating point (ii) on CIFAR-10 and stores them')
    .option('--network <names>', `networks, of ${networks.join(',')}`, namesOf(networks), networks)
    .option('--epochs <n>', 'passes over the training images', count, 5)
    .option('--images <n>', 'the first so many training images', count, 10_000)
    .addOption(threads())
    .addOption(engine())
    .action((_, command: Command) => handlers.trainWeights(command.optsWithGlobals<TrainWeightsOptions>()));
  return program;
}
