// `npm run test:mutants -- NAME …`: faults put into the sources of a folder (test/mutants/folders.ts) one by one by
// Stryker, and how many of them the tests find. What a unit of the folder gave is kept in mutants/ and measured again
// only when a source or a test of it has changed, so that a measurement goes on where it was interrupted; --again
// measures anew (helpers and imports are not looked at). --list prints the faults that no test found; --share 0.1 draws a
// tenth of all faults; --only 'values|options' takes the sources whose names match.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import type { LogLevel } from '@stryker-mutator/api/core';
import { Stryker } from '@stryker-mutator/core';
import { FOLDERS, ROOT, type Unit, unitsOf } from './folders.js';

/** What is read of a report of Stryker (mutation-testing-report-schema). */
interface Report {
  files: Record<string, { source: string; mutants: Mutant[] }>;
  testFiles: Record<string, { source: string }>;
}
interface Mutant {
  status: string;
  mutatorName: string;
  replacement: string;
  location: Record<'start' | 'end', { line: number; column: number }>;
}

const { values, positionals } = parseArgs({
  options: {
    again: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    processes: { type: 'string', default: '1' },
    share: { type: 'string', default: '1' },
  },
  allowPositionals: true,
});
const share = Number(values.share);
/** Units that are measured in one go: to start Stryker and to load the tests takes as long as many faults. */
const TOGETHER = 10;

const reportPath = (folder: string, unit: Unit): string =>
  join('mutants', share < 1 ? `${folder}-${share}` : folder, `${unit.name}.json`);

/** The report of a unit's last measurement, and whether its sources and tests are those of today. */
function reportOf(folder: string, unit: Unit): { report?: Report; current: boolean } {
  const path = join(ROOT, reportPath(folder, unit));
  if (!existsSync(path)) return { current: false };
  const report = JSON.parse(readFileSync(path, 'utf8')) as Report;
  const known = { ...report.files, ...report.testFiles };
  const same = ([name, { source }]: [string, { source: string }]): boolean =>
    existsSync(join(ROOT, name)) && readFileSync(join(ROOT, name), 'utf8') === source;
  const complete = [...unit.sources, ...unit.tests].every((name) => name in known);
  return { report, current: complete && Object.entries(known).every(same) };
}

async function measure(folder: string, units: readonly Unit[]): Promise<void> {
  for (const unit of units) console.log(`${folder}: ${unit.sources.join(', ')} by ${unit.tests.join(', ')}`);
  const together = join('mutants', 'together.json');
  await new Stryker({
    tests: Object.fromEntries(units.flatMap(({ sources, tests }) => sources.map((name) => [name, tests]))),
    mutate: units.flatMap(({ sources }) => sources),
    buildCommand: ['node', 'test/mutants/build.mjs', ...units.flatMap(({ sources }) => sources)].join(' '),
    plugins: [import.meta.resolve('./runner.ts'), import.meta.resolve('./sample.ts')],
    testRunner: 'loaded-tests',
    testRunnerNodeArgs: ['--import=./test/_register-ts.mjs'],
    ...{
      checkers: share < 1 ? ['sample'] : [],
      share,
      checkerNodeArgs: ['--import=./test/_register-ts.mjs'],
    },
    coverageAnalysis: 'perTest',
    concurrency: Number(values.processes),
    incremental: true, // writes the report; nothing is taken over from the last one, which knows static faults by no test
    force: true,
    incrementalFile: together,
    timeoutMS: 20_000, // both long: a fault counts as found when its tests never end, not when the machine is busy
    timeoutFactor: 6,
    reporters: ['progress-append-only'],
    disableTypeChecks: false,
    ignorePatterns: ['/mutants', '/coverage'],
    tempDirName: 'mutants/sandbox',
    cleanTempDir: 'always',
    dryRunTimeoutMinutes: 20,
    logLevel: 'warn' as LogLevel,
    allowConsoleColors: false,
    warnings: { slow: false, unknownOptions: false, preprocessorErrors: true, unserializableOptions: true },
  }).runMutationTest();
  const { files, testFiles } = JSON.parse(readFileSync(join(ROOT, together), 'utf8')) as Report;
  for (const unit of units) {
    const path = join(ROOT, reportPath(folder, unit));
    const own: Report = { files: pick(files, unit.sources), testFiles: pick(testFiles, unit.tests) };
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, JSON.stringify(own));
  }
  rmSync(join(ROOT, together));
}

/** The entries of some names. */
const pick = <T>(of: Record<string, T>, names: readonly string[]): Record<string, T> =>
  Object.fromEntries(Object.entries(of).filter(([name]) => names.includes(name)));

/** Found, and found or not; faults that cannot run or were left out do not count. */
function score(reports: readonly Report[]): { found: number; all: number } {
  const states = reports.flatMap(({ files }) => Object.values(files).flatMap(({ mutants }) => mutants));
  const found = states.filter(({ status }) => status === 'Killed' || status === 'Timeout').length;
  const missed = states.filter(({ status }) => status === 'Survived' || status === 'NoCoverage').length;
  return { found, all: found + missed };
}

/** A score in words; of a sample with the 95 % interval of the share of all faults that are found (Wilson's). */
function inWords({ found, all }: { found: number; all: number }): string {
  const percent = (value: number): string => (100 * value).toFixed(1);
  const [p, z] = [found / all, 1.96];
  const half = (z * Math.sqrt((p * (1 - p)) / all + z ** 2 / (4 * all ** 2))) / (1 + z ** 2 / all);
  const centre = (p + z ** 2 / (2 * all)) / (1 + z ** 2 / all);
  const sampled = share < 1 ? `, 95 % interval ${percent(centre - half)} to ${percent(centre + half)}` : '';
  return `${found} of ${all} found (${percent(p)} %${sampled})`;
}

function list(report: Report): void {
  for (const [name, { source, mutants }] of Object.entries(report.files)) {
    const lines = source.split('\n');
    for (const { status, mutatorName, replacement, location } of mutants) {
      if (status === 'Killed' || status === 'Timeout' || status === 'Ignored') continue;
      const { start, end } = location;
      const given = lines[start.line - 1].slice(
        start.column - 1,
        end.line === start.line ? end.column - 1 : undefined,
      );
      console.log(
        `  ${name}:${start.line}:${start.column} ${status} ${mutatorName}: ${given} → ${replacement}`,
      );
    }
  }
}

async function main(): Promise<void> {
  const folders = positionals.length > 0 ? positionals : Object.keys(FOLDERS);
  const wanted = ({ name }: Unit): boolean => new RegExp(values.only).test(name);
  const rows = folders.map((folder) => ({ folder, units: unitsOf(folder).filter(wanted) })); // a wrong table ends here
  for (const { folder, units } of rows) {
    const open = units.filter((unit) => values.again || !reportOf(folder, unit).current);
    for (let i = 0; i < open.length; i += TOGETHER) await measure(folder, open.slice(i, i + TOGETHER));
    const reports = units.map((unit) => reportOf(folder, unit).report!);
    for (const [i, report] of reports.entries()) {
      console.log(`  ${units[i].name}: ${inWords(score([report]))}`);
      if (values.list) list(report);
    }
    console.log(`${folder}: ${inWords(score(reports))}`);
  }
}

await main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
