import test from 'ava';
import type { Host } from '../../../src/engines/plan/host.js';
import { fromDense } from '../../../src/engines/plan/layout.js';
import { layModel } from '../../../src/engines/event/model-layout.js';
import { compileFor } from '../../../src/engines/event/plans.js';
import type { Plan } from '../../../src/engines/event/plan.js';
import { experiment } from '../../../src/experiment/experiment.js';
import { convNet, resnet19 } from '../../../src/network/architectures.js';
import type { Network } from '../../../src/network/layers.js';
import { normals } from '../../helpers/tensors.js';

const settings = experiment({ steps: 3, lipschitz: { beta: 1e-3 } });
const small = convNet({ classes: 4, width: 0.25, size: 9 });
const key = { batch: 2, training: true, dynamicInput: false, activity: false, probe: false };
const plan = (network: Network, change: Partial<typeof key> = {}): Plan =>
  compileFor(layModel(network, settings), network, settings, { ...key, ...change }, new Map());

test('a plan is a pure function of what it is compiled for: the same ops at the same addresses again', (t) => {
  const ops = (p: Plan) => p.steps.map((step) => (Array.isArray(step) ? step : 'host'));
  const [first, second] = [plan(small), plan(small)];
  t.deepEqual(ops(first), ops(second));
  t.deepEqual([first.end, first.scratch], [second.end, second.scratch]);
});

// Not every single example more: weight gradients are summed in slices whose number follows from the batch in steps.
test('twice the batch needs more memory, from 1 to 64, in training and inference', (t) => {
  for (const network of [small, resnet19({ classes: 10, width: 0.125, size: 16 })])
    for (const training of [true, false]) {
      let before = 0;
      for (const batch of [1, 2, 4, 8, 16, 32, 64]) {
        const { end } = plan(network, { batch, training });
        t.true(end > before, `${network.name}, training ${training}, batch ${batch}`);
        before = end;
      }
    }
});

test('inference needs less memory than training, one frame a step more than one image', (t) => {
  t.true(plan(small, { training: false }).end < plan(small).end);
  t.true(plan(small, { dynamicInput: true }).end > plan(small).end);
});

test('a batch is loaded in the dense layout, time major', (t) => {
  for (const dynamicInput of [false, true]) {
    const { load, compiler } = plan(small, { dynamicInput });
    const buffer = new ArrayBuffer(compiler.arena.peak);
    const host: Host = {
      floats: (address, count) => new Float32Array(buffer, address, count),
      doubles: (address, count) => new Float64Array(buffer, address, count),
      words: (address, count) => new Uint32Array(buffer, address, count),
    };
    const pixels = (dynamicInput ? settings.steps : 1) * key.batch * 9 * 9;
    const x = normals('x', pixels * 3);
    load(host, { x, shape: [], labels: new Int32Array(key.batch) });
    const { arenaStart } = compiler.options; // the input is what is laid out first
    t.deepEqual(fromDense(host.floats(arenaStart, pixels * 32), 3, pixels), x);
  }
});
