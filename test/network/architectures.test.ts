import test from 'ava';
import { SettingsError } from '../../src/errors.js';
import type { z } from 'zod';
import {
  annTwin,
  architectures,
  architectureSchema,
  buildNetwork,
  convNet,
  resnet19,
  vggsnn,
} from '../../src/network/architectures.js';
import type { Network } from '../../src/network/layers.js';
import { countMacs } from '../../src/network/operations.js';
import { countParameters } from '../../src/network/parameters.js';
import { placeLayers } from '../../src/network/shapes.js';

const macs = (network: Network): number =>
  placeLayers(network).reduce((sum, placed) => sum + countMacs(placed), 0);

test('resnet19: 12,630,858 parameters and 2,216,495,616 MACs a step for 10 classes', (t) => {
  const network = resnet19({ classes: 10 });
  t.is(countParameters(network), 12_630_858);
  t.is(macs(network), 2_216_495_616);
});

test('resnet19: 12,653,988 parameters and 2,216,518,656 MACs a step for 100 classes', (t) => {
  const network = resnet19({ classes: 100 });
  t.is(countParameters(network), 12_653_988);
  t.is(macs(network), 2_216_518_656);
});

test('resnet19: 18 LIF layers, blocks 4 and 7 halve the image', (t) => {
  const placed = placeLayers(resnet19({ classes: 10 }));
  t.is(placed.filter(({ layer }) => layer.type === 'lif').length, 18);
  const sides = placed.filter(({ layer }) => layer.type === 'residual').map(({ output }) => output[0]);
  t.deepEqual(sides, [32, 32, 32, 16, 16, 16, 8, 8]);
});

test('resnet19 and vggsnn on 48 × 48 × 2: 12,630,282 and 9,271,498 parameters, 4,985,620,992 and 1,361,654,784 MACs', (t) => {
  const resnet = resnet19({ classes: 10, inChannels: 2, size: 48 });
  const vgg = vggsnn({ classes: 10 });
  t.deepEqual([countParameters(resnet), macs(resnet)], [12_630_282, 4_985_620_992]);
  t.deepEqual([countParameters(vgg), macs(vgg)], [9_271_498, 1_361_654_784]);
});

test('width scales every channel: a quarter has about a sixteenth of the parameters', (t) => {
  const ratio =
    countParameters(resnet19({ classes: 10 })) / countParameters(resnet19({ classes: 10, width: 0.25 }));
  t.true(ratio > 15.5 && ratio < 16.5, String(ratio));
});

test('annTwin: a ReLU for every LIF, residual blocks included, the same parameters', (t) => {
  const network = resnet19({ classes: 10, width: 0.25 });
  const twin = annTwin(network);
  const types = placeLayers(twin).map(({ layer }) => layer.type);
  t.false(types.includes('lif'));
  t.is(types.filter((type) => type === 'relu').length, 18);
  t.is(countParameters(twin), countParameters(network));
});

test('every architecture fits its shapes at odd widths', (t) => {
  for (const build of [resnet19, vggsnn, convNet])
    for (const width of [0.1, 0.33, 1.5]) t.notThrows(() => placeLayers(build({ classes: 7, width })));
});

test('buildNetwork: refuses images that are not square and widths that are not positive, by name', (t) => {
  t.throws(() => buildNetwork({ architecture: 'convNet' }, [32, 24, 3], 10), {
    instanceOf: SettingsError,
    message: /convNet: needs square images, got 32 × 24; crop or pad them/,
  });
  t.throws(() => resnet19({ classes: 10, width: -1 }), {
    instanceOf: SettingsError,
    message: /width must be a positive number, got -1/,
  });
});

for (const [name, { name: own, input, build, settings }] of Object.entries(architectures))
  test(`${name}: stands under its own name, is built at the size it was made for, and its own settings may be left out`, (t) => {
    t.is(own, name);
    const { size, channels } = input;
    const network = build({ classes: 10, size, inChannels: channels });
    t.deepEqual(network, build({ classes: 10 }), 'that size is its default');
    t.notThrows(() => placeLayers(network));
    for (const schema of Object.values(settings) as z.ZodType[]) t.is(schema.parse(undefined), undefined);
  });

test('architectureSchema: a setting of one architecture is refused of another, by name', (t) => {
  t.deepEqual(architectureSchema.parse({ architecture: 'convNet', convolutions: 4 }), {
    architecture: 'convNet',
    convolutions: 4,
  });
  const { error } = architectureSchema.safeParse({ architecture: 'vggsnn', convolutions: 4 });
  t.like(error!.issues, {
    length: 1,
    0: { path: ['convolutions'], message: 'only convNet has convolutions; leave it out' },
  });
});
