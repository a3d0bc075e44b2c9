// `probe`: reads one layer of neurons between its forward and its backward pass, in plain loops on the calling thread.
import type { NeuronSettings } from '../../neurons/lif.js';
import { surrogateParameter, surrogates } from '../../surrogates/index.js';
import { sgsScale } from '../../surrogates/sgs.js';
import type { LayerProbe, ProbeOptions } from '../engine.js';
import type { NeuronSite } from './compile/compiler.js';
import { blocksOf, LANES } from './geometry.js';
import type { Host } from './host.js';
import { denseIndex, spikeAt } from './layout.js';
import { pixelsOf } from './signal.js';

/** Reads a site; the equations are those of src/neurons/lif.ts and src/engines/tfjs/lif.ts. */
export function probeNeurons(
  host: Host,
  site: NeuronSite,
  settings: NeuronSettings,
  { traces = {} }: ProbeOptions,
): LayerProbe {
  const { steps, batch, spikes } = site;
  const { tau, theta, reset, detachReset, surrogate, scaleFloor } = settings;
  const { channels, height, width } = spikes;
  const positions = height * width;
  const perExample = positions * channels;
  const hard = reset === 'hard';
  const { derivative } = surrogates[surrogate.name];
  const parameter = surrogateParameter(surrogate);
  const current = currentReader(host, site);
  const gradientAt = gradientReader(host, site);
  const words = host.words(spikes.region.address, blocksOf(channels) * pixelsOf(spikes));
  const zeros = (): Float64Array => new Float64Array(steps);
  const [fired, squares, inWindow, negative] = [zeros(), zeros(), zeros(), zeros()];
  const firing = new Uint32Array(perExample); // by neuron, over examples and steps
  const traced = new Map((traces[site.layer] ?? []).map((neuron) => [neuron, { v: zeros(), o: zeros() }]));
  const [v, o] = [zeros(), zeros()];
  for (let b = 0; b < batch; b++)
    for (let neuron = 0; neuron < perExample; neuron++) {
      const [position, channel] = [Math.floor(neuron / channels), neuron % channels];
      let u = 0;
      for (let t = 0; t < steps; t++) {
        v[t] = tau * u + current(t, b, position, channel);
        o[t] = spikeAt(words, (t * batch + b) * positions + position, channel, pixelsOf(spikes));
        u = hard ? (1 - o[t]) * v[t] : v[t] - theta * o[t];
        fired[t] += o[t];
        firing[neuron] += o[t];
      }
      if (b === 0) {
        traced.get(neuron)?.v.set(v);
        traced.get(neuron)?.o.set(o);
      }
      let gU = 0;
      for (let t = steps - 1; t >= 0; t--) {
        let gO = gradientAt(t, b, position, channel);
        if (!detachReset) gO -= gU * (hard ? v[t] : theta);
        const h = Math.fround(derivative(v[t] - theta, parameter)); // zero where it is zero in float32
        const unbounded = sgsScale(gO, v[t], o[t], { delta: settings.delta, scaleFloor: null });
        const gV = gO * h * (scaleFloor === null ? unbounded : Math.max(scaleFloor, unbounded));
        squares[t] += gV * gV;
        inWindow[t] += Number(h > 0);
        negative[t] += Number(unbounded < 0);
        gU = tau * (gV + (hard ? gU * (1 - o[t]) : gU));
      }
    }
  const size = perExample * batch;
  const share = (times: number): number =>
    firing.reduce((n, count) => n + Number(count === times), 0) / perExample;
  const probe: LayerProbe = {
    layer: site.layer,
    spikeRate: Array.from(fired, (n) => n / size),
    gradientNorm: Array.from(squares, Math.sqrt),
    windowDensity: Array.from(inWindow, (n) => n / size),
    negativeScales: Array.from(negative, (n) => n / size),
    dead: share(0),
    saturated: share(steps * batch),
  };
  if (traces[site.layer] === undefined) return probe;
  const list = [...traced].map(([neuron, trace]) => ({ neuron, v: [...trace.v], o: [...trace.o] }));
  return { ...probe, traces: list };
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
