// A child process that keeps records, weights and checkpoints in a folder, as fast as it can, until it is killed.
// Arguments: the folder, and a number that tells this writer's records from others'.
import { openRuns } from '../../src/records/folder.js';
import { sampleCheckpoint, sampleRows, sampleRun, sampleWeights } from './records.js';

const [folder, writer] = process.argv.slice(2);
const runs = openRuns(folder);
const checkpoint = sampleCheckpoint();
for (let i = 0; ; i++) {
  // One record of its own that is made anew, and one that all writers replace.
  runs.put(sampleRun({ settings: { seed: 1000 * Number(writer) + i } }));
  const rows = sampleRows(20 + (i % 50));
  runs.put(sampleRun({ settings: { name: `writer ${writer}`, epochs: 200 }, status: 'interrupted', rows }));
  runs.writeWeights(checkpoint.runId, sampleWeights(i % 3));
  runs.writeCheckpoint({ ...checkpoint, step: i });
  if (i === 0) process.stdout.write('ready');
}
