import test from 'ava';
import { SettingsError } from '../../src/errors.js';
import { imageGrid } from '../../src/figures/images.js';
import { filterImages, weightHistogram } from '../../src/inspection/index.js';
import { convNet } from '../../src/network/architectures.js';
import { initialWeights } from '../../src/network/initialise.js';
import { flatten, linear, type Network } from '../../src/network/layers.js';

const network = convNet({ classes: 4, width: 0.0625, size: 8 });
const weights = initialWeights(network, 1);

test('filters: one picture each, in colour; zero is grey, the largest weight of all black or white', (t) => {
  const [first] = Object.keys(weights);
  const { data, shape } = weights[first];
  const pictures = filterImages(network, weights);
  t.is(pictures.length, shape[0]);
  t.deepEqual([pictures[0].width, pictures[0].height, pictures[0].channels], [3, 3, 3]);
  const all = pictures.flatMap(({ pixels }) => Array.from(pixels));
  t.true(all.includes(0) || all.includes(255));
  const largest = Math.max(...Array.from(data, Math.abs));
  // Filter 1, green, second row and third column.
  t.is(pictures[1].pixels[3 * 5 + 1], Math.round(127.5 * (1 + data[(3 + 1) * 9 + 5] / largest)));
  t.notThrows(() => imageGrid(pictures));
  const bare: Network = {
    ...network,
    layers: [flatten('flat'), linear('fc', 192, 4)],
  };
  t.throws(() => filterImages(bare, {}), { instanceOf: SettingsError, message: /has no convolution/ });
});

test('weights: a panel for each kernel, shares that add up to 1 within 1e-9', (t) => {
  const { data } = weightHistogram(weights);
  const kernels = Object.entries(weights).filter(
    ([name, { shape }]) => name.endsWith('.weight') && shape.length > 1,
  );
  t.is(data.length, kernels.length);
  for (const { y } of data) t.true(Math.abs((y as number[]).reduce((a, b) => a + b, 0) - 1) < 1e-9);
});
