// A network of one's own as an experiment has it: completed, checked, named, hashed.
import test from 'ava';
import { SettingsError } from '../../src/errors.js';
import { experiment, type ExperimentInput, parseExperiment } from '../../src/experiment/experiment.js';
import { buildNetwork, networkLabel } from '../../src/network/architectures.js';
import { canonicalJson } from '../../src/hash.js';
import { batchNorm, conv2d, flatten, lif, linear, maxPool2d, residual } from '../../src/network/layers.js';

const written: NonNullable<ExperimentInput['network']> = {
  layers: [
    { type: 'conv2d', name: 'c1', in: 3, out: 8 },
    { type: 'batchNorm', name: 'n1', channels: 8 },
    { type: 'lif', name: 'l1' },
    { type: 'maxPool2d', name: 'p1' },
    { type: 'residual', name: 'r', body: [{ type: 'conv2d', name: 'c2', in: 8, out: 8, kernel: 1 }] },
    { type: 'lif', name: 'l2' },
    { type: 'flatten', name: 'f' },
    { type: 'linear', name: 'fc', in: 8 * 16 * 16, out: 10 },
  ],
};
const layers = [
  conv2d('c1', 3, 8),
  batchNorm('n1', 8),
  lif('l1'),
  maxPool2d('p1'),
  residual('r', [conv2d('c2', 8, 8, { kernel: 1 })]),
  lif('l2'),
  flatten('f'),
  linear('fc', 2048, 10),
];

test('what is left out of a layer is as its function has it; the same layers written out are the same experiment', (t) => {
  const { network } = experiment({ network: written });
  t.deepEqual(network, { layers });
  t.is(canonicalJson(experiment({ network: { layers } })), canonicalJson(experiment({ network: written })));
  t.deepEqual(parseExperiment(JSON.parse(JSON.stringify(experiment({ network: written })))).network, network);
});

test('what is changed afterwards changes no experiment', (t) => {
  const mine = [...layers];
  const made = experiment({ network: { layers: mine } });
  mine.pop();
  t.is(made.network.layers?.length, 8);
});

test('it is called by its name, its twin has ReLU, and input and classes are those of the data', (t) => {
  const spec = { name: 'mine', layers };
  t.deepEqual(buildNetwork(spec, [32, 32, 3], 10), { ...spec, input: [32, 32, 3], classes: 10 });
  t.is(buildNetwork({ layers }, [32, 32, 3], 10).name, 'own network');
  t.deepEqual([networkLabel(spec), networkLabel({ layers, twin: 'ann' })], ['mine', 'own network (ANN)']);
  const twin = buildNetwork({ layers, twin: 'ann' }, [32, 32, 3], 10);
  t.deepEqual(
    twin.layers.filter(({ type }) => type === 'relu').map(({ name }) => name),
    ['l1', 'l2'],
  );
});

test('data whose shape does not fit is refused at the layer; images need not be square', (t) => {
  const refuse = (input: [number, number, number], classes: number, message: RegExp): void => {
    t.throws(() => buildNetwork({ layers }, input, classes), { instanceOf: SettingsError, message });
  };
  refuse([32, 32, 2], 10, /own network: c1.*3.*2/);
  refuse([32, 16, 3], 10, /own network: fc.*2048.*1024/);
  refuse([32, 32, 3], 100, /own network: ends with \[1,1,10\], expected \[1,1,100\]/);
  t.notThrows(() => buildNetwork({ layers }, [64, 16, 3], 10));
});

test('layers that are none are refused by place, field, value and what is expected', (t) => {
  const refuse = (network: unknown, message: RegExp): void => {
    t.throws(() => parseExperiment({ network }), { instanceOf: SettingsError, message });
  };
  const one = (layer: object): object => ({ layers: [layer] });
  refuse({ layers: 3 }, /network\.layers: layers: layers of the network is 3; expected a list of layers/);
  refuse(one({ type: 'conv3d', name: 'a' }), /type of a is "conv3d"; expected one of conv2d, /);
  refuse(one({ type: 'lif', name: 'constructor' }), /name of layers\[0\] \(lif\) is "constructor"/);
  refuse(one({ type: 'conv2d', name: 'c', in: 3 }), /out of c \(conv2d\) is undefined; expected an integer/);
  refuse(one({ type: 'conv2d', name: 'c', in: 3, out: 8, kernel: 2 }), /kernel is 2, and no equal padding/);
  refuse(one({ type: 'lif', name: 'l', tau: 1 }), /l \(lif\) has an unknown field "tau"/);
  refuse(one({ type: 'residual', name: 'r', body: [null] }), /body of r\[0\] is null; expected a layer/);
  let deep: object = { type: 'lif', name: 'l' };
  for (let i = 0; i < 10_000; i++) deep = { type: 'residual', name: `r${i}`, body: [deep] };
  refuse(one(deep), /blocks are nested more than 100 deep/);
  refuse({ layers, width: 2 }, /network: Unrecognized key: "width"/);
  refuse({ layers, architecture: 'convNet' }, /network: Unrecognized key: "architecture"/);
});
