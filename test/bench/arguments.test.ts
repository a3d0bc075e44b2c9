import test from 'ava';
import type { Command } from 'commander';
import { createProgram, type Handlers } from '../../bench/arguments.js';
import { USUAL_FAMILIES } from '../../bench/families.js';
import { MEASURE_NAMES } from '../../bench/measures.js';

/** What a command line calls, and with what. */
async function parsed(...words: string[]): Promise<{ called: string; options?: unknown }> {
  let result: { called: string; options?: unknown } = { called: '' };
  const note =
    (called: string) =>
    async (options?: unknown): Promise<void> => {
      result = { called, options };
    };
  const handlers: Handlers = {
    measure: note('measure'),
    report: note('report'),
    breakdown: note('breakdown'),
    neurons: note('neurons'),
    trainWeights: note('trainWeights'),
  };
  const quiet = (command: Command): Command =>
    command.exitOverride().configureOutput({ writeErr: () => undefined });
  const program = quiet(createProgram(handlers));
  program.commands.forEach(quiet);
  await program.parseAsync(words, { from: 'user' });
  return result;
}

test('without words: every measure, the usual peers, seven pairs, two threads, the log', async (t) => {
  t.deepEqual(await parsed(), {
    called: 'measure',
    options: {
      ...{ only: MEASURE_NAMES, peers: USUAL_FAMILIES, pairs: 7, threads: 2, engine: 'event', log: true },
    },
  });
});

test('names are taken in the order in which they run; the log can be left out', async (t) => {
  const { options } = await parsed('--only', 'memory, train-i', '--peers', 'fused-avx2,eager', '--no-log');
  t.like(options, { only: ['train-i', 'memory'], peers: ['eager', 'fused-avx2'], log: false });
});

test('report, and train-weights with the options before or after its name', async (t) => {
  t.is((await parsed('report')).called, 'report');
  const { called, options } = await parsed('train-weights', '--network', 'resnet19', '--epochs', '6');
  t.is(called, 'trainWeights');
  t.like(options, { network: ['resnet19'], epochs: 6, threads: 2 });
  t.like((await parsed('--threads', '1', 'train-weights')).options, { threads: 1 });
  t.like((await parsed('train-weights', '--threads', '1')).options, { threads: 1 });
});

test('breakdown: of the 5-conv net at point (i), unless another is named', async (t) => {
  t.like(await parsed('breakdown'), {
    called: 'breakdown',
    options: { network: 'five-conv', point: 'i', threads: 2, engine: 'event' },
  });
  t.like((await parsed('breakdown', '--engine', 'webgpu')).options, { engine: 'webgpu' });
  t.like((await parsed('breakdown', '--network', 'resnet19', '--point', 'ii')).options, {
    network: 'resnet19',
    point: 'ii',
  });
});

test('neurons: seven steps of each, unless more are asked for', async (t) => {
  t.like(await parsed('neurons'), { called: 'neurons', options: { rounds: 7 } });
  t.like((await parsed('neurons', '--rounds', '3')).options, { rounds: 3 });
});

for (const words of [
  ['--only', 'train-iii'],
  ['--peers', 'eager,jitted'],
  ['--pairs', '0'],
  ['--threads', 'two'],
  ['train-weights', '--network', 'vgg'],
])
  test(`refused: ${words.join(' ')}`, async (t) => {
    await t.throwsAsync(parsed(...words), { code: 'commander.invalidArgument' });
  });
