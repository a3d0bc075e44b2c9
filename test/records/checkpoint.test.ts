import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import fc from 'fast-check';
import {
  decodeCheckpoint,
  emptyPartial,
  encodeCheckpoint,
  readCheckpoint,
  writeCheckpoint,
  type Checkpoint,
} from '../../src/records/checkpoint.js';
import { DamagedError, DataError, SettingsError } from '../../src/errors.js';
import { stream } from '../../src/random.js';
import { SEAL, seal, UNSEALED } from '../../src/records/seal.js';
import { decodeSafetensors, encodeSafetensors } from '../../src/records/safetensors.js';
import { temporaryFolder } from '../helpers/folder.js';
import { numerics, sampleCheckpoint, sampleRows } from '../helpers/records.js';

/** A checkpoint whose maps of tensors can be compared. */
const plain = (checkpoint: Checkpoint): Checkpoint => ({
  ...checkpoint,
  state: {
    ...checkpoint.state,
    weights: { ...checkpoint.state.weights },
    optimizer: { ...checkpoint.state.optimizer },
  },
});

/** The sample with its metadata or tensors changed, as bytes. */
function changed(
  change: (content: ReturnType<typeof decodeSafetensors>, progress: Record<string, unknown>) => void,
): Uint8Array {
  const content = decodeSafetensors(encodeCheckpoint(sampleCheckpoint()), 'x');
  const progress = JSON.parse(content.metadata.progress) as Record<string, unknown>;
  change(content, progress);
  if (content.metadata.progress) content.metadata.progress = JSON.stringify(progress);
  return resealed(content);
}

/** A checkpoint that is whole, whatever it says. */
const resealed = ({ tensors, metadata }: ReturnType<typeof decodeSafetensors>): Uint8Array =>
  seal(encodeSafetensors(tensors, { ...metadata, [SEAL]: UNSEALED }));

test('checkpoint: comes back as it was, between epochs too', (t) => {
  const sample = sampleCheckpoint();
  t.deepEqual(plain(decodeCheckpoint(encodeCheckpoint(sample), 'x')), sample);
  const between = { ...sample, step: 0, partial: emptyPartial(), rows: sampleRows(2), epoch: 2 };
  t.deepEqual(plain(decodeCheckpoint(encodeCheckpoint(between), 'x')), between);
  const start = { ...sample, epoch: 0, rows: [], state: { weights: {}, optimizer: {}, updates: 0 } };
  t.deepEqual(plain(decodeCheckpoint(encodeCheckpoint(start), 'x')), start);
});

test('checkpoint: sums come back with all 64 bits (500 random ones)', (t) => {
  const sum = fc.double({ noNaN: true, noDefaultInfinity: true }).filter((value) => !Object.is(value, -0));
  fc.assert(
    fc.property(sum, sum, fc.maxSafeNat(), fc.maxSafeNat(), (loss, lipschitz, correct, seen) => {
      const partial = { loss, lipschitz, correct, seen, seconds: 0.1 };
      const back = decodeCheckpoint(encodeCheckpoint({ ...sampleCheckpoint(), partial }), 'x').partial;
      t.true(Object.is(back.loss, loss) && Object.is(back.lipschitz, lipschitz));
      t.deepEqual(back, partial);
    }),
    { numRuns: 500, seed: 4 },
  );
});

test('checkpoint: the same state gives the same bytes', (t) => {
  t.deepEqual(encodeCheckpoint(sampleCheckpoint()), encodeCheckpoint(sampleCheckpoint()));
  t.notDeepEqual(encodeCheckpoint(sampleCheckpoint()), encodeCheckpoint(sampleCheckpoint(3)));
});

test('checkpoint: any layer name is kept apart, __proto__ and slashes too', (t) => {
  const sample = sampleCheckpoint();
  const tensor = { shape: [1], data: Float32Array.of(1) };
  const names = ['__proto__', 'a/b', 'weights/a', 'optimizer/a', '', 'a\nb'];
  const tensors = Object.fromEntries(names.map((name) => [name, tensor]));
  const { weights, optimizer } = decodeCheckpoint(
    encodeCheckpoint({ ...sample, state: { weights: tensors, optimizer: tensors, updates: 1 } }),
    'x',
  ).state;
  t.deepEqual(Object.keys(weights).sort(), [...names].sort());
  t.deepEqual(Object.keys(optimizer).sort(), [...names].sort());
  t.deepEqual(Object.getOwnPropertyDescriptor(weights, '__proto__')?.value, tensor);
});

test('checkpoint: one made under other numerics or by another run is refused, naming what differs', (t) => {
  const file = join(temporaryFolder(t), 'c.safetensors');
  const { runId } = sampleCheckpoint();
  writeCheckpoint(file, sampleCheckpoint());
  t.deepEqual(plain(readCheckpoint(file, { runId, numerics })), sampleCheckpoint());
  t.throws(() => readCheckpoint(file, { runId, numerics: { ...numerics, backend: 'cpu', version: 2 } }), {
    instanceOf: SettingsError,
    message:
      /made under other numerics: backend was wasm and is cpu; version was 1 and is 2; continue it under those/,
  });
  t.throws(() => readCheckpoint(file, { runId, numerics: { ...numerics, table: 'a' } as typeof numerics }), {
    instanceOf: SettingsError,
    message: /table was not set and is a/,
  });
  t.throws(() => readCheckpoint(file, { runId: 'run-0000000000000000', numerics }), {
    instanceOf: DataError,
    message: /a checkpoint of another run: expected run-0000000000000000, found run-[0-9a-f]{16}; move it to/,
  });
});

test('checkpoint: a tensor of neither weights nor optimizer is refused by name', (t) => {
  for (const name of ['other/a', 'weights', 'x/weights/a', 'weightsoptimizer/a']) {
    const bytes = changed(({ tensors }) => (tensors[name] = { shape: [1], data: Float32Array.of(1) }));
    t.throws(() => decodeCheckpoint(bytes, 'c'), {
      instanceOf: DamagedError,
      message: new RegExp(`tensor "${name}": expected weights/… or optimizer/…`),
    });
  }
});

test('checkpoint: cut at any byte it is refused', (t) => {
  const whole = encodeCheckpoint(sampleCheckpoint());
  for (let length = 0; length < whole.length; length++)
    t.throws(() => decodeCheckpoint(whole.subarray(0, length), 'c'), {
      instanceOf: DataError,
      message: /^c: not valid safetensors: byte \d+: expected .* found .*; /,
    });
});

test('checkpoint: 600 flipped bytes, and every flipped bit of the first 2,000, are all refused', (t) => {
  const whole = encodeCheckpoint(sampleCheckpoint());
  const random = stream(20, 'probe', 'checkpoint flips');
  const refused = (at: number, flip: number): void => {
    const bytes = whole.slice();
    bytes[at] ^= flip;
    t.throws(
      () => decodeCheckpoint(bytes, 'c'),
      { instanceOf: DamagedError },
      `byte ${at}, flipped by ${flip}`,
    );
  };
  for (let i = 0; i < 600; i++) refused(random.integer(0, whole.length - 1), random.integer(1, 255));
  for (let at = 0; at < 2000; at++) for (let bit = 0; bit < 8; bit++) refused(at, 1 << bit);
});

test('checkpoint: a layer named as the digest does not hide it', (t) => {
  const weights = { '"digest":"': { shape: [1], data: Float32Array.of(1) } };
  const bytes = encodeCheckpoint({ ...sampleCheckpoint(), state: { weights, optimizer: {}, updates: 1 } });
  t.deepEqual({ ...decodeCheckpoint(bytes, 'c').state.weights }, weights);
  bytes[bytes.length - 1] ^= 1;
  t.throws(() => decodeCheckpoint(bytes, 'c'), {
    instanceOf: DamagedError,
    message: /its digest is not that/,
  });
});

const problems: [what: string, bytes: Uint8Array, message: RegExp][] = [
  [
    'weights alone',
    encodeSafetensors(sampleCheckpoint().state.weights),
    /format: expected sgs-checkpoint-2, got "none"/,
  ],
  [
    'a later format',
    changed(({ metadata }) => (metadata.format = 'sgs-checkpoint-3')),
    /got "sgs-checkpoint-3"/,
  ],
  [
    'an earlier format',
    changed(({ metadata }) => (metadata.format = 'sgs-checkpoint-1')),
    /an earlier version wrote it, without a digest: nothing tells whether/,
  ],
  [
    'one without its digest',
    encodeSafetensors(sampleCheckpoint().state.weights, { format: 'sgs-checkpoint-2', progress: '{}' }),
    /its digest is not that of its content/,
  ],
  ['no progress', changed(({ metadata }) => delete metadata.progress), /progress is not JSON/],
  [
    'a tensor of neither part',
    changed(({ tensors }) => (tensors.x = tensors['weights/conv1.bias'])),
    /tensor "x": expected weights/,
  ],
  [
    'fewer rows than epochs',
    changed((_, progress) => (progress.epoch = 2)),
    /epoch: expected 1, the number of rows, got 2/,
  ],
  ['a negative step', changed((_, progress) => (progress.step = -1)), /progress\.step: .*>=0/],
  ['a run that is no id', changed((_, progress) => (progress.runId = '../x')), /progress\.runId: /],
  ['a wrong row', changed((_, progress) => (progress.rows = [{}])), /rows\[0\]\.epoch: /],
  ['no numerics', changed((_, progress) => (progress.numerics = null)), /numerics: /],
  ['a field too many', changed((_, progress) => (progress.extra = 1)), /Unrecognized key: "extra"/],
];
for (const [what, bytes, message] of problems)
  test(`checkpoint: refused with a remedy: ${what}`, (t) => {
    const error = t.throws(() => decodeCheckpoint(bytes, 'c'), { instanceOf: DataError, message });
    t.regex(error.message, /^c: not a valid checkpoint: .*; delete it to begin the run again$/);
  });

test('checkpoint: sums that are not finite are not written, and the last one stays', (t) => {
  const file = join(temporaryFolder(t), 'c.safetensors');
  writeCheckpoint(file, sampleCheckpoint());
  const kept = readFileSync(file);
  for (const loss of [NaN, Infinity])
    t.throws(() => writeCheckpoint(file, { ...sampleCheckpoint(), partial: { ...emptyPartial(), loss } }), {
      instanceOf: SettingsError,
      message: /checkpoint of run-[0-9a-f]{16}: progress\.partial\.loss: /,
    });
  t.deepEqual(readFileSync(file), kept);
});

test('checkpoint: weights that are not finite are kept bit for bit', (t) => {
  const sample = sampleCheckpoint();
  sample.state.weights['conv1.bias'].data.set([NaN, Infinity, -0, 1]);
  const { data } = decodeCheckpoint(encodeCheckpoint(sample), 'x').state.weights['conv1.bias'];
  const bits = (x: Float32Array | Float64Array): Uint32Array =>
    new Uint32Array(x.buffer, x.byteOffset, x.length);
  t.deepEqual(bits(data), bits(sample.state.weights['conv1.bias'].data));
});

test('checkpoint: a folder, nothing or an empty file in its place is a clear error', (t) => {
  const folder = temporaryFolder(t);
  const expected = { runId: sampleCheckpoint().runId, numerics };
  mkdirSync(join(folder, 'd'));
  writeFileSync(join(folder, 'empty'), '');
  for (const [name, message] of [
    ['d', /d: cannot read it \(EISDIR\)/],
    ['none', /none: cannot read it \(ENOENT\): there is no such file/],
    ['empty', /empty: not valid safetensors: byte 0: expected at least 8 bytes, found 0/],
  ] as const)
    t.throws(() => readCheckpoint(join(folder, name), expected), { instanceOf: DataError, message });
  t.throws(() => writeCheckpoint(join(folder, 'd'), sampleCheckpoint()), {
    instanceOf: DataError,
    message: /cannot write it \(E/,
  });
});
