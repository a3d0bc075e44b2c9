// Long calls that are given no signal, in a real kernel that is interrupted. Needs dist (npm run build).
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import test, { type ExecutionContext } from 'ava';
import { type Execution, Kernel } from '../../src/notebooks/kernel.js';
import { packageRoot } from '../../src/paths.js';
import { temporaryFolder } from '../helpers/folder.js';

const SETUP = `
import { writeFileSync } from 'node:fs';
import { evaluateExamples, experiment, loadDataset, openEngine, openRuns, runsRoot, train } from 'sgs-snn';
import { evaluateRun } from 'sgs-snn/training/evaluate-run';
const runs = openRuns(runsRoot());
const dataset = await loadDataset({ name: 'shapes10' });
const of = (seed: number) =>
  experiment({
    seed, epochs: 2, batchSize: 10, network: { architecture: 'convNet', width: 0.125 },
    data: { name: 'shapes10', trainLimit: 400, testLimit: 50 },
  });`;

/** A kernel with its own records, and a function that interrupts a cell once it has called \`ready()\` a few times. */
async function start(
  t: ExecutionContext,
  engine: string,
): Promise<[Kernel, (code: string) => Promise<Execution>]> {
  const folder = temporaryFolder(t);
  const kernel = await Kernel.start({
    cwd: join(packageRoot(), 'notebooks'),
    environment: { SGS_RUNS: folder },
  });
  t.teardown(() => kernel.shutdown());
  const file = join(folder, 'ready');
  const { status, stderr } = await kernel.execute(
    `${SETUP}
     const engine = await openEngine(${engine});
     const ready = () => writeFileSync(${JSON.stringify(file)}, '');
     const after = (steps: number) => { let seen = 0; return () => void (++seen === steps && ready()); };`,
  );
  t.is(status, 'ok', stderr);
  const interrupted = async (code: string): Promise<Execution> => {
    rmSync(file, { force: true });
    const controller = new AbortController();
    const timer = setInterval(() => existsSync(file) && controller.abort(), 5);
    try {
      return await kernel.execute(code, { signal: controller.signal });
    } finally {
      clearInterval(timer);
    }
  };
  return [kernel, interrupted];
}

const textOf = ({ outputs }: Execution): string =>
  outputs.map((output) => (output.output_type === 'stream' ? output.text : '')).join('');

/** Waits for what a cell prints after its end. */
async function waitFor(execution: Execution, wanted: RegExp): Promise<void> {
  for (let tries = 0; tries < 1500 && !wanted.test(textOf(execution)); tries++) await sleep(20);
}

test.serial(
  'train: an interrupted cell ends its training, begins no other, and the run is resumed to the bit',
  async (t) => {
    const [kernel, interrupted] = await start(t, '');
    const cell = await interrupted(
      `for (const seed of [1, 2, 3]) {
       const { outcome } = await train(of(seed), { engine, dataset, runs, onProgress: after(5) });
       console.log('ended as', outcome.status, outcome.step);
     }`,
    );
    t.is(cell.status, 'interrupted');
    await waitFor(cell, /ended as/);
    await sleep(1500); // the next training would write its record in this time
    t.regex(textOf(cell), /^ended as interrupted \d+$/m);
    const look = await kernel.execute(
      `const list = () => runs.list().records.map(({ kind, ...rest }) => (rest as any).outcome.status).join();
     console.log(list());`,
    );
    t.is(textOf(look), 'interrupted\n');

    const again = await kernel.execute(
      `const notes: string[] = [];
     const resumed = await train(of(1), { engine, dataset, runs, onNote: (line) => void notes.push(line) });
     const whole = await train(of(1), { engine, dataset, runs: openRuns(runsRoot() + '/whole') });
     console.log(resumed.outcome.status, resumed.resumed, resumed.weightsDigest === whole.weightsDigest, list());`,
    );
    t.is(textOf(again), 'done 1 true done\n', again.stderr);
  },
);

test.serial('train: an engine that answers at once hears the interrupt too', async (t) => {
  const [, interrupted] = await start(t, "{ engine: 'tfjs', backend: 'cpu' }");
  const cell = await interrupted(
    `const { outcome } = await train(of(1), { engine, dataset, runs, onProgress: after(2) });
     console.log('ended as', outcome.status);`,
  );
  await waitFor(cell, /ended as/);
  t.regex(textOf(cell), /ended as interrupted/);
});

test.serial(
  'evaluateRun and evaluateExamples: an interrupt ends them, and nothing is recorded',
  async (t) => {
    const [kernel, interrupted] = await start(t, '');
    const trained = await kernel.execute(
      `const { id } = await train(of(1), { engine, dataset, runs });
     const levels = Array.from({ length: 400 }, (_, i) => i / 1000);`,
    );
    t.is(trained.status, 'ok', trained.stderr);
    const cell = await interrupted(
      `try {
       await evaluateRun(id, { kind: 'noise', definition: 'gaussian-pixel-sigma-clip', levels, seed: 0, perStep: false },
         { engine, dataset, runs, onProgress: after(3) });
     } catch (error) {
       console.log('ended by', (error as Error).name, runs.list().records.length);
     }`,
    );
    await waitFor(cell, /ended by/);
    t.regex(textOf(cell), /ended by AbortError 1$/m);
  },
);
