// What is refused as a data set, and as another than the experiment names.
import test from 'ava';
import { checkDataset, checkNamed, nameProblem } from '../../src/data/check.js';
import type { Dataset } from '../../src/data/dataset.js';
import { SettingsError } from '../../src/errors.js';
import { experiment } from '../../src/experiment/experiment.js';
import { smallDataset } from '../helpers/dataset.js';

const own = (more: Partial<Dataset> = {}): Dataset => ({ ...smallDataset(), name: 'mine', ...more });
const { train } = smallDataset();
const labels = (at: number, value: number): Uint8Array =>
  train.labels.map((label, i) => (i === at ? value : label));
/** Anything in the place of something typed. */
const any = (value: unknown): never => value as never;

const WRONG: Record<string, [Partial<Dataset>, RegExp]> = {
  'no name': [{ name: any(undefined) }, /^data set: name: expected text, got undefined$/],
  'a name that is a path': [{ name: '../x' }, /name: expected up to 64 letters.*got "\.\.\/x"$/],
  'a name too long': [{ name: 'x'.repeat(65) }, /name: expected up to 64 letters/],
  'a name taken for another': [
    { name: 'CIFAR-10' },
    /name: expected "cifar10" or another name, got "CIFAR-10"$/,
  ],
  'another kind': [
    { kind: any('video') },
    /^data set "mine": kind: expected "images" or "frames", got "video"$/,
  ],
  'two dimensions': [{ shape: any([6, 7]) }, /shape: expected height, width and channels.* got \[6,7\]$/],
  'half a pixel': [{ shape: [6, 6.5, 3] }, /shape: .*got \[6,6\.5,3\]$/],
  'frames of images': [{ frames: 2 }, /frames: expected none, as images have none, got 2$/],
  'frames without a number': [
    { kind: 'frames', frames: undefined },
    /frames: expected an integer from 1 to 65536, got undefined$/,
  ],
  'no classes': [{ classes: [] }, /classes: expected 1 to 256 names, got 0$/],
  'classes by number': [{ classes: any(4) }, /classes: expected 1 to 256 names, got 4$/],
  'a class without a name': [
    { classes: ['a', any(1), 'c', 'd'] },
    /classes\[1\]: expected a name as text, got 1$/,
  ],
  'too few means': [
    { normalisation: { mean: [0, 0], std: [1, 1, 1] } },
    /normalisation\.mean: expected a number for each of 3 channels, got \[0,0\]$/,
  ],
  'no deviations': [
    { normalisation: any({ mean: [0, 0, 0] }) },
    /normalisation\.std: expected a number for each of 3 channels, got undefined$/,
  ],
  'a deviation of 0': [
    { normalisation: { mean: [0, 0, 0], std: [1, 0, 1] } },
    /normalisation\.std\[1\]: expected a positive number, got 0$/,
  ],
  'a mean that is none': [
    { normalisation: { mean: [NaN, 0, 0], std: [1, 1, 1] } },
    /normalisation\.mean\[0\]: expected a finite number, got null$/,
  ],
  'no training part': [{ train: any(undefined) }, /train: expected data, labels and count, got undefined$/],
  'no test examples': [
    { test: { data: new Uint8Array(), labels: new Uint8Array(), count: 0 } },
    /test\.count: expected at least one example, got 0$/,
  ],
  'floats for bytes': [
    { train: { ...train, data: any(Float32Array.from(train.data)) } },
    /train\.data: expected bytes of 0 to 255 in a Uint8Array.*got a Float32Array$/,
  ],
  'a byte less': [
    { train: { ...train, data: train.data.subarray(1) } },
    /train\.data: expected 20 examples of 126 bytes, 2520 in all, got 2519 bytes$/,
  ],
  'fewer labels than images': [
    { train: { ...train, labels: train.labels.subarray(0, 13) } },
    /train\.labels: expected one for each of 20 examples, got 13$/,
  ],
  'labels as text': [
    { train: { ...train, labels: any(['a']) } },
    /train\.labels: expected a Uint8Array of integers, got an array that begins with "a"$/,
  ],
  'a label of no class': [
    { train: { ...train, labels: labels(17, 4) } },
    /train\.labels\[17\]: expected an integer from 0 to 3, one of 4 classes, got 4$/,
  ],
  'a built-in name on other channels': [
    { ...smallDataset({ shape: [6, 7, 5] }) },
    /data set "shapes10": shape: expected 3 channels, as shapes10 has, or a name of its own, got \[6,7,5\]$/,
  ],
};

for (const [what, [more, message]] of Object.entries(WRONG))
  test(`checkDataset: ${what} is refused, with the field, the value and what was expected`, (t) => {
    t.throws(() => checkDataset(own(more)), { instanceOf: SettingsError, message });
  });

test('checkDataset: what is right is taken, the last class, one channel and 256 classes too', (t) => {
  t.notThrows(() => checkDataset(own()));
  t.notThrows(() => checkDataset(own({ train: { ...train, labels: labels(19, 3) } })));
  t.notThrows(() => checkDataset({ ...smallDataset({ shape: [4, 4, 1] }), name: 'grey' }));
  t.notThrows(() => checkDataset(smallDataset({ frames: 3 })));
  t.notThrows(() => checkDataset(own({ classes: Array.from({ length: 256 }, (_, i) => `${i}`) })));
  t.throws(() => checkDataset(own({ classes: Array.from({ length: 257 }, (_, i) => `${i}`) })));
});

test('nameProblem: names of data sets and names of one’s own are none', (t) => {
  for (const name of ['cifar10', 'shapes10-dvs', 'mine', 'cifar10-c', 'Größen 2', 'x'.repeat(64)])
    t.is(nameProblem(name), undefined, name);
  for (const name of ['', ' x', '-x', 'a\nb', 'a\u001b[31m', '<b>', 'Shapes 10', 'CIFAR_100'])
    t.is(typeof nameProblem(name), 'string', name);
});

test('checkNamed: settings that name one data set and a data set that is another are refused', (t) => {
  const refuse = (data: object, dataset: Dataset, message: RegExp): void =>
    void t.throws(() => checkNamed({ ...experiment().data, ...data }, dataset), {
      instanceOf: SettingsError,
      message,
    });
  const events = {
    ...smallDataset({ frames: 2 }),
    pipeline: 'tet',
    recordingSplit: { name: 'first-900', hash: '' },
  };
  refuse(
    { name: 'cifar10' },
    smallDataset(),
    /^data\.name: the settings say "cifar10", the data set given is "shapes10"; give what `loadDataset/,
  );
  refuse(
    { name: 'mine' },
    smallDataset(),
    /^data\.name: the settings say "mine", .*; set data\.name to what is meant$/,
  );
  refuse(
    { pipeline: 'tet' },
    smallDataset(),
    /^data\.pipeline: "tet" is for event data, shapes10 are images/,
  );
  refuse({ split: 'random:1' }, smallDataset(), /^data\.split: "random:1" is for event data/);
  const name = 'shapes10-dvs';
  refuse(
    { name, pipeline: 'duration' },
    events,
    /^data\.pipeline: the settings say "duration", the data set given is "tet"/,
  );
  refuse(
    { name },
    { ...events, pipeline: 'duration' },
    /^data\.pipeline: the settings say "tet", the data set given is "duration"/,
  );
  refuse(
    { name, split: 'random:1' },
    events,
    /^data\.split: the settings say "random:1", the data set given is "first-900"/,
  );
  t.notThrows(() => checkNamed({ ...experiment().data, name }, events));
  t.notThrows(() => checkNamed({ ...experiment().data, name: 'mine' }, own()));
});
