// A training killed at any moment resumes and ends with the same bits: SIGKILL at random times, SIGINT in between.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { stream } from '../src/random.js';
import type { RunRecord } from '../src/record.js';
import { openRuns } from '../src/runs.js';

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

/** Runs `sgs train`, and sends the signal after some milliseconds. Resolves with whether it ended by itself. */
const trainUntil = (
  folder: string,
  engine: string[],
  signal?: NodeJS.Signals,
  milliseconds?: number,
): Promise<boolean> =>
  new Promise((resolve) => {
    const child = spawn(
      process.execPath,
      ['src/sgs.mjs', 'train', ...SETTINGS, ...engine, '--runs', folder],
      {
        stdio: 'ignore',
      },
    );
    const timer = signal && setTimeout(() => child.kill(signal), milliseconds);
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve(code === 0);
    });
  });

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
        const started = performance.now();
        t.true(await trainUntil(folders[0], engine));
        const whole = performance.now() - started;
        const again = performance.now();
        t.true(await trainUntil(folders[0], engine)); // it is done: this takes as long as a start
        const start = performance.now() - again;
        const random = stream(5, 'probe', 'kill', name);
        let kills = 0;
        // A quarter of a run at most, after its start or within it; after 25 kills it is left alone.
        while (kills < 25) {
          const patience = random.chance(0.2)
            ? random.uniform() * start
            : start + random.uniform() * (whole - start) * 0.25;
          if (await trainUntil(folders[1], engine, random.chance(0.8) ? 'SIGKILL' : 'SIGINT', patience))
            break;
          kills += 1;
        }
        await trainUntil(folders[1], engine);
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
