import test from 'ava';
import { UnsupportedError } from '../../../src/errors.js';
import { Plans } from '../../../src/engines/plan/plans.js';
import { bindingCapacity, memoryCapacity } from '../../../src/engines/webgpu/capacity.js';

const key = { batch: 100, training: true, dynamicInput: false, activity: false, probe: false };

/** Plans whose memory is 10 bytes an example, and whose largest signal 4. */
const plansOn = (limits: { memory: number; binding: number }): Plans<number> =>
  new Plans<number>({
    name: 'net',
    compile: ({ batch }) => batch,
    needs: [
      { capacity: memoryCapacity(limits), bytesOf: (batch) => 10 * batch },
      { capacity: bindingCapacity(limits), bytesOf: (batch) => 4 * batch },
    ],
  });

test('a plan fits where its memory and its largest signal do; what does not is refused with the largest batch that fits', (t) => {
  t.is(plansOn({ memory: 1000, binding: 400 }).get(key), 100);
  t.throws(() => plansOn({ memory: 999, binding: 400 }).get(key), {
    instanceOf: UnsupportedError,
    message:
      /^engine webgpu: net: a batch of 100 needs .*, a buffer of this device holds .*; the largest batch that fits is 99$/,
  });
  t.throws(() => plansOn({ memory: 1000, binding: 200 }).get(key), {
    instanceOf: UnsupportedError,
    message:
      /^engine webgpu: net: a batch of 100 needs .*, for one signal, a range of this device has .*; the largest batch that fits is 50$/,
  });
});

test('an evaluation is cut into parts by either', (t) => {
  t.is(plansOn({ memory: 1000, binding: 400 }).fittingBatch(key, 1000), 100);
  t.is(plansOn({ memory: 1000, binding: 400 }).fittingBatch(key, 500), 50);
  t.is(plansOn({ memory: 1000, binding: 100 }).fittingBatch(key, 1000), 25);
});
