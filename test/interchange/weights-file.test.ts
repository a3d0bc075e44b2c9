import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { openEngine } from '../../src/engines/open.js';
import { SettingsError } from '../../src/errors.js';
import { experiment } from '../../src/experiment/experiment.js';
import { decodeArrays, loadWeights, saveWeights } from '../../src/interchange/weights-file.js';
import { convNet, resnet19, vggsnn } from '../../src/network/architectures.js';
import { initialWeights } from '../../src/network/initialise.js';
import { flatten, linear, type Network } from '../../src/network/layers.js';
import { encodeSafetensors } from '../../src/records/safetensors.js';
import { temporaryFolder } from '../helpers/folder.js';
import { worstDifference } from '../helpers/tensors.js';
import { FORMATS, fuzzWeights } from '../helpers/weights-files.js';

const at = (name: string): string => `test/fixtures/weights/${name}`;
const NETWORKS = {
  resnet19: resnet19({ classes: 10, width: 1 / 32 }),
  vggsnn: vggsnn({ classes: 10, width: 1 / 32 }),
};
type Name = keyof typeof NETWORKS;
const IMAGES = 64;

/** The images of make_weights.py, from the same formula. */
function images({ input: [height, width, channels] }: Network): Float32Array {
  const x = new Float32Array(IMAGES * height * width * channels);
  let i = 0;
  for (let b = 0; b < IMAGES; b++)
    for (let y = 0; y < height; y++)
      for (let c, z = 0; z < width; z++)
        for (c = 0; c < channels; c++) {
          const texture = b * 37 + y * 11 + z * 5 + c * 53 + (b + 1) * Math.floor(y / 4) * Math.floor(z / 4);
          x[i++] = ((((texture % 256) - 128) / 64) * (1 + (b % 8))) / 8 + (Math.floor(b / 8) - 4) / 4;
        }
  return x;
}

for (const name of ['resnet19', 'vggsnn'] as Name[])
  test(`weights file: ${name} of torch.save computes PyTorch's logits of 64 images, within 1e-6`, async (t) => {
    const network = NETWORKS[name];
    const engine = await openEngine({ engine: 'event', threads: 1 });
    t.teardown(() => engine.dispose());
    const model = engine.createModel(
      network,
      experiment({ steps: 2 }),
      loadWeights(at(`${name}.pth`), network),
    );
    const [height, width, channels] = network.input;
    const { logits } = await model.evaluate({
      x: images(network),
      shape: [IMAGES, height, width, channels],
      labels: new Int32Array(IMAGES),
    });
    const expected = JSON.parse(readFileSync(at('logits.json'), 'utf8')) as Record<
      Name,
      { logits: number[][] }
    >;
    t.true(worstDifference(logits, expected[name].logits.flat()) < 1e-6); // seen: 1.5e-7
  });

test('weights file: .pth, .npz and .safetensors of one model are the same weights', (t) => {
  const [first, ...others] = ['pth', 'npz', 'safetensors'].map((ending) =>
    loadWeights(at(`vggsnn.${ending}`), NETWORKS.vggsnn),
  );
  t.is(Object.keys(first).length, 50);
  for (const other of others) t.deepEqual(other, first);
});

test('weights file: what is written is read again to the bit, and weights under our own names too', (t) => {
  const folder = temporaryFolder(t);
  for (const network of [NETWORKS.resnet19, NETWORKS.vggsnn, convNet({ classes: 5, width: 0.25 })]) {
    const weights = initialWeights(network, 1);
    for (const ending of ['safetensors', 'npz']) {
      const file = join(folder, `${network.name}.${ending}`);
      saveWeights(file, network, weights);
      t.deepEqual(loadWeights(file, network), weights);
    }
    const own = join(folder, 'own.safetensors');
    writeFileSync(own, encodeSafetensors(weights));
    t.deepEqual(loadWeights(own, network), weights, network.name);
    t.deepEqual(loadWeights(own, network, { names: 'sgs' }), weights);
    t.throws(() => loadWeights(own, network, { names: 'pytorch' }), { message: /missing: / });
  }
});

test('weights file: where names tell nothing and layouts differ, it is asked and not guessed', (t) => {
  const network: Network = {
    name: 'flat',
    input: [1, 2, 2],
    classes: 2,
    layers: [flatten('flatten'), linear('fc', 4, 2)],
  };
  const file = join(temporaryFolder(t), 'a.npz');
  const weights = initialWeights(network, 1);
  saveWeights(file, network, weights);
  t.throws(() => loadWeights(file, network), {
    instanceOf: SettingsError,
    message: /names 'pytorch' or 'sgs'$/,
  });
  t.deepEqual(loadWeights(file, network, { names: 'pytorch' }), weights);
  t.notDeepEqual(loadWeights(file, network, { names: 'sgs' }), weights);
  const small: Network = { ...network, input: [2, 2, 1] };
  t.deepEqual(
    loadWeights(file, small),
    loadWeights(file, small, { names: 'sgs' }),
    'there is nothing to order',
  );
});

test('weights file: another ending is refused, with those that there are', (t) => {
  t.throws(() => decodeArrays(new Uint8Array(0), 'a.h5'), {
    instanceOf: SettingsError,
    message: 'a.h5: weights are read from files that end in .safetensors, .npz, .pth, .pt; name such a file',
  });
  t.throws(() => saveWeights('a.pth', NETWORKS.vggsnn, {}), {
    message: /written to files that end in \.safetensors, \.npz;/,
  });
  t.throws(() => loadWeights(at('nowhere.pth'), NETWORKS.vggsnn), { message: /no such file/ });
});

for (const format of FORMATS)
  test(`weights file: 300 damaged ${format} files are DataError or sound arrays`, (t) => {
    const report = fuzzWeights(format, 300);
    t.is(report.accepted + report.refused, 300);
    t.true(report.refused > 200, JSON.stringify(report));
  });
