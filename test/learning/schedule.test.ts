import test from 'ava';
import { learningRateAt, scheduleSchema } from '../../src/learning/schedule.js';

test('learningRateAt: cosine from the base to 0 over the epochs, exact at both ends and the middle', (t) => {
  const at = (epoch: number): number => learningRateAt({ kind: 'cosine' }, 0.1, epoch, 10);
  t.is(at(0), 0.1);
  t.true(Math.abs(at(5) - 0.05) < 1e-17);
  t.is(at(10), 0);
  for (let epoch = 1; epoch <= 10; epoch++) t.true(at(epoch) < at(epoch - 1));
});

test('learningRateAt: constant stays', (t) => {
  t.is(learningRateAt({ kind: 'constant' }, 0.1, 7, 10), 0.1);
});

test('scheduleSchema: cosine where nothing is said, no other than there is', (t) => {
  t.deepEqual(scheduleSchema.parse({}), { kind: 'cosine' });
  t.deepEqual(scheduleSchema.parse({ kind: 'constant' }), { kind: 'constant' });
  for (const wrong of [{ kind: 'step' }, { gamma: 1 }]) t.false(scheduleSchema.safeParse(wrong).success);
});
