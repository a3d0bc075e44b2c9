// The bench: `npm run bench -- --help`. Results go to stdout, progress to stderr, entries to bench/log.jsonl.
import { DataError, SettingsError, UnsupportedError } from '../src/errors.js';
import { findPyTorch, type FoundPyTorch } from './about.js';
import { DisagreementError } from './agreement.js';
import { createProgram, type MeasureOptions } from './arguments.js';
import { breakdown } from './breakdown.js';
import { circumstances, entryOf, type Circumstances } from './entry.js';
import { appendEntry, readLog } from './log.js';
import { runMeasure, type Tools } from './measure.js';
import { MEASURES, notCounted, type MeasureName } from './measures.js';
import { neurons } from './neurons.js';
import { openOurs } from './ours.js';
import { aligned, circumstancesText, findingsText } from './print.js';
import { reportText } from './report.js';
import { trainWeights } from './train-weights.js';

/** Runs the measures that are asked for. One that cannot run is a line; one whose outputs differ is a failure. */
async function measure(options: MeasureOptions): Promise<void> {
  const { only, pairs, threads, peers, engine: engineName, log } = options;
  const pytorch = await torchFor(only);
  const engine = await openOurs(engineName, threads);
  try {
    const around = circumstances(engine, options, pytorch?.about ?? null);
    console.log(`${circumstancesText(around)}\n`);
    for (const name of only.filter((each) => pytorch || !needsPyTorch(each))) {
      const onProgress = (text: string): void => console.error(`${name}: ${text}`);
      await measureOne(name, { pairs, threads, peers, engine, engineName, pytorch, onProgress }, around, log);
    }
  } finally {
    engine.dispose();
  }
}

async function measureOne(
  name: MeasureName,
  tools: Tools,
  around: Circumstances,
  log: boolean,
): Promise<void> {
  try {
    const findings = await runMeasure(name, tools);
    const uncounted = notCounted(around);
    console.log(await findingsText(name, findings, uncounted));
    if (log && uncounted === undefined) appendEntry(entryOf(name, findings, around, new Date()));
  } catch (error) {
    if (error instanceof UnsupportedError || error instanceof DataError)
      console.log(`skipped ${name}: ${error.message}\n`);
    else if (error instanceof DisagreementError) {
      console.log(`FAILED ${name}: ${error.message}\n`);
      process.exitCode = 1;
    } else throw error;
  }
}

const needsPyTorch = (name: MeasureName): boolean => ['pytorch', 'memory'].includes(MEASURES[name].kind);

/** PyTorch, where a measure needs it; a line says what is skipped without. */
async function torchFor(names: readonly MeasureName[]): Promise<FoundPyTorch | undefined> {
  const needing = names.filter(needsPyTorch);
  if (needing.length === 0) return undefined;
  try {
    return await findPyTorch();
  } catch (error) {
    if (!(error instanceof UnsupportedError)) throw error;
    console.log(`skipped ${needing.join(', ')}: ${error.message}\n`);
    return undefined;
  }
}

const report = async (): Promise<void> => console.log(await aligned(reportText(readLog())));

try {
  await createProgram({ measure, report, breakdown, neurons, trainWeights }).parseAsync();
} catch (error) {
  if (![DataError, SettingsError, UnsupportedError].some((kind) => error instanceof kind)) throw error;
  console.error(`bench: ${(error as Error).message}`);
  process.exitCode = 1;
}
