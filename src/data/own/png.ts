// Pictures as bytes: PNG, read by pngjs after a look at its first chunk, so that nothing absurd is unpacked.
import { PNG } from 'pngjs';
import { DamagedError, DataError } from '../../errors.js';

/** A picture, one byte a value, row by row. */
export interface PictureBytes {
  height: number;
  width: number;
  /** 1: grey; 3: red, green, blue. */
  channels: 1 | 3;
  data: Uint8Array;
}

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Pixels along a side: more than networks for spikes see, and bounded. */
const LARGEST_SIDE = 2048;
const GREY = [0, 4];

/**
 * Decodes a PNG of 8 bits a channel: grey, colours or a palette. Transparency is refused unless all is opaque: what lies behind
 * is not known.
 *
 * @param file - its name, for errors
 * @throws DataError naming what is wrong: no PNG, 16 bits, interlaced, too large, transparent, or damaged
 */
export function decodePng(bytes: Uint8Array, file: string): PictureBytes {
  const refuse = (found: string, remedy: string): never => {
    throw new DataError(file, found, remedy);
  };
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (
    head.length < 33 ||
    !head.subarray(0, 8).equals(SIGNATURE) ||
    head.toString('latin1', 12, 16) !== 'IHDR'
  )
    refuse('no PNG: it does not begin as one', 'save the picture as PNG');
  const [width, height] = [head.readUInt32BE(16), head.readUInt32BE(20)];
  const [depth, type, interlaced] = [head[24], head[25], head[28]];
  if (width < 1 || height < 1 || width > LARGEST_SIDE || height > LARGEST_SIDE)
    refuse(`${width} × ${height} pixels, expected 1 to ${LARGEST_SIDE} each way`, 'make it smaller');
  if (depth === 16) refuse('16 bits a channel, expected 8', 'save it with 8 bits');
  if (interlaced !== 0) refuse('it is interlaced', 'save it without');
  let data: Buffer;
  try {
    ({ data } = PNG.sync.read(head));
  } catch (error) {
    throw new DamagedError(
      file,
      `damaged PNG: ${String((error as Error).message ?? error)}`,
      'save or copy it again',
    );
  }
  const pixels = width * height;
  if (data.length !== 4 * pixels)
    throw new DamagedError(file, `${data.length / 4} pixels in place of ${pixels}`, 'save it again');
  const channels = GREY.includes(type) ? 1 : 3;
  const values = new Uint8Array(pixels * channels);
  for (let i = 0; i < pixels; i++) {
    if (data[4 * i + 3] !== 255) refuse('parts of it are transparent', 'put it on a background');
    for (let c = 0; c < channels; c++) values[i * channels + c] = data[4 * i + c];
  }
  return { height, width, channels, data: values };
}
