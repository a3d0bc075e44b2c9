import test from 'ava';
import { UnsupportedError } from '../../../src/errors.js';
import { cardOf, createWebgpuEngine, unsupportedBy } from '../../../src/engines/webgpu/engine.js';
import { experiment } from '../../../src/experiment/experiment.js';
import { convNet } from '../../../src/network/architectures.js';
import { initialWeights } from '../../../src/network/initialise.js';
import { NULL_BACKEND, testWithPackage } from '../../helpers/gpu.js';

const network = convNet({ classes: 4, width: 0.25, size: 12 });

testWithPackage(
  'numerics name the card and its driver; what it lacks is refused before a model is made',
  async (t) => {
    const engine = await createWebgpuEngine(NULL_BACKEND);
    const { engine: name, backend, version, deterministic } = engine.numerics;
    t.deepEqual([name, version, deterministic], ['webgpu', 1, true]);
    t.regex(backend, /\w/);
    t.regex(engine.description, /^engine webgpu, .*\(software\)$/);
    const weights = initialWeights(network, 1);
    t.throws(
      () =>
        engine.createModel(
          network,
          experiment({ loss: [{ kind: 'mean' }, { kind: 'spikeRate' }] as never }),
          weights,
        ),
      {
        instanceOf: UnsupportedError,
      },
    );
    engine.createModel(network, experiment(), weights).dispose();
    engine.dispose();
  },
);

testWithPackage('peak memory: more for larger batches, for frames, and for a large evaluation', async (t) => {
  const engine = await createWebgpuEngine(NULL_BACKEND);
  const bytes = (batch: number, options = {}): Promise<number> =>
    engine.peakBytes(network, experiment(), batch, options);
  const [small, large, frames, evaluation] = [
    ...[await bytes(8), await bytes(16)],
    ...[await bytes(8, { frames: true }), await bytes(8, { evaluation: 1000 })],
  ];
  t.true(small < large && small < frames && small < evaluation, `${small} ${large} ${frames} ${evaluation}`);
  engine.dispose();
});

test('a card in words: what is told of it', (t) => {
  const card = { vendor: 'nvidia', architecture: 'hopper', device: '', driver: '', software: false };
  t.is(cardOf(card), 'nvidia hopper');
  t.is(cardOf({ ...card, vendor: '', architecture: '' }), 'unknown card');
});

test('a network that it can run has no reason against it', (t) => {
  t.is(unsupportedBy(network, experiment()), undefined);
});
