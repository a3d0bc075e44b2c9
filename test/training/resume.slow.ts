// A training killed at any moment resumes and ends with the same bits: SIGKILL at random times, SIGINT in between.
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import test from 'ava';
import { stream, type Stream } from '../../src/random.js';
import type { RunRecord } from '../../src/records/record.js';
import { openRuns } from '../../src/records/folder.js';
import { checkpoints, training } from '../helpers/killed-training.js';

const SETTINGS = [
  ...[
    '--data',
    'shapes10',
    '--width',
    '0.125',
    '--train-limit',
    '300',
    '--test-limit',
    '100',
    '--epochs',
    '3',
  ],
  ...['--batch-size', '20', '--validation', '0.1', '--checkpoint-seconds', '0'], // a checkpoint after every step
];

/** Steps of the whole training: 270 of 300 examples in batches of 20, three epochs. */
const STEPS = 39;

/** Kills a training again and again until it is done. Resolves with how often. */
async function killUntilDone(
  folder: string,
  engine: string[],
  checkpoint: string,
  random: Stream,
): Promise<number> {
  let kills = 0;
  // At most a quarter of the steps after its start, or within that; after 25 kills it is left alone. What counts is how
  // far it has come, not the time, which depends on what else the machine does.
  while (kills < 25) {
    const steps = kills > 1 && random.chance(0.2) ? 0 : random.integer(1, Math.floor(STEPS / 4));
    const signal = random.chance(0.8) ? 'SIGKILL' : 'SIGINT';
    const kill = async (child: ChildProcess): Promise<void> => {
      await checkpoints(child, checkpoint, steps);
      await wait(random.uniform() * (steps === 0 ? 1000 : 50));
      child.kill(signal);
    };
    if (await training(folder, [...SETTINGS, ...engine], kill)) return kills;
    kills += 1;
  }
  await training(folder, [...SETTINGS, ...engine]);
  return kills;
}

const ENGINES = {
  event: ['--engine', 'event', '--threads', '2'],
  wasm: ['--backend', 'wasm'],
  cpu: ['--backend', 'cpu'],
};

for (const [name, engine] of Object.entries(ENGINES)) {
  test.serial(
    `${name}: killed at random moments until it is done, a run ends with the bits of one that was left alone`,
    async (t) => {
      const folders = [0, 1].map(() => mkdtempSync(join(tmpdir(), 'sgs-resume-')));
      try {
        t.true(await training(folders[0], [...SETTINGS, ...engine]));
        const { id } = openRuns(folders[0]).list().records[0];
        const file = openRuns(folders[1]).checkpointPath(id);
        const random = stream(5, 'probe', 'kill', name);
        let kills = 0;
        let resumed = 0;
        // Once more where it came through before it could be killed: this process may be given no time for a while.
        for (let tries = 0; tries < 10 && resumed === 0; tries++) {
          rmSync(folders[1], { recursive: true, force: true });
          kills = await killUntilDone(folders[1], engine, file, random);
          resumed = (openRuns(folders[1]).get(id) as RunRecord).resumed;
        }
        const [left, killed] = folders.map((folder) => openRuns(folder).list());
        t.deepEqual(killed.corrupt, []);
        const [a, b] = [left.records[0] as RunRecord, killed.records[0] as RunRecord];
        t.log(`${name}: ${kills} interruptions, resumed ${b.resumed} times`);
        t.true(kills >= 1 && b.resumed >= 1, `${kills} kills, resumed ${b.resumed} times`);
        t.is(b.outcome.status, 'done');
        t.is(b.weightsDigest, a.weightsDigest);
        const accuracies = ({ rows }: RunRecord): unknown =>
          rows.map((row) => [row.trainLoss, row.testAccuracy, row.validationLoss]);
        t.deepEqual(accuracies(b), accuracies(a));
      } finally {
        for (const folder of folders) rmSync(folder, { recursive: true, force: true });
      }
    },
  );
}
