import test from 'ava';
import type { Compiler, Step } from '../../../src/engines/event/compiler.js';
import { openCompiler } from '../../../src/engines/event/plan.js';
import type { Host } from '../../../src/engines/plan/host.js';
import { layModel } from '../../../src/engines/event/model-layout.js';
import { zero } from '../../../src/engines/event/ops/fill.js';
import { UnsupportedError } from '../../../src/errors.js';
import { experiment } from '../../../src/experiment/experiment.js';
import { convNet } from '../../../src/network/architectures.js';

const network = convNet({ classes: 4, width: 0.25, size: 9 });
const settings = experiment({ steps: 2 });
const open = (): Compiler => {
  const layout = layModel(network, settings);
  const key = { batch: 1, training: true, dynamicInput: false, activity: false, probe: false };
  return openCompiler({ ...layout, ...key, network, settings, arenaStart: layout.end, running: new Map() });
};
const op = (scratch: number) => ({ ...zero(0, 1), scratch });

test('ops that follow each other are one step, a function of the calling thread is one of its own', (t) => {
  const compiler = open();
  compiler.run(op(0));
  compiler.run(op(0), op(0));
  compiler.host(() => undefined);
  compiler.run(op(0));
  const kinds = compiler.steps.map((step: Step) => (Array.isArray(step) ? step.length : 'host'));
  t.deepEqual(kinds, [3, 'host', 1]);
});

test('scratch is the most that any op needs, those that a step may answer with included', (t) => {
  const compiler = open();
  compiler.run(op(10), op(300));
  t.is(compiler.scratch, 300);
  compiler.host(() => undefined, [op(40), op(500)]);
  t.is(compiler.scratch, 500);
});

test('memory is given back after as many drops as uses, and only then is used again', (t) => {
  const compiler = open();
  const first = compiler.alloc(1000);
  t.true(compiler.owned(first));
  compiler.keep(first);
  t.false(compiler.owned(first));
  compiler.drop(first);
  t.true(compiler.owned(first));
  t.not(compiler.alloc(1000).address, first.address);
  compiler.drop(first);
  t.false(compiler.owned(first));
  t.is(compiler.alloc(1000).address, first.address);
  t.is(compiler.allocDense(33, 3).bytes, 2 * 3 * 128);
});

test('a constant is made once for each value and number of blocks, and filled in before it is used', (t) => {
  const compiler = open();
  const one = compiler.constant(1, 33);
  t.is(compiler.constant(1, 64), one);
  t.not(compiler.constant(0, 33), one);
  t.not(compiler.constant(1, 32), one);
  const floats = new Float32Array(64);
  const host = {
    floats: (address: number, count: number) => (t.is(address, one), floats.subarray(0, count)),
  };
  (compiler.steps[0] as (host: Host) => void)(host as Host);
  t.true(floats.every((value) => value === 1));
});

test('what is refused names network, layer, why, and the engine that can', (t) => {
  const compiler = open();
  t.throws(() => compiler.refuse({ type: 'maxPool2d', name: 'pool' }, 'of the weather'), {
    instanceOf: UnsupportedError,
    message: new RegExp(
      `^engine event: ${network.name}: pool \\(maxPool2d\\): of the weather; use .--engine tfjs., which can$`,
    ),
  });
});

test('parameters and gradients lie in regions of one layout', (t) => {
  const compiler = open();
  const { parametersAt, gradientsAt } = compiler.options;
  for (const name of compiler.options.parameters.byName.keys())
    t.is(
      compiler.gradient(name).address - gradientsAt,
      compiler.parameter(name).address - parametersAt,
      name,
    );
  t.deepEqual(compiler.parameter('conv1.conv.weight'), { address: parametersAt, bytes: 9 * 32 * 32 * 4 });
});
