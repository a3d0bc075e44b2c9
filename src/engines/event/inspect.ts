// `probe`: reads one layer of neurons between its forward and its backward pass, on the calling thread.
import type { NeuronSettings } from '../../neurons/lif.js';
import type { LayerProbe, ProbeOptions } from '../engine.js';
import type { NeuronSite } from './compile/compiler.js';
import { blocksOf, LANES } from './geometry.js';
import type { Host } from './host.js';
import { denseIndex, spikeAt } from './layout.js';
import { neuronGradient, runNeurons } from '../plain/neurons.js';
import { openProbe } from '../plain/probe.js';
import { pixelsOf } from './signal.js';

/**
 * Reads a site, example by example: currents and gradient as they lie there in float32, the spikes that were fired, and
 * from these on the plain engine's arithmetic.
 */
export function probeNeurons(
  host: Host,
  site: NeuronSite,
  settings: NeuronSettings,
  { traces = {} }: ProbeOptions,
): LayerProbe {
  const { layer, steps, batch, spikes } = site;
  const { channels } = spikes;
  const positions = spikes.height * spikes.width;
  const words = host.words(spikes.region.address, blocksOf(channels) * pixelsOf(spikes));
  const fired: Reader = (t, b, position, channel) =>
    spikeAt(words, (t * batch + b) * positions + position, channel, pixelsOf(spikes));
  /** `[T][H·W·C]` of an example. */
  const valuesOf = (read: Reader, example: number): Float64Array => {
    const values = new Float64Array(steps * positions * channels);
    let i = 0;
    for (let t = 0; t < steps; t++)
      for (let position = 0; position < positions; position++)
        for (let c = 0; c < channels; c++) values[i++] = read(t, example, position, c);
    return values;
  };
  const current = currentReader(host, site);
  const gradient = gradientReader(host, site);
  const probe = openProbe(layer, steps, positions * channels, settings, traces[layer]);
  for (let b = 0; b < batch; b++) {
    const trace = runNeurons(valuesOf(current, b), steps, settings, valuesOf(fired, b));
    probe.add(trace, (see) =>
      neuronGradient(trace, valuesOf(gradient, b), settings, (gO, i) =>
        see(gO, i, trace.v[i] - settings.theta),
      ),
    );
  }
  return probe.result();
}

type Reader = (step: number, example: number, position: number, channel: number) => number;

/** The summed current, with pending batch norms applied. */
function currentReader(host: Host, { terms, batch }: NeuronSite): Reader {
  const readers = terms.map((term): Reader => {
    const pixels = pixelsOf(term);
    const positions = term.height * term.width;
    const pixel = (t: number, b: number, p: number): number =>
      (term.isStatic ? b : t * batch + b) * positions + p;
    const floats = blocksOf(term.channels) * LANES;
    if (term.kind === 'spikes') {
      const words = host.words(term.region.address, blocksOf(term.channels) * pixels);
      return (t, b, p, c) => spikeAt(words, pixel(t, b, p), c, pixels);
    }
    const y = host.floats(term.region.address, floats * pixels);
    if (!term.norm) return (t, b, p, c) => y[denseIndex(pixel(t, b, p), c, pixels)];
    const scale = host.floats(term.norm.scale, floats);
    const shift = host.floats(term.norm.shift, floats);
    return (t, b, p, c) => y[denseIndex(pixel(t, b, p), c, pixels)] * scale[c] + shift[c];
  });
  return (t, b, p, c) => readers.reduce((sum, read) => sum + read(t, b, p, c), 0);
}

/** The gradient of the spikes, an average pool undone. */
function gradientReader(host: Host, { gradient, spikes, batch }: NeuronSite): Reader {
  const { poolHeight, poolWidth, region } = gradient;
  const [rows, columns] = [Math.floor(spikes.height / poolHeight), Math.floor(spikes.width / poolWidth)];
  const pixels = spikes.images * rows * columns;
  const values = host.floats(region.address, blocksOf(spikes.channels) * pixels * LANES);
  return (t, b, position, c) => {
    const y = Math.floor(Math.floor(position / spikes.width) / poolHeight);
    const x = Math.floor((position % spikes.width) / poolWidth);
    if (y >= rows || x >= columns) return 0;
    const pixel = (t * batch + b) * rows * columns + y * columns + x;
    return values[denseIndex(pixel, c, pixels)] / (poolHeight * poolWidth);
  };
}
