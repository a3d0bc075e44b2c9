// PNG as bytes: what Pillow wrote, and files that are none or would unpack to too much.
import { readFileSync } from 'node:fs';
import test from 'ava';
import { decodePng } from '../../../src/data/own/png.js';
import { DataError } from '../../../src/errors.js';
import { stream } from '../../../src/random.js';
import { mutate } from '../../helpers/mutate.js';

const file = (name: string): Buffer => readFileSync(`test/fixtures/own/odd/${name}.png`);
const colour = (i: number): number =>
  (13 * Math.floor(i / 15) + 5 * (Math.floor(i / 3) % 5) + 31 * (i % 3)) % 256;

test('decodePng: grey, opaque alpha and palettes, every value', (t) => {
  const grey = decodePng(file('grey'), 'a');
  t.like(grey, { height: 4, width: 5, channels: 1 });
  t.deepEqual(
    [...grey.data],
    Array.from({ length: 20 }, (_, i) => 13 * Math.floor(i / 5) + 5 * (i % 5)),
  );
  for (const name of ['opaque', 'palette'])
    t.deepEqual(
      [...decodePng(file(name), name).data],
      Array.from({ length: 60 }, (_, i) => colour(i)),
      name,
    );
});

test('decodePng: cut, altered, interlaced and enormous ones are refused before anything is unpacked', (t) => {
  const refuse = (bytes: Buffer, message: RegExp) =>
    t.throws(() => decodePng(bytes, 'a.png'), { instanceOf: DataError, message });
  const whole = file('opaque');
  for (let length = 0; length < whole.length; length++)
    refuse(whole.subarray(0, length), /^a\.png: (no PNG|damaged PNG)/);
  const changed = (at: number, to: number[]): Buffer => {
    const copy = Buffer.from(whole);
    copy.set(to, at);
    return copy;
  };
  refuse(changed(16, [0x7f, 0xff, 0xff, 0xff]), /2147483647 × 4 pixels, expected 1 to 2048 each way/);
  refuse(changed(20, [0, 0, 0, 0]), /5 × 0 pixels/);
  refuse(changed(28, [1]), /it is interlaced; save it without/);
  refuse(changed(41, [whole[41] ^ 255]), /damaged PNG/);
});

test('decodePng: whatever is damaged, it is a picture or a DataError (600 damaged files)', (t) => {
  const random = stream(7, 'probe', 'png');
  const originals = ['grey', 'opaque', 'palette', 'deep'].map(file);
  let refused = 0;
  for (let i = 0; i < 600; i++)
    try {
      const { height, width, channels, data } = decodePng(mutate(originals, random), 'a');
      t.is(data.length, height * width * channels);
    } catch (error) {
      if (!(error instanceof DataError)) t.fail(String((error as Error).stack));
      refused++;
    }
  t.true(refused > 300, String(refused));
});
