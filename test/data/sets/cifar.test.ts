import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { cifarRecordBytes, decodeCifar, readCifar } from '../../../src/data/sets/cifar.js';
import { cifar10Form } from '../../../src/data/sets/cifar10.js';
import { cifar100Form } from '../../../src/data/sets/cifar100.js';
import { DataError } from '../../../src/errors.js';
import { sha256 } from '../../../src/hash.js';
import { presetTrials } from '../../../src/studies/trials.js';
import { CIFAR_FORMS, cifarFile, cifarPixel } from '../../helpers/cifar.js';
import { temporaryFolder } from '../../helpers/folder.js';
import { dataFile, testWithData } from '../../helpers/needs.js';

/** A data root with a small CIFAR-10 in it. */
function smallCifar10(root: string, batches: number[] = [1]): string {
  const folder = join(root, 'cifar-10-batches-bin');
  mkdirSync(folder, { recursive: true });
  for (const batch of batches)
    writeFileSync(join(folder, `data_batch_${batch}.bin`), cifarFile('cifar10', 2 + batch));
  writeFileSync(join(folder, 'test_batch.bin'), cifarFile('cifar10', 2));
  return folder;
}

test('records have 3,073 and 3,074 bytes', (t) => {
  t.is(cifarRecordBytes(cifar10Form), 3073);
  t.is(cifarRecordBytes(cifar100Form), 3074);
});

for (const kind of ['cifar10', 'cifar100'] as const)
  test(`decodeCifar: ${kind} planes become rows of red, green, blue; labels are the (fine) classes`, (t) => {
    const { data, labels, count } = decodeCifar(cifarFile(kind, 23), CIFAR_FORMS[kind], 'file');
    t.is(count, 23);
    t.deepEqual(
      [...labels],
      [...Array(23).keys()].map((i) => i % 10),
    );
    const expected: number[] = [];
    for (let i = 0; i < count; i++)
      for (let y = 0; y < 32; y++)
        for (let x = 0; x < 32; x++) for (let c = 0; c < 3; c++) expected.push(cifarPixel(i, c, y, x));
    t.true(Buffer.from(expected).equals(data));
  });

test('decodeCifar: a label out of range is refused with its byte offset', (t) => {
  const ten = cifarFile('cifar10', 3);
  ten[2 * 3073] = 10;
  t.throws(() => decodeCifar(ten, cifar10Form, 'data_batch_1.bin'), {
    instanceOf: DataError,
    message: /^data_batch_1\.bin: byte 6146: expected a label of 0 to 9, found 10 \(record 2\); .*sgs data/,
  });
  const coarse = cifarFile('cifar100', 3);
  coarse[3074] = 20;
  t.throws(() => decodeCifar(coarse, cifar100Form, 'train.bin'), {
    instanceOf: DataError,
    message: /byte 3074: expected a coarse label of 0 to 19, found 20 \(record 1\)/,
  });
  const fine = cifarFile('cifar100', 3);
  fine[3074 + 1] = 100;
  t.throws(() => decodeCifar(fine, cifar100Form, 'train.bin'), {
    instanceOf: DataError,
    message: /byte 3075: expected a fine label of 0 to 99, found 100 \(record 1\)/,
  });
});

test('decodeCifar: empty, cut and over-long files are refused with the offset of the partial record', (t) => {
  t.throws(() => decodeCifar(new Uint8Array(0), cifar10Form, 'f'), {
    instanceOf: DataError,
    message: /f: the file is empty, expected records of 3,073 bytes; .*download it again/,
  });
  const two = cifarFile('cifar10', 2);
  t.throws(() => decodeCifar(two.subarray(0, 6000), cifar10Form, 'f'), {
    instanceOf: DataError,
    message:
      /byte 3073: expected a whole record of 3,073 bytes or the end, found 2,927 bytes \(file of 6,000 bytes\)/,
  });
  t.throws(() => decodeCifar(Uint8Array.from([...two, 0]), cifar10Form, 'f'), {
    instanceOf: DataError,
    message: /byte 6146: .* found 1 bytes/,
  });
});

test('readCifar: takes the batches that are there, in order, and says how many', (t) => {
  const root = temporaryFolder(t);
  const folder = smallCifar10(root, [3, 1]);
  const dataset = readCifar(root, cifar10Form);
  t.is(dataset.train.count, 3 + 5);
  t.deepEqual([...dataset.train.labels], [0, 1, 2, 0, 1, 2, 3, 4]);
  t.is(dataset.train.data.length, 8 * 3072);
  t.is(dataset.test.count, 2);
  t.deepEqual(dataset.shape, [32, 32, 3]);
  t.deepEqual(dataset.normalisation, cifar10Form.normalisation);
  t.is(
    dataset.description,
    'cifar10: 8 of 50,000 training images (data_batch_1.bin, data_batch_3.bin) and 2 of 10,000 test images ' +
      '(test_batch.bin) from cifar-10-batches-bin',
  );
  t.is(readCifar(folder, cifar10Form).fingerprint, dataset.fingerprint, 'the folder itself can be named');
});

test('readCifar: of more files than a fingerprint was computed from, only the first that give it are read', (t) => {
  const root = temporaryFolder(t);
  smallCifar10(root, [1]);
  const one = readCifar(root, cifar10Form);
  smallCifar10(root, [2, 3]);
  const three = readCifar(root, cifar10Form);
  t.deepEqual([one.train.count, three.train.count], [3, 3 + 4 + 5]);
  t.deepEqual(readCifar(root, cifar10Form, one.fingerprint), one);
  t.deepEqual(readCifar(root, cifar10Form, three.fingerprint), three);
  t.deepEqual(
    readCifar(root, cifar10Form, 'f'.repeat(64)),
    three,
    'files that give it are not there: all of them',
  );
});

test('readCifar: class names come from the file beside the data, else they are built in', (t) => {
  const root = temporaryFolder(t);
  const folder = smallCifar10(root);
  const builtIn = readCifar(root, cifar10Form);
  t.deepEqual(builtIn.classes.slice(0, 2), ['airplane', 'automobile']);
  writeFileSync(join(folder, 'batches.meta.txt'), 'a\r\nb\nc\nd\ne\nf\ng\nh\ni\nj\n\n');
  const named = readCifar(root, cifar10Form);
  t.deepEqual(named.classes, [...'abcdefghij']);
  t.is(named.fingerprint, builtIn.fingerprint, 'names are not data');
  writeFileSync(join(folder, 'batches.meta.txt'), 'a\nb\n');
  t.throws(() => readCifar(root, cifar10Form), {
    instanceOf: DataError,
    message: /batches\.meta\.txt: expected 10 class names, one a line, found 2 in 4 bytes; .*delete it/,
  });
});

test('readCifar: missing files say what to run and where to point', (t) => {
  const root = temporaryFolder(t);
  t.throws(() => readCifar(root, cifar10Form), {
    instanceOf: DataError,
    message:
      /data_batch_1\.bin: there is no such file; run `sgs data cifar10`.*cifar-10-batches-bin.*SGS_DATA/,
  });
  const folder = join(root, 'cifar-100-binary');
  mkdirSync(folder);
  writeFileSync(join(folder, 'train.bin'), cifarFile('cifar100', 3));
  t.throws(() => readCifar(root, cifar100Form), {
    instanceOf: DataError,
    message: /cifar-100-binary.test\.bin: there is no such file; run `sgs data cifar100`/,
  });
});

test('readCifar: a folder, an unreadable file and too many records are refused by name', (t) => {
  const root = temporaryFolder(t);
  const folder = smallCifar10(root);
  mkdirSync(join(folder, 'data_batch_2.bin'));
  t.throws(() => readCifar(root, cifar10Form), {
    instanceOf: DataError,
    message: /data_batch_2\.bin: expected a file, found a folder/,
  });
  const loop = smallCifar10(join(root, 'loop'), []);
  symlinkSync('data_batch_1.bin', join(loop, 'data_batch_1.bin'));
  t.throws(() => readCifar(loop, cifar10Form), {
    instanceOf: DataError,
    message: /data_batch_1\.bin: cannot read it \(ELOOP\)/,
  });
  const long = smallCifar10(join(root, 'long'));
  writeFileSync(join(long, 'test_batch.bin'), new Uint8Array(10_001 * 3073));
  t.throws(() => readCifar(long, cifar10Form), {
    instanceOf: DataError,
    message: /test_batch\.bin: expected at most 10,000 records of 3,073 bytes, found 10,001/,
  });
});

/** What the committed records of preset desk were trained on. */
const DESK = presetTrials('desk')[0].fingerprint!;
const CIFAR10 = ['cifar-10-batches-bin/data_batch_1.bin', 'cifar-10-batches-bin/test_batch.bin'];

testWithData(...CIFAR10)(
  'the real CIFAR-10: files have the published sha256, labels the published counts, pixels the usual means',
  (t) => {
    const folder = dataFile('cifar-10-batches-bin');
    const digest = (name: string): string => sha256(readFileSync(join(folder, name)));
    t.is(digest('data_batch_1.bin'), 'cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5');
    t.is(digest('test_batch.bin'), '8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b');
    const { train, test: heldOut, classes } = readCifar(dataFile(), cifar10Form);
    t.deepEqual(
      counts(train.labels.subarray(0, 10_000), 10),
      [1005, 974, 1032, 1016, 999, 937, 1030, 1001, 1025, 981],
    );
    t.deepEqual(counts(heldOut.labels, 10), Array(10).fill(1000));
    t.deepEqual(classes.slice(8), ['ship', 'truck']);
    // The constants are those of all 50,000 images; the first 10,000 are a little brighter.
    const { mean, std } = moments(train.data);
    t.log(
      'means',
      mean.map((v) => v.toFixed(4)).join(' '),
      'standard deviations',
      std.map((v) => v.toFixed(4)).join(' '),
    );
    near(t, mean, [0.4914, 0.4822, 0.4465], 0.003);
    near(t, std, [0.247, 0.2435, 0.2616], 0.003);
  },
);

testWithData(...CIFAR10)(
  'the real CIFAR-10: the data of preset desk is its first training file, however many are there',
  (t) => {
    const { fingerprint, train, description } = readCifar(dataFile(), cifar10Form, DESK);
    t.is(fingerprint, DESK);
    t.is(train.count, 10_000);
    t.regex(description, /^cifar10: 10,000 of 50,000 training images \(data_batch_1\.bin\)/);
  },
);

testWithData('cifar-100-binary/train.bin', 'cifar-100-binary/test.bin')(
  'the real CIFAR-100: every fine class is there, names in label order, pixels near the usual means',
  (t) => {
    const { train, test: heldOut, classes, description } = readCifar(dataFile(), cifar100Form);
    t.log(description);
    t.true(Math.min(...counts(train.labels, 100), ...counts(heldOut.labels, 100)) >= 10);
    t.deepEqual([classes[0], classes[99], classes.length], ['apple', 'worm', 100]);
    const { mean, std } = moments(train.data);
    near(t, mean, [0.5071, 0.4867, 0.4408], 0.01);
    near(t, std, [0.2675, 0.2565, 0.2761], 0.01);
  },
);

function counts(labels: Uint8Array, classes: number): number[] {
  const found = new Array<number>(classes).fill(0);
  for (const label of labels) found[label]++;
  return found;
}

function moments(data: Uint8Array): { mean: number[]; std: number[] } {
  const n = data.length / 3;
  const sum = [0, 0, 0];
  const squares = [0, 0, 0];
  for (let i = 0; i < data.length; i += 3)
    for (let c = 0; c < 3; c++) {
      sum[c] += data[i + c];
      squares[c] += data[i + c] ** 2;
    }
  const mean = sum.map((value) => value / n / 255);
  return { mean, std: squares.map((value, c) => Math.sqrt(value / n / 255 ** 2 - mean[c] ** 2)) };
}

function near(
  t: Parameters<typeof temporaryFolder>[0],
  found: number[],
  wanted: number[],
  tolerance: number,
): void {
  found.forEach((value, i) =>
    t.true(Math.abs(value - wanted[i]) <= tolerance, `${value} is not ${wanted[i]}`),
  );
}
