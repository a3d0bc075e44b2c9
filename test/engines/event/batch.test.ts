import test from 'ava';
import { EngineError } from '../../../src/errors.js';
import { ARGUMENT_BYTES, writeBatch } from '../../../src/engines/event/batch.js';
import { BATCH_OPS } from '../../../src/engines/event/control.js';
import type { Op } from '../../../src/engines/event/op.js';

const ADDRESS = 65536;
const names = new Map([
  ['zero', 4],
  ['add', 7],
]);
const memory = (): WebAssembly.Memory => new WebAssembly.Memory({ initial: 3, maximum: 3, shared: true });
const op = (args: number[], kernel = 'zero'): Op => ({ kernel, args, units: args.length, scratch: 0 });

test('arguments lie one after the other, in 32 bits each; the rest is for the control block', (t) => {
  const at = memory();
  const batch = writeBatch(at, ADDRESS, names, [op([9]), op([-1, 2 ** 31, 5], 'add'), op([6])], 1);
  t.deepEqual(batch, [
    { kernel: 7, args: ADDRESS, units: 3 },
    { kernel: 4, args: ADDRESS + 12, units: 1 },
  ]);
  t.deepEqual([...new Uint32Array(at.buffer, ADDRESS, 5)], [2 ** 32 - 1, 2 ** 31, 5, 6, 0]);
});

test('a batch ends where no more ops or arguments fit, and the next goes on from there', (t) => {
  const most = ARGUMENT_BYTES / 4;
  const ops = [op(Array(most - 1).fill(1)), op([2]), op([3])];
  t.is(writeBatch(memory(), ADDRESS, names, ops, 0).length, 2);
  t.is(writeBatch(memory(), ADDRESS, names, ops, 2).length, 1);
  const many = Array.from({ length: BATCH_OPS + 3 }, () => op([1]));
  t.is(writeBatch(memory(), ADDRESS, names, many, 0).length, BATCH_OPS);
  t.is(writeBatch(memory(), ADDRESS, names, many, BATCH_OPS).length, 3);
  t.is(writeBatch(memory(), ADDRESS, names, many, many.length).length, 0);
});

test('nothing beyond the room for arguments is written', (t) => {
  const at = memory();
  writeBatch(at, ADDRESS, names, [op(Array(ARGUMENT_BYTES / 4).fill(-1)), op([-1])], 0);
  const words = new Int32Array(at.buffer);
  t.is(words[(ADDRESS + ARGUMENT_BYTES) / 4 - 1], -1);
  t.true(words.subarray((ADDRESS + ARGUMENT_BYTES) / 4).every((word) => word === 0));
  t.true(words.subarray(0, ADDRESS / 4).every((word) => word === 0));
});

test('a kernel that is not there and arguments that never fit are refused by name', (t) => {
  const refuse = (bad: Op, message: RegExp): void =>
    void t.throws(() => writeBatch(memory(), ADDRESS, names, [op([1]), bad], 1), {
      instanceOf: EngineError,
      message,
    });
  refuse(op([1], 'nought'), /no kernel is named nought/);
  refuse(op(Array(16385).fill(0)), /kernel zero has 16385 arguments, at most 16384 fit/);
});
