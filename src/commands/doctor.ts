// `sgs doctor`: what this machine can do, what data and tools are found, and what a network would need.
// Tests: test/commands/cli.test.ts.
import { execFileSync } from 'node:child_process';
import { type Command, Option } from 'commander';
import { DATASET_NAMES, datasets, isFound } from '../data/sets/index.js';
import { tryEvent } from '../engines/event/try.js';
import { openEngine } from '../engines/open.js';
import { experiment } from '../experiment/experiment.js';
import { EVALUATION_BATCH } from '../measures/accuracy.js';
import {
  ARCHITECTURE_NAMES,
  type ArchitectureName,
  architectures,
  buildNetwork,
} from '../network/architectures.js';
import { countMacs } from '../network/operations.js';
import { countParameters } from '../network/parameters.js';
import { placeLayers } from '../network/shapes.js';
import { dataRoot, runsRoot } from '../paths.js';
import { openRuns } from '../records/folder.js';
import { machine, versions } from '../records/provenance.js';
import { peakMemory } from '../training/peak-memory.js';
import { type CommonOptions, withCommon } from './options.js';
import { count, numberUpTo, wholeNumberFrom } from './values.js';
import { print } from '../print.js';

/** Adds what the command takes and does. */
export function addDoctor(command: Command): void {
  command
    .addOption(
      new Option('--architecture <name>', 'the network to size up')
        .choices(ARCHITECTURE_NAMES)
        .default('convNet'),
    )
    .option('--width <factor>', 'multiplies every channel count', numberUpTo(64), 1)
    .option('--classes <n>', 'how many classes', wholeNumberFrom(1, 1e6), 10)
    .option('--steps <T>', 'time steps', wholeNumberFrom(1, 1000), 2)
    .option('--batch-size <n>', 'examples in one update', count, 100)
    .action(doctor);
  withCommon(command);
}

interface DoctorOptions extends CommonOptions {
  architecture: ArchitectureName;
  width: number;
  classes: number;
  steps: number;
  batchSize: number;
}

const line = (what: string, found: string): void => print(`${what.padEnd(16)}${found}`);

async function doctor(options: DoctorOptions): Promise<void> {
  const { cpu, cores, memory, platform } = machine();
  const { node, package: own, tfjs } = versions();
  line('machine', `${cpu}, ${cores} cores, ${memory} GiB, ${platform}`);
  line('versions', `node ${node}, sgs-snn ${own}, tfjs ${tfjs ?? 'not installed'}`);
  line('engine event', await tryEvent());
  // Only here: loading TensorFlow.js takes longer than the rest of the command line does.
  const { BACKEND_NAMES, tryBackend } = await import('../engines/tfjs/backend.js');
  for (const name of [...BACKEND_NAMES].reverse())
    line(
      `tfjs ${name}`,
      (await tryBackend(name)) ?? 'works: convolution, its gradients and the firing gradient are right',
    );
  reportData(options);
  line('jupyter', jupyterVersion() ?? 'not found (only `npm run lab` needs it; notebooks run without it)');
  await reportNetwork(options);
}

function reportData({ dataDir, runs }: DoctorOptions): void {
  const root = dataRoot({ dataDir });
  for (const name of DATASET_NAMES) {
    const { files } = datasets[name];
    const remedy = files?.archives ? `\`sgs data ${name}\` downloads it` : 'put its files there';
    if (files === undefined) line(name, 'embedded, nothing to download');
    else line(name, isFound(name, root) ? `found in ${root}` : `not in ${root}; ${remedy}`);
  }
  const { records, corrupt } = openRuns(runsRoot({ runsDir: runs })).list();
  line(
    'records',
    `${records.length} in ${runsRoot({ runsDir: runs })}${corrupt.length ? `, ${corrupt.length} not readable` : ''}`,
  );
}

function jupyterVersion(): string | undefined {
  try {
    const text = execFileSync('jupyter', ['--version'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 20_000,
    });
    return text.trim().split('\n').join(', ');
  } catch {
    return undefined;
  }
}

async function reportNetwork({
  architecture,
  width,
  classes,
  steps,
  batchSize,
  engine,
  backend,
  threads,
}: DoctorOptions): Promise<void> {
  const { size, channels, kind } = architectures[architecture].input;
  const network = buildNetwork({ architecture, width }, [size, size, channels], classes);
  const macs = placeLayers(network).reduce((sum, placed) => sum + countMacs(placed), 0);
  line(
    'network',
    `${network.name}: ${countParameters(network).toLocaleString('en')} parameters, ${macs.toLocaleString('en')} MACs a step`,
  );
  const settings = experiment({ steps, batchSize });
  const opened = await openEngine({ engine, backend, threads, network, settings });
  const bytes = await peakMemory(opened, network, settings, { kind, evaluated: EVALUATION_BATCH });
  const gib = bytes / 2 ** 30;
  const { engine: name, backend: place } = opened.numerics;
  line(
    'peak memory',
    `${gib.toFixed(2)} GiB at T = ${steps} for training with batch ${batchSize} and evaluation with batch ${EVALUATION_BATCH} (engine ${name}${name === 'tfjs' ? `, backend ${place}` : ''})`,
  );
  if (place === 'wasm' && gib > 4)
    line(
      '',
      'more than the 4 GiB that WebAssembly can address: choose a smaller batch or width, or another backend',
    );
  opened.dispose();
}
