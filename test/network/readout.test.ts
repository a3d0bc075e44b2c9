// Which network a readout makes of one, and which it refuses.
import test from 'ava';
import { SettingsError } from '../../src/errors.js';
import { buildNetwork } from '../../src/network/architectures.js';
import { flatten, lif, linear, type Network } from '../../src/network/layers.js';
import { readoutSchema, withReadout } from '../../src/network/readout.js';
import { placeLayers } from '../../src/network/shapes.js';

const small = buildNetwork({ architecture: 'convNet', width: 0.1 }, [8, 8, 3], 4);
const firing: Network = {
  ...{ name: 'firing', input: [2, 2, 1], classes: 2 },
  layers: [flatten('flat'), linear('fc', 4, 2), lif('out')],
};

test('mean leaves a network as it is; rate and potential put a layer behind it; a readout that is the usual one is none', (t) => {
  t.is(withReadout(small, { kind: 'mean', voting: 1 }), small);
  const rate = withReadout(small, { kind: 'rate', voting: 1 });
  t.deepEqual(rate.layers, [...small.layers, lif('readout')]);
  t.false('readout' in rate);
  const potential = withReadout(small, { kind: 'potential', voting: 1, leak: 0.5, time: 'last' });
  t.like(potential.layers.at(-1), { type: 'neuron', name: 'readout', model: { parameters: { leak: 0.5 } } });
  t.deepEqual(potential.readout, { voting: 1, time: 'last' });
  t.false('readout' in withReadout(small, { kind: 'potential', voting: 1, leak: 1, time: 'mean' }));
  for (const network of [rate, potential]) t.is(placeLayers(network).at(-1)!.layer.name, 'readout');
});

test('voting: an architecture gets so many outputs a class; layers of ones own must have them', (t) => {
  for (const architecture of ['convNet', 'resnet19', 'vggsnn'] as const) {
    const network = buildNetwork({ architecture, width: 0.05 }, [48, 48, 2], 3, 5);
    t.deepEqual(placeLayers(network).at(-1)!.output, [1, 1, 15]);
    t.is(network.classes, 3);
    t.deepEqual(network.readout, { voting: 5, time: 'mean' });
  }
  t.notThrows(() => buildNetwork({ layers: firing.layers.slice(0, 2) }, [2, 2, 1], 2, 1));
  t.throws(() => buildNetwork({ layers: firing.layers.slice(0, 2) }, [2, 2, 1], 2, 4), {
    instanceOf: SettingsError,
    message:
      /ends with \[1,1,2\], expected \[1,1,8\]: the last layer must give 4 values, which vote, a class/,
  });
});

test('networks that end with neurons are read by their mean already', (t) => {
  t.throws(() => withReadout(firing, { kind: 'rate', voting: 1 }), {
    instanceOf: SettingsError,
    message:
      'firing: readout.kind is rate, and its last layer out is neurons already, whose mean is read: take readout.kind mean',
  });
  t.throws(() => withReadout(firing, { kind: 'potential', voting: 1, leak: 1, time: 'last' }), {
    message: /^firing: readout.kind is potential, and its last layer out is neurons: leave it out/,
  });
});

test('a network with a readout that is none is refused', (t) => {
  for (const readout of [{}, { voting: 0, time: 'mean' }, { voting: 2, time: 'first' }, 3, null])
    t.throws(() => placeLayers({ ...small, readout: readout as never }), {
      instanceOf: SettingsError,
      message: /readout of the network is .*; expected absent, or voting, an integer from 1 to 1000/,
    });
});

test('readoutSchema: defaults, and nothing that a kind does not have', (t) => {
  t.deepEqual(readoutSchema.parse({}), { kind: 'mean', voting: 1 });
  t.deepEqual(readoutSchema.parse({ voting: 10 }), { kind: 'mean', voting: 10 });
  t.deepEqual(readoutSchema.parse({ kind: 'potential' }), {
    ...{ kind: 'potential', voting: 1, leak: 1, time: 'last' },
  });
  for (const wrong of [
    ...[{ kind: 'spikes' }, { leak: 1 }, { kind: 'rate', time: 'last' }, { voting: 0 }, { voting: 1.5 }],
    ...[
      { kind: 'potential', leak: 1.1 },
      { kind: 'potential', time: 'first' },
      { voting: 1001 },
      3,
      null,
      [],
    ],
  ])
    t.false(readoutSchema.safeParse(wrong).success, JSON.stringify(wrong));
});
