import test from 'ava';
import { convNet, resnet19, vggsnn, annTwin } from '../../src/network/architectures.js';
import { checkNetwork } from '../../src/network/check.js';
import { SettingsError } from '../../src/errors.js';
import {
  batchNorm,
  conv2d,
  flatten,
  lif,
  linear,
  residual,
  type Layer,
  type Network,
} from '../../src/network/layers.js';

/** Plain data that should be a network: 8 × 8 × 3, 4 classes. */
const network = (layers: unknown[], more: object = {}): Network => ({
  ...{ name: 'net', input: [8, 8, 3], classes: 4, layers: layers as Layer[] },
  ...more,
});
const refusal = (given: unknown): string => {
  try {
    checkNetwork(given as Network);
    return 'accepted';
  } catch (error) {
    return error instanceof SettingsError ? error.message : `not a SettingsError: ${String(error)}`;
  }
};

test('checkNetwork: takes the networks of the package and all that builders make', (t) => {
  for (const built of [convNet({ classes: 2 }), vggsnn({ classes: 10 }), resnet19({ classes: 100 })])
    for (const one of [built, annTwin(built)]) t.is(refusal(one), 'accepted', one.name);
});

test('checkNetwork: every number of every layer is an integer within its range; layer, field and value are named', (t) => {
  const count = 'an integer from 1 to 1048576';
  const side = 'an integer from 1 to 4096';
  const fields: [good: object, expected: Record<string, string>][] = [
    [
      conv2d('a', 3, 5),
      { in: count, out: count, kernel: side, stride: side, padding: 'an integer from 0 to 4096' },
    ],
    [batchNorm('a', 3), { channels: count }],
    [{ type: 'avgPool2d', name: 'a', size: 2 }, { size: side }],
    [{ type: 'maxPool2d', name: 'a', size: 2 }, { size: side }],
    [linear('a', 3, 5), { in: 'an integer from 1 to 268435456', out: count }],
  ];
  for (const [good, expected] of fields) {
    t.is(refusal(network([good])), 'accepted');
    const { type } = good as Layer;
    for (const [field, what] of Object.entries(expected)) {
      for (const bad of [1.5, 0.5, -1, NaN, Infinity, 2 ** 40, '2', null, undefined, true])
        t.is(
          refusal(network([{ ...good, [field]: bad }])),
          `net: ${field} of a (${type}) is ${typeof bad === 'string' ? `"${bad}"` : String(bad)}; expected ${what}`,
        );
      const zero = refusal(network([{ ...good, [field]: 0 }]));
      t.is(zero, field === 'padding' ? 'accepted' : `net: ${field} of a (${type}) is 0; expected ${what}`);
      const without = Object.fromEntries(Object.entries(good).filter(([key]) => key !== field));
      t.is(refusal(network([without])), `net: ${field} of a (${type}) is undefined; expected ${what}`);
    }
  }
  for (const good of [conv2d('a', 3, 5), linear('a', 3, 5)])
    t.is(
      refusal(network([{ ...good, bias: 'no' }])),
      `net: bias of a (${good.type}) is "no"; expected true or false`,
    );
});

test('checkNetwork: kinds and fields that it does not know are named, in a block too', (t) => {
  t.regex(
    refusal(network([{ type: 'dropout', name: 'd' }])),
    /^net: type of d is "dropout"; expected one of conv2d, batchNorm, .*lif, mpbn, neuron, relu, .*, residual$/,
  );
  t.regex(refusal(network([{ type: 'toString', name: 'd' }])), /type of d is "toString"; expected one of/);
  t.regex(refusal(network([{ name: 'd' }])), /type of d is undefined; expected one of/);
  t.regex(
    refusal(network([residual('r', [{ ...lif('l'), tau: 0.5 } as Layer])])),
    /^net: l \(lif\) has an unknown field "tau"; known are type, name$/,
  );
  t.regex(
    refusal(network([{ ...conv2d('c', 3, 4), dilation: 2 }])),
    /c \(conv2d\) has an unknown field "dilation"; known are type, name, in, out, kernel/,
  );
  t.is(refusal(network([null])), 'net: layers[0] is null; expected a layer');
  t.is(refusal(network([flatten('f'), []])), 'net: layers[1] is []; expected a layer');
  t.is(
    refusal(network([residual('r', [lif('l'), 7 as unknown as Layer])])),
    'net: body of r[1] is 7; expected a layer',
  );
  t.is(
    refusal(network([{ type: 'residual', name: 'r', body: [], shortcut: {} }])),
    'net: shortcut of r (residual) is an object; expected a list of layers',
  );
});

test('checkNetwork: names are safe as keys of objects and used once, in blocks too', (t) => {
  for (const name of [
    'constructor',
    '__proto__',
    'toString',
    'valueOf',
    '0',
    '12',
    '',
    ' a',
    'a/b',
    'a\nb',
    'a\u001b[2J',
    'x'.repeat(201),
    5,
    null,
    undefined,
  ])
    t.regex(
      refusal(network([{ type: 'lif', name }])),
      /^net: name of layers\[0\] \(lif\) is .*; expected a letter, then/,
      String(name),
    );
  for (const name of ['a', 'block1.conv', 'Schicht_ä-2', 'x'.repeat(200)])
    t.is(refusal(network([{ type: 'lif', name }])), 'accepted', name);
  t.is(
    refusal(network([lif('a'), residual('r', [], [lif('a')])])),
    'net: two layers are named a; names must be unique',
  );
});

test('checkNetwork: the network itself has a name, a shape, two classes or more, a list of layers, and nothing else', (t) => {
  for (const given of [null, undefined, 3, 'net', []])
    t.regex(
      refusal(given),
      /^network: the network is .*; expected an object with name, input, classes, layers$/,
    );
  for (const input of [[8, 8], [8, 8, 3, 1], [8, 8, 0], [8.5, 8, 3], '8,8,3', [8, 8, '3'], undefined])
    t.regex(
      refusal(network([], { input })),
      /^net: input of the network is .*; expected \[height, width, channels\], integers from 1 to 1048576$/,
    );
  for (const classes of [1, 0, -2, 2.5, NaN, '4'])
    t.regex(
      refusal(network([], { classes })),
      /^net: classes of the network is .*; expected an integer from 2 to 1048576$/,
    );
  t.is(
    refusal(network([], { layers: {} })),
    'net: layers of the network is an object; expected a list of layers',
  );
  t.is(refusal(network([], { name: '' })), 'network: name of the network is ""; expected a text');
  t.regex(refusal(network([], { steps: 2 })), /^net: the network has an unknown field "steps"; known are/);
});

test('checkNetwork: what has no end is refused at once: a block within itself, more layers than 10,000', (t) => {
  const endless = residual('r', []);
  endless.body = Array.from({ length: 3 }, (_, i) => residual(`r${i}`, []));
  let deep: Layer[] = [];
  for (let i = 0; i < 20_000; i++) deep = [residual(`r${i}`, deep)];
  t.is(refusal(network(deep)), 'net: blocks are nested more than 100 deep; nest fewer');
  endless.body.push(endless);
  t.is(refusal(network([endless])), 'net: two layers are named r; names must be unique');
  const many = Array.from({ length: 10_001 }, (_, i) => lif(`l${i}`));
  t.is(refusal(network(many)), 'net: more than 10000 layers; give at most as many');
  t.is(refusal(network(many.slice(1))), 'accepted');
});
