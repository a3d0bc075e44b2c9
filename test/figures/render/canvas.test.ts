// The small canvas behind heat maps, read back through PNG.
import test from 'ava';
import { PNG } from 'pngjs';
import { sha256 } from '../../../src/hash.js';
import { Canvas, encodePng } from '../../../src/figures/render/canvas.js';

const read = (uri: string): PNG => PNG.sync.read(Buffer.from(uri.split(',')[1], 'base64'));

test('fillRect: fills its pixels and no other, clipped to the canvas', (t) => {
  const canvas = new Canvas(3, 2);
  canvas.fillStyle = 'rgba(10, 20, 30, 0.5)';
  canvas.fillRect(1, -5, 10, 6);
  const { data } = read(canvas.toDataURL());
  t.deepEqual([...data.subarray(0, 12)], [0, 0, 0, 0, 10, 20, 30, 128, 10, 20, 30, 128]);
  t.true(data.subarray(12).every((byte) => byte === 0));
});

test('putImageData: copies where it is put and drops the rest', (t) => {
  const canvas = new Canvas(2, 1);
  const image = canvas.createImageData(2, 1);
  image.data.set([1, 2, 3, 255, 4, 5, 6, 255]);
  canvas.putImageData(image, 1, 0);
  t.deepEqual([...read(canvas.toDataURL()).data], [0, 0, 0, 0, 1, 2, 3, 255]);
});

test('encodePng: the bytes are the same on every build of zlib (SHA-256 of a picture with runs and noise)', (t) => {
  const rgba = Uint8Array.from({ length: 64 * 64 * 4 }, (_, i) =>
    i % 4 === 3 ? 255 : ((i >> 9) * 40) % 256,
  );
  rgba.set(
    Uint8Array.from({ length: 1024 }, (_, i) => (i * 37) % 251),
    4096,
  );
  t.is(sha256(encodePng(64, 64, rgba)), 'd825207321d01d59722de71d549960968c4faeb698c287b8cc02335615625fc8');
});
