import test from 'ava';
import type { Engine } from '../../../src/engines/engine.js';
import { createPlainEngine } from '../../../src/engines/plain/engine.js';
import { checkedPass, measureSizes, wrongOf } from '../../../src/engines/webgpu/try.js';
import { macsOf } from '../../../src/engines/webgpu/tuning.js';
import { isClearOfJumps } from '../../helpers/jumps.js';

/** Engine plain, but that one weight has a gradient beside the right one. */
function wrong(by: number): Engine {
  const plain = createPlainEngine();
  return {
    ...plain,
    createModel(...given) {
      const model = plain.createModel(...given);
      const gradients: typeof model.gradients = async (batch) => {
        const result = await model.gradients(batch);
        const { data } = result.gradients['conv2.conv.weight'];
        data[0] += by * Math.max(...data.map(Math.abs));
        return result;
      };
      return Object.assign(Object.create(model) as typeof model, { gradients, dispose: () => undefined });
    },
  };
}

test('no potential of the pass that is checked lies near a jump', async (t) => {
  const { network, settings, weights, batch } = checkedPass();
  t.true(await isClearOfJumps(network, settings, weights, batch));
});

test('an engine is wrong where a gradient is off by more than 1e-4 of its largest, and it is said which', async (t) => {
  t.is(await wrongOf(wrong(0)), undefined);
  t.is(await wrongOf(wrong(5e-5)), undefined);
  t.is(await wrongOf(wrong(2e-4)), 'the gradient of conv2.conv.weight is off by 2.0e-4 of its largest');
});

test('both engines are timed at every size', async (t) => {
  const { network } = checkedPass();
  const plain = createPlainEngine();
  const measured = await measureSizes({ event: plain, webgpu: plain }, [network, network], 2);
  t.is(measured.length, 2);
  for (const { macs, event, webgpu } of measured) t.true(macs === macsOf(network) && event > 0 && webgpu > 0);
});
