// Looks inside one forward and backward pass: rates, gradient norms, window densities, negative SGS scales,
// dead and saturated neurons, traces. Costs nothing when not used and changes no result.
// Tests: test/engines/tfjs/model.test.ts.
import * as tf from '@tensorflow/tfjs';
import { deltaOf } from '../../surrogates/delta.js';
import type { LayerProbe, ModelSettings, ProbeOptions } from '../engine.js';
import type { SpikeObserver } from './spike.js';

/** Collects what the observers see. */
export interface Recorder {
  observe(layer: string, step: number): SpikeObserver;
  /** Reads everything back, once; frees it. */
  read(): Promise<LayerProbe[]>;
}

/** Measurements of one layer, by time step, on the device. */
interface Seen {
  batch: number;
  spikes: tf.Tensor[]; // by neuron, summed over the batch: [H·W·C]
  gradients: tf.Tensor[]; // [‖g_v‖², share in the window, share of negative scales]
  first: { v: tf.Tensor; o: tf.Tensor }[]; // the first example, only where traces are asked for
}

const share = (condition: tf.Tensor): tf.Scalar => condition.cast('float32').mean();

/** A recorder for one pass of a model with these settings. */
export function createRecorder({ neuron, steps }: ModelSettings, { traces = {} }: ProbeOptions): Recorder {
  const layers = new Map<string, Seen>();
  const seenOf = (layer: string, batch: number): Seen => {
    const seen = layers.get(layer) ?? { batch, spikes: [], gradients: [], first: [] };
    layers.set(layer, seen);
    return seen;
  };
  const observe = (layer: string, step: number): SpikeObserver => ({
    forward(v, o) {
      const seen = seenOf(layer, v.shape[0]);
      seen.spikes[step] = tf.keep(o.sum(0).flatten());
      if (Object.hasOwn(traces, layer))
        seen.first[step] = {
          v: tf.keep(v.slice([0], [1]).flatten()),
          o: tf.keep(o.slice([0], [1]).flatten()),
        };
    },
    backward({ v, o, gO, h, gV }) {
      const scale = tf.sign(gO).mul(v.sub(o)).mul(deltaOf(neuron.delta, layer)).add(1);
      const parts = [gV.square().sum(), share(tf.greater(h, 0)), share(tf.less(scale, 0))];
      seenOf(layer, v.shape[0]).gradients[step] = tf.keep(tf.stack(parts));
    },
  });
  return {
    observe,
    read: () => Promise.all([...layers].map(([layer, seen]) => summarise(layer, seen, steps, traces[layer]))),
  };
}

async function summarise(layer: string, seen: Seen, steps: number, neurons?: number[]): Promise<LayerProbe> {
  const spikes = await readAll(seen.spikes);
  const gradients = await readAll(seen.gradients);
  const size = spikes[0].length;
  const total = (t: number): number => spikes[t].reduce((sum, n) => sum + n, 0);
  const shareFiring = (times: number, over: readonly Float32Array[] = spikes): number => {
    let count = 0;
    for (let i = 0; i < size; i++) if (over.reduce((sum, step) => sum + step[i], 0) === times) count++;
    return count / size;
  };
  const byStep = <Value>(value: (t: number) => Value): Value[] =>
    Array.from({ length: steps }, (_, t) => value(t));
  const probe: LayerProbe = {
    layer,
    spikeRate: byStep((t) => total(t) / (size * seen.batch)),
    gradientNorm: byStep((t) => Math.sqrt(gradients[t][0])),
    windowDensity: byStep((t) => gradients[t][1]),
    negativeScales: byStep((t) => gradients[t][2]),
    dead: shareFiring(0),
    saturated: shareFiring(steps * seen.batch),
    deadAt: byStep((t) => shareFiring(0, [spikes[t]])),
    saturatedAt: byStep((t) => shareFiring(seen.batch, [spikes[t]])),
  };
  if (neurons === undefined) return probe;
  const v = await readAll(seen.first.map((first) => first.v));
  const o = await readAll(seen.first.map((first) => first.o));
  const trace = (neuron: number): { neuron: number; v: number[]; o: number[] } => ({
    neuron,
    v: byStep((t) => v[t][neuron]),
    o: byStep((t) => o[t][neuron]),
  });
  return { ...probe, traces: neurons.map(trace) };
}

/** Reads kept tensors and frees them. */
async function readAll(tensors: tf.Tensor[]): Promise<Float32Array[]> {
  const values = await Promise.all(tensors.map(async (x) => new Float32Array(await x.data<'float32'>())));
  tf.dispose(tensors);
  return values;
}
