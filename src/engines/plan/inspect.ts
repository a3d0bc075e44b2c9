// `probe`: reads one layer of neurons between its forward and its backward pass, on the calling thread.
import type { NeuronEquations } from '../../equations/index.js';
import { lifOf, type NeuronChoice } from '../../neurons/settings.js';
import { gradientInForce, normedInForce, withNumbers } from '../../neurons/in-force.js';
import type { GradientInForce } from '../../surrogates/sgs.js';
import { derivativeOf } from '../../surrogates/settings.js';
import type { LayerProbe, ProbeOptions } from '../engine.js';
import type { NeuronSite } from './neuron-site.js';
import { blocksOf, LANES } from './geometry.js';
import type { Host } from './host.js';
import { denseIndex, spikeAt } from './layout.js';
import { neuronGradient, runNeurons } from '../plain/neurons.js';
import { runEquations } from '../plain/equations.js';
import { mpbnGradient, runMpbn } from '../plain/mpbn.js';
import { type NeuronProbe, openProbe, type See } from '../plain/probe.js';
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
    const { trace, back } = run(valuesOf(current, b), fired && valuesOf(fired, b));
    probe.add(trace, (see) => back(valuesOf(gradient, b), see));
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
  const neuron = normedInForce(settings, layer);
  const h = derivativeOf(neuron.surrogate);
  const how = { neuron, steps, norm: normed!(host) };
  const fired = whole(spikeReader(host, site, output as SpikeSignal));
  const run = runMpbn(whole(current), how, (_, i) => fired[i]);
  probe.add({ v: run.z, o: run.o }, (see) =>
    mpbnGradient(run, whole(gradient), how, (gO, i) => {
      const u = run.z[i] - neuron.theta;
      return see(gO, i, u, h(u));
    }),
  );
}

/** Runs the neurons of an example from their currents: the trace, and a way back that shows each firing. */
type Runner = (
  current: Float64Array,
  fired?: Float64Array,
) => {
  trace: { v: Float64Array; o: Float64Array };
  back(gradient: Float64Array, see: See): void;
};

function lifRunner({ steps, layer }: NeuronSite, choice: NeuronChoice): Runner {
  const settings = gradientInForce(lifOf(choice, layer), layer);
  const h = derivativeOf(settings.surrogate);
  return (current, fired) => {
    const trace = runNeurons(current, steps, settings, fired);
    const back = (gradient: Float64Array, see: See): void =>
      void neuronGradient(trace, gradient, settings, (gO, i) => {
        const u = trace.v[i] - settings.theta;
        return see(gO, i, u, h(u));
      });
    return { trace, back };
  };
}

function equationRunner(
  host: Host,
  { steps, learned, numbers, pull }: NeuronSite,
  neuron: NeuronEquations,
  settings: GradientInForce,
): Runner {
  const values = learned?.(host) ?? {};
  const inForce = numbers ? withNumbers(neuron, numbers(host)) : neuron;
  return (current, fired) => {
    const { v, spikes, showFirings } = runEquations(inForce, current, steps, settings, values, fired);
    return {
      trace: { v, o: spikes! },
      back: (gradient: Float64Array, see: See): void => showFirings(gradient, see, pull?.()),
    };
  };
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
