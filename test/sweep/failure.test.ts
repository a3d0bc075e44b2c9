import test from 'ava';
import { failureOf, kernelKills } from '../../src/sweep/failure.js';

const end = (more: Partial<Parameters<typeof failureOf>[0]>) =>
  failureOf({ code: 1, signal: null, stderr: '', ...more });

const MEMORY: Record<string, Partial<Parameters<typeof failureOf>[0]>> = {
  'the kernel': { code: null, signal: 'SIGKILL', kernelKilled: true },
  'the kernel, through a shell': { code: 137, kernelKilled: true },
  V8: {
    code: null,
    signal: 'SIGABRT',
    stderr:
      '<--- Last few GCs --->\n\nFATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory\n 1: 0xb0',
  },
  'array buffers': { stderr: 'RangeError: Array buffer allocation failed\n    at new ArrayBuffer' },
  'the event engine': {
    stderr:
      'sgs: engine event: 3.20 GiB of memory cannot be allocated (WebAssembly.Memory(): could not allocate memory); take a smaller batch or width\n',
  },
  'a thread of it': {
    stderr:
      'EngineError: engine event: worker 1 of 3 ended with exit code 1; (a machine short of memory kills threads: then take a smaller batch)',
  },
  TensorFlow: { stderr: 'Error: OOM when allocating tensor with shape[100,64,32,32]' },
  'C++': {
    code: null,
    signal: 'SIGABRT',
    stderr: "terminate called after throwing an instance of 'std::bad_alloc'",
  },
};
for (const [who, given] of Object.entries(MEMORY))
  test(`out of memory is recognised: as ${who} says it`, (t) => {
    const { kind, reason } = end(given);
    t.is(kind, 'memory');
    t.regex(reason, /^out of memory: ./);
    t.false(reason.includes('\n'));
  });

test('a kill that was not for memory is not called so, and one that may have been says why', (t) => {
  t.deepEqual(end({ code: null, signal: 'SIGKILL', kernelKilled: false }), {
    kind: 'other',
    reason: 'killed by SIGKILL',
  });
  t.is(
    end({ code: null, signal: 'SIGKILL' }).reason,
    'killed by SIGKILL, as for instance a memory limit does',
  );
});

test('a folder that takes no more is told from a trial that fails', (t) => {
  const { kind, reason } = end({
    stderr:
      'engine event\nsgs: runs/run-1.json: cannot write it (ENOSPC): the disk is full; free some space\n',
  });
  t.deepEqual(
    [kind, reason],
    ['folder', 'runs/run-1.json: cannot write it (ENOSPC): the disk is full; free some space'],
  );
  t.is(
    end({ stderr: 'sgs: x: cannot read it (ENOENT): there is no such file; check the name' }).kind,
    'other',
  );
});

test('other ends are named by their error', (t) => {
  t.is(end({ stderr: 'data\nsgs: batchSize 9 is larger\n' }).reason, 'exit code 1: batchSize 9 is larger');
  t.is(
    end({ stderr: 'file.js:1\nTypeError: x is not a function\n    at f (file.js:1)\n' }).reason,
    'exit code 1: TypeError: x is not a function',
  );
  t.is(end({ code: null, signal: 'SIGSEGV' }).reason, 'ended by SIGSEGV');
});

test('kernelKills: a count where the system keeps one', (t) => {
  const count = kernelKills();
  t.true(count === undefined || (Number.isInteger(count) && count >= 0));
});
