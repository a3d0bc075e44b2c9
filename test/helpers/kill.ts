// Kills writers of records at random moments and looks at what they left.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import type { ExecutionContext } from 'ava';
import { stream } from '../../src/random.js';
import { openRuns, type Runs } from '../../src/records/folder.js';
import { compile } from './compile.js';
import { temporaryFolder } from './folder.js';
import { numerics, sampleCheckpoint } from './records.js';

/** What was found after the kills. */
export interface KillReport {
  kills: number;
  /** Records, all valid, when the last writer was dead. */
  records: number;
  /** How often the folder was read through while others wrote. */
  looks: number;
}

/**
 * Starts writers on one folder, two at a time, and kills each (SIGKILL) between 0 and `longest` milliseconds after its
 * first write. After each kill, and while the other writer goes on, every record, the weights and the checkpoint
 * must be readable.
 */
export async function killWriters(t: ExecutionContext, kills: number, longest = 40): Promise<KillReport> {
  const folder = temporaryFolder(t);
  const script = compile(t, 'test/helpers/writer.ts');
  const runs = openRuns(folder);
  const random = stream(kills, 'probe', 'kill');
  const report: KillReport = { kills: 0, records: 0, looks: 0 };
  const lane = async (): Promise<void> => {
    while (report.kills < kills) {
      const writer = report.kills++;
      const delay = random.uniform() * longest;
      const child = spawn(process.execPath, [script, folder, String(writer)], {
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let errors = '';
      child.stderr.on('data', (text) => (errors += text));
      const ended = once(child, 'exit');
      await Promise.race([once(child.stdout, 'data'), ended]);
      await wait(delay);
      child.kill('SIGKILL');
      const [, signal] = await ended;
      if (signal !== 'SIGKILL') throw new Error(`writer ${writer} ended by itself: ${errors}`);
      look(t, runs);
      report.looks++;
    }
  };
  await Promise.all([lane(), lane()]);
  report.records = runs.list().records.length;
  return report;
}

function look(t: ExecutionContext, runs: Runs): void {
  t.deepEqual(runs.list().corrupt, []);
  const { runId } = sampleCheckpoint();
  if (runs.hasWeights(runId)) t.notThrows(() => runs.readWeights(runId));
  if (runs.hasCheckpoint(runId)) t.notThrows(() => runs.readCheckpoint(runId, numerics));
}
