// The part of a 2-d canvas that Plotly uses to draw heat maps: filled rectangles and pixels in, PNG out.
import { createRequire } from 'node:module';

interface Pixels {
  width: number;
  height: number;
  data: Uint8ClampedArray;
}

type Rgba = [red: number, green: number, blue: number, alpha: number];

// The package is CommonJS; loading it costs nothing until a heat map or an image is drawn.
const require = createRequire(import.meta.url);

/**
 * PNG bytes of RGBA pixels.
 *
 * pngjs chooses filters in JavaScript and asks zlib for run lengths only (Z_RLE), a strategy without hash
 * chains: unlike zlib's default it gives the same bytes on every build and processor.
 *
 * @param width - in pixels
 * @param height - in pixels
 * @param rgba - `height × width × 4` bytes, row by row
 */
export function encodePng(width: number, height: number, rgba: ArrayLike<number>): Uint8Array {
  const { PNG } = require('pngjs') as typeof import('pngjs');
  const png = new PNG({ width, height });
  png.data.set(rgba);
  return PNG.sync.write(png, { deflateLevel: 9, deflateStrategy: 3 });
}

/** A PNG as the data URI that SVG, HTML and Plotly's `layout.images` take. */
export const pngDataUri = (png: Uint8Array): string =>
  `data:image/png;base64,${Buffer.from(png).toString('base64')}`;

/** A canvas of fixed size, cleared to transparent. */
export class Canvas {
  fillStyle = 'rgb(0,0,0)';
  private readonly pixels: Pixels;

  constructor(width: number, height: number) {
    this.pixels = this.createImageData(width, height);
  }

  /** An empty picture, as `CanvasRenderingContext2D.createImageData`. */
  createImageData(width: number, height: number): Pixels {
    return { width, height, data: new Uint8ClampedArray(width * height * 4) };
  }

  /** Replaces the pixels from (left, top) on; what falls outside is dropped. */
  putImageData(image: Pixels, left: number, top: number): void {
    const { width, height, data } = this.pixels;
    for (let y = 0; y < image.height; y++)
      for (let x = 0; x < image.width; x++) {
        if (x + left < 0 || x + left >= width || y + top < 0 || y + top >= height) continue;
        const from = (y * image.width + x) * 4;
        data.set(image.data.subarray(from, from + 4), ((y + top) * width + x + left) * 4);
      }
  }

  /** Fills a rectangle of whole pixels with `fillStyle`, an `rgb()` or `rgba()` colour, without blending. */
  fillRect(left: number, top: number, width: number, height: number): void {
    const colour = parseColour(this.fillStyle);
    const right = Math.min(left + width, this.pixels.width);
    const bottom = Math.min(top + height, this.pixels.height);
    for (let y = Math.max(top, 0); y < bottom; y++)
      for (let x = Math.max(left, 0); x < right; x++)
        this.pixels.data.set(colour, (y * this.pixels.width + x) * 4);
  }

  /** The picture as a PNG data URI. */
  toDataURL(): string {
    return pngDataUri(encodePng(this.pixels.width, this.pixels.height, this.pixels.data));
  }
}

function parseColour(style: string): Rgba {
  const [red, green, blue, alpha = 1] = (style.match(/[\d.]+/g) ?? []).map(Number);
  return [red, green, blue, Math.round(alpha * 255)];
}
