// Filters of the first convolution as pictures. Tests: test/inspection/weights.test.ts.
import { SettingsError } from '../errors.js';
import type { Picture } from '../figures/images.js';
import { type Network } from '../network/layers.js';
import { placeLayers } from '../network/shapes.js';
import type { TensorMap } from '../network/parameters.js';

/**
 * The filters of a network's first convolution, for `imageGrid`: of three input channels in colour, of one in grey. Grey is zero, black
 * and white the largest weight of all filters.
 *
 * @param network - whose first convolution it is
 * @param weights - by the names of the layers, kernels `[out, in, H, W]`
 * @returns a picture for each filter, `[H, W, 1 or 3]`, its number as caption
 * @throws SettingsError where the network has no convolution or its input has another number of channels
 */
export function filterImages(network: Network, weights: TensorMap): Picture[] {
  const first = placeLayers(network).find(({ layer }) => layer.type === 'conv2d');
  if (first === undefined)
    throw new SettingsError(
      `filterImages: ${network.name} has no convolution; weightHistogram shows the weights of any network`,
    );
  const { data, shape } = weights[`${first.layer.name}.weight`];
  const [filters, channels, height, width] = shape;
  if (channels !== 1 && channels !== 3)
    throw new SettingsError(
      `filterImages: ${first.layer.name} has ${channels} input channels, pictures have 1 or 3; weightHistogram shows any weights`,
    );
  const largest = Array.from(data).reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
  const pixelsOf = (filter: number): Uint8Array => {
    const pixels = new Uint8Array(height * width * channels);
    for (let c = 0; c < channels; c++)
      for (let place = 0; place < height * width; place++) {
        const value = data[(filter * channels + c) * height * width + place];
        pixels[place * channels + c] = Math.round(127.5 * (1 + value / largest));
      }
    return pixels;
  };
  return Array.from({ length: filters }, (_, filter) => ({
    ...{ width, height, channels, caption: String(filter) },
    pixels: pixelsOf(filter),
  }));
}
