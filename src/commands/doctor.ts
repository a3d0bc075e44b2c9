// `sgs doctor`: what this machine can do, what data and tools are found, and what a network would need.
// Tests: test/commands/reach.slow.ts.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
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
import { webgpuFindings } from './doctor-webgpu.js';
import { type CommonOptions, withCommon } from './options.js';
import { count, numberUpTo, wholeNumberFrom } from './values.js';
import { print } from '../print.js';
import { type Finding, printSection } from './findings.js';

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
    .option('--tune', 'measure from which size of a network on a graphics card gains, for --engine auto')
    .action(doctor);
  withCommon(command);
}

interface DoctorOptions extends CommonOptions {
  architecture: ArchitectureName;
  width: number;
  classes: number;
  steps: number;
  batchSize: number;
  tune?: boolean;
}

async function doctor(options: DoctorOptions): Promise<void> {
  const jupyter = jupyterFound(); // Python starts beside the rest
  const { cpu, cores, memory, platform } = machine();
  const { node, package: own, tfjs } = versions();
  print(`sgs-snn ${own} on Node ${node}, TensorFlow.js ${tfjs ?? 'not installed'}`);
  print(`${cpu}, ${cores} cores, ${memory} GiB, ${platform}`);
  printSection('engines', await engines());
  printSection('engine webgpu', await webgpuFindings(options.tune === true));
  printSection(`data sets (in ${dataRoot(options)})`, dataSets(options));
  printSection('records and notebooks', [recordsHere(options), await jupyter]);
  printSection('a network (--architecture, --width, --batch-size: another)', await networkCost(options));
}

async function engines(): Promise<Finding[]> {
  const event = await tryEvent();
  // Only here: loading TensorFlow.js takes longer than the rest of the command line does.
  const { BACKEND_NAMES, tryBackend, remedyOf } = await import('../engines/tfjs/backend.js');
  const findings: Finding[] = [
    { mark: event.works ? '✓' : '✗', what: 'event', found: event.found },
    { mark: '✓', what: 'plain', found: 'float64 in plain loops, to compare with' },
  ];
  for (const name of [...BACKEND_NAMES].reverse()) {
    const reason = await tryBackend(name);
    const what = `tfjs ${name}`;
    if (reason === undefined)
      findings.push({
        mark: '✓',
        what,
        found: 'convolution, its gradients and the firing gradient are right',
      });
    else findings.push({ mark: isPart(name) ? '✗' : '–', what, found: reason, remedy: remedyOf(name) });
  }
  return findings;
}

/** Comes with the package: without it something is broken. */
const isPart = (backend: string): boolean => backend === 'wasm' || backend === 'cpu';

function dataSets(options: DoctorOptions): Finding[] {
  const root = dataRoot(options);
  return DATASET_NAMES.map((name): Finding => {
    const { files } = datasets[name];
    if (files === undefined)
      return { mark: '✓', what: name, found: 'drawn by the package, nothing to download' };
    if (isFound(name, root)) return { mark: '✓', what: name, found: 'found' };
    const remedy = files.archives ? `sgs data ${name}` : 'put its files there';
    return { mark: '–', what: name, found: 'not there', remedy };
  });
}

function recordsHere({ runs }: DoctorOptions): Finding {
  const folder = runsRoot({ runsDir: runs });
  const { records, corrupt } = openRuns(folder).list();
  const found = `${records.length} in ${folder}`;
  if (corrupt.length === 0) return { mark: '✓', what: 'records', found };
  const remedy = '`sgs runs list` names them';
  return { mark: '✗', what: 'records', found: `${found}, ${corrupt.length} not readable`, remedy };
}

async function jupyterFound(): Promise<Finding> {
  const found = await jupyterPrograms();
  if (found !== '') return { mark: '✓', what: 'jupyter', found };
  const missing = 'not found; only `npm run lab` needs it, notebooks run without';
  return { mark: '–', what: 'jupyter', found: missing, remedy: 'pip install jupyterlab' };
}

/** The programs that `npm run lab` can start, with their versions, of the list that `jupyter --version` prints. */
async function jupyterPrograms(): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)('jupyter', ['--version'], { timeout: 20_000 });
    const installed = stdout.matchAll(/^(jupyterlab|notebook) *: *(\d\S*)/gm);
    return Array.from(installed, ([, name, version]) => `${name} ${version}`).join(', ');
  } catch {
    return '';
  }
}

async function networkCost(options: DoctorOptions): Promise<Finding[]> {
  const { architecture, width, classes, steps, batchSize, engine, backend, threads } = options;
  const { size, channels, kind } = architectures[architecture].input;
  const network = buildNetwork({ architecture, width }, [size, size, channels], classes);
  const macs = placeLayers(network).reduce((sum, placed) => sum + countMacs(placed), 0);
  const settings = experiment({ steps, batchSize });
  const opened = await openEngine({ engine, backend, threads, network, settings });
  const bytes = await peakMemory(opened, network, settings, { kind, evaluated: EVALUATION_BATCH });
  opened.dispose();
  const gib = bytes / 2 ** 30;
  const { engine: name, backend: place } = opened.numerics;
  const cost = `${countParameters(network).toLocaleString('en')} parameters, ${macs.toLocaleString('en')} MACs a step`;
  const memory = `${gib.toFixed(2)} GiB at T = ${steps}, training with batch ${batchSize}, evaluation with batch ${EVALUATION_BATCH} (engine ${name}${name === 'tfjs' ? `, backend ${place}` : ''})`;
  const tooLarge = place === 'wasm' && gib > 4;
  return [
    { mark: '✓', what: network.name, found: cost },
    {
      ...{ mark: tooLarge ? '✗' : '✓', what: 'peak memory', found: memory },
      ...(tooLarge && {
        remedy: 'WebAssembly can address 4 GiB: a smaller batch or width, or another backend',
      }),
    },
  ];
}
