// 10,000 records of a sweep's shape: how long the first reading takes, and later ones. Times are printed, not asserted.
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { experiment } from '../../src/experiment/experiment.js';
import { runRows } from '../../src/statistics/rows.js';
import { headerOf, type RunHeader } from '../../src/records/header.js';
import { INDEX_NAME, listHeaders } from '../../src/records/index-cache.js';
import { outcomeOf, runId, type RunRecord } from '../../src/records/record.js';
import { formatRecord } from '../../src/records/text.js';
import { openRuns } from '../../src/records/folder.js';
import { toTable } from '../../src/figures/table.js';
import { temporaryFolder } from '../helpers/folder.js';
import { sampleRows, sampleRun } from '../helpers/records.js';

const DELTAS = [0, 1e-5, 1e-4, 1e-3, 1e-2, 0.03, 0.1, 0.3, 0.5, 1];
const BETAS = [0, 1e-6, 1e-5, 1e-4, 1e-3, 3e-3, 1e-2, 0.03, 0.1, 1];
const COUNT = 10_000;
const template = sampleRun();

/** The record of one run of a sweep: twenty epochs, eight layers, four time steps. */
function record(i: number): RunRecord {
  const settings = experiment({
    name: `trial ${i}`,
    steps: 4,
    neuron: { delta: DELTAS[i % 10] },
    lipschitz: { beta: BETAS[Math.floor(i / 10) % 10] },
    epochs: 20,
    seed: Math.floor(i / 100),
  });
  const rows = sampleRows(20).map((row) => ({
    ...row,
    trainLoss: row.trainLoss! + i / 7e4,
    seconds: 12.5 + i / 3e3,
  }));
  const layers = Array.from({ length: 8 }, (_, l) => ({
    layer: `conv${l + 1}.lif`,
    rates: [1, 2, 3, 4].map((t) => 1 / (t + l + 3 + i / COUNT)),
  }));
  const id = runId(settings, template.data.fingerprint, template.numerics);
  return {
    ...template,
    id,
    experiment: settings,
    rows,
    outcome: outcomeOf('done', rows),
    spikeRates: layers,
  };
}

/** Seconds of some work by the clock and of the processor, and what it gave. */
function timed<Result>(work: () => Result): [result: Result, seconds: string] {
  const started = performance.now();
  const before = process.cpuUsage();
  const result = work();
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(before);
  return [result, `${seconds.toFixed(2)} s (${((user + system) / 1e6).toFixed(2)} s of processor)`];
}

test('listHeaders: 10,000 records, with and without the index, and into a table', (t) => {
  const folder = temporaryFolder(t);
  let bytes = 0;
  for (let i = 0; i < COUNT; i++) {
    const made = record(i);
    const text = formatRecord(made);
    bytes += text.length;
    writeFileSync(join(folder, `${made.id}.json`), text); // without fsync: 10,000 of them would take longer than the test
  }
  const runs = openRuns(folder);
  const now = Date.now() + 60_000;
  const [first, building] = timed(() => listHeaders(runs, { now }));
  t.is(first.read, COUNT);
  t.is(first.headers.length, COUNT);
  const later = Array.from({ length: 5 }, () =>
    timed(() => toTable(runRows(listHeaders(runs).headers as RunHeader[]))),
  );
  t.is(later[0][0].numRows(), COUNT);
  const [again, listing] = timed(() => listHeaders(runs));
  t.is(again.read, 0);
  t.deepEqual(again.headers, first.headers);
  const [whole, reading] = timed(() => runs.list());
  t.deepEqual(whole.records.map(headerOf), first.headers);
  const mebibytes = (size: number): string => `${(size / 2 ** 20).toFixed(1)} MiB`;
  t.log(`records: ${mebibytes(bytes)}; index: ${mebibytes(statSync(join(folder, INDEX_NAME)).size)}`);
  t.log(`first reading, building the index: ${building}; every record whole, without it: ${reading}`);
  t.log(`later readings: ${listing}; into a table of ${later[0][0].numCols()} columns:`);
  for (const [, seconds] of later) t.log(`  ${seconds}`);
});
