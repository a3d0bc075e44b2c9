import test from 'ava';
import { EngineError } from '../../../src/errors.js';
import { ReadBack, regionsOfSite } from '../../../src/engines/webgpu/read-back.js';
import type { NeuronSite } from '../../../src/engines/plan/neuron-site.js';

test('what was read back is found by address, from anywhere within a region; nothing beside, and no doubles', (t) => {
  const regions = [
    { address: 256, bytes: 16 },
    { address: 1024, bytes: 8 },
  ];
  const host = new ReadBack(regions, [
    Float32Array.of(1, 2, 3, 4).buffer,
    Uint32Array.of(5, 0xffffffff).buffer,
  ]);
  t.deepEqual([...host.floats(260, 3)], [2, 3, 4]);
  t.deepEqual([...host.words(1024, 2)], [5, 0xffffffff]);
  t.throws(() => host.floats(260, 4), {
    instanceOf: EngineError,
    message: 'engine webgpu: 16 bytes at address 260 were not read back',
  });
  t.throws(() => host.doubles(256), { instanceOf: EngineError });
});

test('the regions of a layer of neurons: spikes, gradient, terms and the vectors of their norms, each once', (t) => {
  const region = (address: number) => ({ address, bytes: 256 });
  const site = {
    terms: [
      { kind: 'dense', region: region(0), norm: { channels: 1, vectors: region(256) } },
      { kind: 'spikes', region: region(512) },
    ],
    output: { region: region(512) },
    gradient: { region: region(768) },
  } as unknown as NeuronSite;
  t.deepEqual(
    regionsOfSite(site).map(({ address }) => address),
    [512, 768, 0, 256],
  );
});
