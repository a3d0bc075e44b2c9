// Spikes and potentials of the layers in the page: a picture of pixels for each time step, and bars. Tests: test/page/page.slow.ts.
import type { LayerPicture } from './inside.js';
import { potentialsSvg } from './potentials.js';

/** Puts the layers into a place of the page. `theta`: the threshold, where there is one for all. */
export function showInside(place: Element, layers: readonly LayerPicture[], theta: number | null): void {
  place.replaceChildren(...layers.map((layer) => layerRow(layer, theta)));
}

function layerRow(picture: LayerPicture, theta: number | null): Element {
  const { layer, height, width, channels, spikes, rates, potentials } = picture;
  const row = document.createElement('div');
  row.className = 'layer';
  const title = document.createElement('h3');
  title.textContent = `${layer}: ${height} × ${width} × ${channels}`;
  const maps = document.createElement('div');
  maps.className = 'maps';
  maps.append(
    ...spikes.map((shares, t) => {
      const figure = document.createElement('figure');
      const caption = document.createElement('figcaption');
      caption.textContent = `${(100 * rates[t]).toFixed(0)} %`;
      figure.append(spikeMap(shares, width, height, t), caption);
      return figure;
    }),
  );
  const histogram = document.createElement('div');
  histogram.className = 'potentials';
  histogram.innerHTML = potentialsSvg(potentials, theta);
  row.append(title, maps, histogram);
  return row;
}

/** Colour comes from the style sheet, through the canvas's own: its opacity is the share that fires. */
function spikeMap(shares: readonly number[], width: number, height: number, t: number): Element {
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', `spikes at step ${t + 1}`);
  const [red, green, blue] = matchMedia('(prefers-color-scheme: dark)').matches
    ? [121, 192, 255]
    : [0, 84, 147];
  const data = new ImageData(width, height);
  shares.forEach((share, i) => data.data.set([red, green, blue, Math.round(255 * share)], 4 * i));
  canvas.getContext('2d')!.putImageData(data, 0, 0);
  return canvas;
}
