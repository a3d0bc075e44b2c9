// Needs dist (npm run build) for the process that is interrupted for real. In a notebook: notebooks/kernel.test.ts.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { pathToFileURL } from 'node:url';
import test from 'ava';
import { interruptSignal, signalOrInterrupt } from '../../src/cell/interrupt.js';
import { inCell } from '../helpers/cell.js';

test.serial(
  'interruptSignal: registered only after the synchronous part, one listener for all callers',
  async (t) => {
    const before = process.listenerCount('SIGINT');
    const signal = interruptSignal();
    t.is(process.listenerCount('SIGINT'), before);
    t.is(interruptSignal(), signal);
    await Promise.resolve();
    t.is(process.listenerCount('SIGINT'), before + 1);
    await inCell(() => void process.emit('SIGINT'));
    t.true(signal.aborted);
    t.is(process.listenerCount('SIGINT'), before);
    t.false(interruptSignal().aborted);
  },
);

test.serial('signalOrInterrupt: what was given, in a cell the interrupt, elsewhere nothing', async (t) => {
  const given = new AbortController().signal;
  t.is(signalOrInterrupt(given), given);
  t.is(signalOrInterrupt(undefined), undefined);
  await inCell(() => {
    t.is(signalOrInterrupt(given), given);
    t.is(signalOrInterrupt(undefined), interruptSignal());
  });
});

test.serial('signalOrInterrupt: an interrupted cell begins nothing more, the next cell does', async (t) => {
  await inCell(async () => {
    const signal = signalOrInterrupt(undefined)!;
    await Promise.resolve();
    process.emit('SIGINT');
    t.true(signal.aborted);
    t.throws(() => signalOrInterrupt(undefined), { name: 'AbortError', any: true }); // a DOMException
    t.is(interruptSignal(), signal);
    t.notThrows(() => signalOrInterrupt(new AbortController().signal)); // a signal of one's own is one's own affair
  });
  await inCell(() => {
    t.false(signalOrInterrupt(undefined)!.aborted);
    t.false(interruptSignal().aborted);
  });
});

test.serial(
  'interruptSignal: on the command line the first Ctrl-C aborts, the second exits with 130',
  async (t) => {
    const program = `
    import { interruptSignal, signalOrInterrupt } from ${JSON.stringify(pathToFileURL('dist/cell/interrupt.js').href)};
    const signal = interruptSignal();
    signal.addEventListener('abort', () => console.log('aborted'));
    setInterval(() => undefined, 1000);
    await undefined;
    console.log('ready');`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [out, err] = ['', ''].map(() => ({ text: '' }));
    child.stderr.on('data', (chunk: Buffer) => (err.text += chunk.toString()));
    child.stdout.on('data', (chunk: Buffer) => {
      out.text += chunk.toString();
      child.kill('SIGINT'); // once when ready, once when aborted
    });
    t.deepEqual(await once(child, 'close'), [130, null]);
    t.is(out.text, 'ready\naborted\n');
    t.regex(err.text, /Stopping at the next safe point; press Ctrl-C again/);
  },
);
