// Needs dist (npm run build) for the processes that are left alone.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { pathToFileURL } from 'node:url';
import test from 'ava';
import { stopSignal } from '../../src/commands/stop.js';

const STOP = JSON.stringify(pathToFileURL('dist/commands/stop.js').href);

/** What a program says when the process that started it leaves it alone at its first word. */
async function leftAlone(program: string): Promise<string> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  let said = '';
  child.stdout!.on('data', (chunk: Buffer) => {
    said += chunk.toString();
    if (child.connected) child.disconnect();
  });
  await Promise.all([once(child, 'exit'), once(child.stdout!, 'end')]); // a channel that was cut has no 'close'
  return said;
}

test('stopSignal: aborts when the process that started this one dies', async (t) => {
  const said = await leftAlone(`
    const { stopSignal } = await import(${STOP});
    const signal = stopSignal();
    signal.addEventListener('abort', () => process.exit(console.log('aborted')));
    setInterval(() => undefined, 1000);
    console.log('aborted:', signal.aborted);`);
  t.is(said, 'aborted: false\naborted\n');
});

test('stopSignal: has aborted where that process died while this one was still loading', async (t) => {
  const said = await leftAlone(`
    process.once('disconnect', async () => {
      const { stopSignal } = await import(${STOP});
      console.log('aborted:', stopSignal().aborted);
      process.exit();
    });
    console.log('loading');`);
  t.is(said, 'loading\naborted: true\n');
});

test.serial(
  'stopSignal: one signal and one listener a notice for all callers; after it has aborted a fresh one',
  (t) => {
    const notices = ['SIGTERM', 'SIGHUP'] as const;
    const listeners = (): number[] => notices.map((notice) => process.listenerCount(notice));
    stopSignal();
    process.emit('SIGTERM'); // ends one that an earlier call left
    const before = listeners();
    for (const notice of notices) {
      const signal = stopSignal();
      t.is(stopSignal(), signal);
      t.deepEqual(
        listeners(),
        before.map((count) => count + 1),
      );
      process.emit(notice);
      t.true(signal.aborted);
      t.deepEqual(listeners(), before);
    }
    t.false(stopSignal().aborted);
  },
);
