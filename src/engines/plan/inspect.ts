// `probe`: reads one layer of neurons between its forward and its backward pass, on the calling thread.
import type { NeuronEquations } from '../../equations/index.js';
import { lifOf, type NeuronChoice } from '../../neurons/settings.js';
import { gradientInForce, normedInForce, withNumbers } from '../../neurons/in-force.js';
import type { GradientInForce } from '../../surrogates/sgs.js';
import type { LayerProbe, ProbeOptions } from '../engine.js';
import type { NeuronSite } from './neuron-site.js';
import { blocksOf, LANES } from './geometry.js';
import type { Host } from './host.js';
import { denseIndex, spikeAt } from './layout.js';
import { batchNorm, batchNormGradient } from '../plain/batch-norm.js';
import { runEquations } from '../plain/equations.js';
import { type NeuronRun, runLif } from '../plain/neurons.js';
import { type NeuronProbe, openProbe } from '../probe.js';
import { normVector, pixelsOf, type SpikeSignal } from './signal.js';

/**
 * Reads a site whose neurons spike, example by example: currents and gradient as they lie there in float32, the spikes that
 * were fired where they are handed on, and from these on the plain engine's arithmetic.
 */
export function probeNeurons(
  host: Host,
  site: NeuronSite,
  settings: NeuronChoice,
  { traces = {} }: ProbeOptions,
): LayerProbe {
  const { layer, steps, batch, output } = site;
  const { channels } = output;
  const positions = output.height * output.width;
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
  const inForce = gradientInForce(settings, layer);
  const probe = openProbe(layer, steps, positions * channels, inForce, traces[layer]);
  if (site.normed) {
    addNormed(host, site, settings, probe, current, gradient);
    return probe.result();
  }
  const run = site.neuron ? equationRunner(host, site, site.neuron, inForce) : lifRunner(site, settings);
  const fired = output.kind === 'spikes' ? spikeReader(host, site, output) : undefined;
  for (let b = 0; b < batch; b++) {
    const { v, spikes, showFirings } = run(valuesOf(current, b), fired && valuesOf(fired, b));
    const pull = site.pull?.();
    probe.add({ v, o: spikes! }, (see) => showFirings(valuesOf(gradient, b), see, pull));
  }
  return probe.result();
}

/** Neurons whose potential is normalised: all examples at once, for the statistics of a step are those of all. */
function addNormed(
  host: Host,
  site: NeuronSite,
  settings: NeuronChoice,
  probe: NeuronProbe,
  current: Reader,
  gradient: Reader,
): void {
  const { layer, steps, batch, output, normed } = site;
  const positions = output.height * output.width;
  const whole = (read: Reader): Float64Array => {
    const values = new Float64Array(steps * batch * positions * output.channels);
    let i = 0;
    for (let t = 0; t < steps; t++)
      for (let b = 0; b < batch; b++)
        for (let position = 0; position < positions; position++)
          for (let c = 0; c < output.channels; c++) values[i++] = read(t, b, position, c);
    return values;
  };
  const norm = normed!(host);
  const fired = whole(spikeReader(host, site, output as SpikeSignal));
  const { v, spikes, showFirings } = runLif(whole(current), steps, normedInForce(settings, layer), {
    fire: (_, i) => fired[i],
    normalise: (potentials) => ({
      y: batchNorm(potentials, norm),
      back: (dz) => batchNormGradient(potentials, dz, norm).input,
    }),
  });
  probe.add({ v, o: spikes! }, (see) => showFirings(whole(gradient), see));
}

/** Runs the neurons of an example from their currents. */
type Runner = (current: Float64Array, fired?: Float64Array) => NeuronRun;

function lifRunner({ steps, layer }: NeuronSite, choice: NeuronChoice): Runner {
  const settings = gradientInForce(lifOf(choice, layer), layer);
  return (current, fired) => runLif(current, steps, settings, fired && { fire: (_, i) => fired[i] });
}

function equationRunner(
  host: Host,
  { steps, learned, numbers }: NeuronSite,
  neuron: NeuronEquations,
  settings: GradientInForce,
): Runner {
  const values = learned?.(host) ?? {};
  const inForce = numbers ? withNumbers(neuron, numbers(host)) : neuron;
  return (current, fired) => runEquations(inForce, current, steps, settings, values, fired);
}

function spikeReader(host: Host, { batch }: NeuronSite, output: SpikeSignal): Reader {
  const pixels = pixelsOf(output);
  const positions = output.height * output.width;
  const words = host.words(output.region.address, blocksOf(output.channels) * pixels);
  return (t, b, position, channel) => spikeAt(words, (t * batch + b) * positions + position, channel, pixels);
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
    const scale = host.floats(normVector(term.norm, 'scale'), floats);
    const shift = host.floats(normVector(term.norm, 'shift'), floats);
    return (t, b, p, c) => y[denseIndex(pixel(t, b, p), c, pixels)] * scale[c] + shift[c];
  });
  return (t, b, p, c) => readers.reduce((sum, read) => sum + read(t, b, p, c), 0);
}

/** The gradient of the spikes, an average pool undone. */
function gradientReader(host: Host, { gradient, output: spikes, batch }: NeuronSite): Reader {
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
