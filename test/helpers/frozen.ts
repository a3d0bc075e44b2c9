// A network's loss in plain float64 loops, whose decisions (spikes, masks, the largest of a block) are made once and then
// frozen: around that point it is smooth, with the surrogate's derivative in place of the step's, so that central
// differences of it are what an engine has to give as gradients (δ = 0).
import type { Batch } from '../../src/data/dataset.js';
import type { ModelSettings } from '../../src/engines/engine.js';
import type { Layer, Network } from '../../src/network/layers.js';
import { lifOf, thresholdOf } from '../../src/neurons/settings.js';
import { surrogates } from '../../src/surrogates/index.js';
import { type NamedSurrogate, surrogateParameter } from '../../src/surrogates/settings.js';

/** Weights and running statistics by name. */
export type Doubles = Record<string, Float64Array>;

/** Values `[images][H][W][C]`, images time-major; as many as there are examples while they are the same at every step. */
interface Values {
  x: Float64Array;
  images: number;
  height: number;
  width: number;
  channels: number;
}

interface Firing {
  v: Float64Array;
  o: Float64Array;
}

/** The loss of one batch around the weights that it is first computed for. */
export class FrozenNetwork {
  /** How near a decision is to falling the other way, beside how far rounding in float32 can move it. */
  margin = Infinity;
  /**
   * By how much batch norms enlarge what they are given, at most, where the variance is nearly nothing: rounding too. One over
   * two values gives ±1 whatever they are: of its gradient only rounding is left.
   */
  amplified = 1;
  /** The same of all batch norms of the last pass one behind the other: what rounding in a gradient is enlarged by. */
  compounded = 1;
  /** Time-mean logits of the last pass, `[B][classes]`. */
  logits = new Float64Array(0);
  private readonly firings = new Map<string, Firing>();
  private readonly chosen = new Map<string, Int32Array>();
  private readonly masks = new Map<string, Uint8Array>();

  constructor(
    private readonly network: Network,
    private readonly settings: ModelSettings,
    private readonly batch: Batch,
    /** With the statistics of the batch, or running ones. */
    private readonly training: boolean,
  ) {}

  /** Classification loss and, in training, penalty. The first call makes the decisions. */
  loss(weights: Doubles): number {
    const { network, batch } = this;
    this.compounded = 1;
    const dynamic = batch.shape.length === 5;
    const [height, width, channels] = network.input;
    const images = dynamic ? this.settings.steps * batch.labels.length : batch.labels.length;
    const first: Values = { x: Float64Array.from(batch.x), images, height, width, channels };
    const last = this.overTime(this.run(network.layers, first, weights));
    return this.classification(last.x) + (this.training ? this.penalty(weights) : 0);
  }

  private run(layers: Layer[], start: Values, weights: Doubles): Values {
    return layers.reduce((values, layer) => this.layer(layer, values, weights), start);
  }

  private overTime(values: Values): Values {
    const { steps } = this.settings;
    if (values.images === steps * this.batch.labels.length) return values;
    const x = new Float64Array(values.x.length * steps);
    for (let t = 0; t < steps; t++) x.set(values.x, t * values.x.length);
    return { ...values, x, images: values.images * steps };
  }

  private layer(layer: Layer, values: Values, weights: Doubles): Values {
    const own = (suffix: string): Float64Array => weights[`${layer.name}.${suffix}`];
    switch (layer.type) {
      case 'conv2d':
        return convolve(values, own('weight'), layer.bias ? own('bias') : undefined, layer);
      case 'linear': {
        const flat = { ...values, height: 1, width: 1, channels: values.x.length / values.images };
        const { out } = layer;
        const kernel = { kernel: 1, stride: 1, padding: 0, out };
        return convolve(flat, own('weight'), layer.bias ? own('bias') : undefined, kernel);
      }
      case 'flatten':
        return { ...values, height: 1, width: 1, channels: values.x.length / values.images };
      case 'batchNorm':
        return this.batchNorm(layer.name, values, weights);
      case 'scaledNorm':
      case 'stepNorm':
      case 'neuNorm':
      case 'mpbn':
        throw new Error('frozen: no such norm');
      case 'neuron':
        throw new Error('frozen: no equations');
      case 'lif':
        return this.neurons(layer.name, this.overTime(values));
      case 'relu':
        return { ...values, x: values.x.map(masked(this.mask(layer.name, values.x))) };
      case 'avgPool2d':
        return averagePool(values, layer.size, layer.size);
      case 'globalAvgPool2d':
        return averagePool(values, values.height, values.width);
      case 'maxPool2d':
        return this.maxPool(layer.name, values, layer.size);
      case 'residual': {
        let [body, shortcut] = [
          this.run(layer.body, values, weights),
          this.run(layer.shortcut, values, weights),
        ];
        if (body.images !== shortcut.images)
          [body, shortcut] = [this.overTime(body), this.overTime(shortcut)];
        return { ...body, x: body.x.map((value, i) => value + shortcut.x[i]) };
      }
    }
  }

  private batchNorm(name: string, values: Values, weights: Doubles): Values {
    const { batchNorm, neuron } = this.settings;
    const gain = batchNorm.kind === 'tdbn' ? batchNorm.alpha * thresholdOf(neuron) : 1;
    const { channels } = values;
    const count = values.x.length / channels;
    const [gamma, beta] = [weights[`${name}.weight`], weights[`${name}.bias`]];
    const x = new Float64Array(values.x.length);
    let enlarged = this.training && count < 3 ? Infinity : 1;
    for (let c = 0; c < channels; c++) {
      let [mean, variance] = [weights[`${name}.runningMean`][c], weights[`${name}.runningVariance`][c]];
      if (this.training) {
        [mean, variance] = [0, 0];
        for (let i = c; i < x.length; i += channels) mean += values.x[i] / count;
        for (let i = c; i < x.length; i += channels) variance += (values.x[i] - mean) ** 2 / count;
      }
      const scale = (gain * gamma[c]) / Math.sqrt(variance + batchNorm.epsilon);
      let largest = Math.abs(mean);
      for (let i = c; i < x.length; i += channels) {
        x[i] = (values.x[i] - mean) * scale + beta[c];
        largest = Math.max(largest, Math.abs(values.x[i]));
      }
      enlarged = Math.max(enlarged, Math.abs(scale) * largest);
    }
    this.amplified = Math.max(this.amplified, enlarged);
    this.compounded *= enlarged;
    return { ...values, x };
  }

  private decided(distance: number): void {
    if (distance !== 0) this.margin = Math.min(this.margin, Math.abs(distance) / this.amplified);
  }

  private mask(name: string, x: Float64Array): Uint8Array {
    const known = this.masks.get(name);
    if (known) return known;
    const mask = Uint8Array.from(x, (value) => (this.decided(value), Number(value > 0)));
    this.masks.set(name, mask);
    return mask;
  }

  private neurons(name: string, values: Values): Values {
    const { steps, neuron } = this.settings;
    const { tau, theta, reset, detachReset } = lifOf(neuron, name);
    const surrogate = neuron.surrogate as NamedSurrogate;
    const parameter = surrogateParameter(surrogate);
    const { derivative } = surrogates[surrogate.name];
    const edge = surrogate.name === 'rectangle' ? parameter / 2 : Infinity;
    const size = values.x.length / steps;
    const known = this.firings.get(name);
    const made: Firing = known ?? {
      v: new Float64Array(values.x.length),
      o: new Float64Array(values.x.length),
    };
    const out = new Float64Array(values.x.length);
    for (let neuronAt = 0; neuronAt < size; neuronAt++) {
      let u = 0;
      for (let t = 0; t < steps; t++) {
        const i = t * size + neuronAt;
        const v = tau * u + values.x[i];
        if (!known) {
          made.v[i] = v;
          made.o[i] = Number(v > theta);
          this.decided(v - theta);
          this.decided(Math.abs(v - theta) - edge);
        }
        const o = made.o[i] + derivative(made.v[i] - theta, parameter) * (v - made.v[i]);
        const felt = detachReset ? made.o[i] : o;
        u = reset === 'hard' ? (1 - felt) * v : v - theta * felt;
        out[i] = o;
      }
    }
    this.firings.set(name, made);
    return { ...values, x: out };
  }

  private maxPool(name: string, values: Values, size: number): Values {
    const known = this.chosen.get(name);
    const pooled = averagePool(values, size, size);
    const chosen = known ?? new Int32Array(pooled.x.length);
    const { height, width, channels } = values;
    for (let i = 0; i < pooled.x.length; i++) {
      if (!known) {
        const c = i % channels;
        const column = Math.floor(i / channels) % pooled.width;
        const row = Math.floor(i / channels / pooled.width) % pooled.height;
        const image = Math.floor(i / channels / pooled.width / pooled.height);
        let best = -1;
        for (let dy = 0; dy < size; dy++)
          for (let dx = 0; dx < size; dx++) {
            const at = ((image * height + row * size + dy) * width + column * size + dx) * channels + c;
            if (best >= 0) this.decided(values.x[at] - values.x[best]);
            if (best < 0 || values.x[at] > values.x[best]) best = at;
          }
        chosen[i] = best;
      }
      pooled.x[i] = values.x[chosen[i]];
    }
    this.chosen.set(name, chosen);
    return pooled;
  }

  private classification(values: Float64Array): number {
    const { steps, loss } = this.settings;
    const { classes } = this.network;
    const { labels } = this.batch;
    const size = labels.length * classes;
    this.logits = Float64Array.from({ length: size }, (_, i) => {
      let sum = 0;
      for (let t = 0; t < steps; t++) sum += values[t * size + i] / steps;
      return sum;
    });
    const crossEntropy = (logits: Float64Array): number => {
      let sum = 0;
      for (const [b, label] of labels.entries()) {
        const row = logits.subarray(b * classes, (b + 1) * classes);
        const most = Math.max(...row);
        sum += most + Math.log(row.reduce((total, z) => total + Math.exp(z - most), 0)) - row[label];
      }
      return sum / labels.length;
    };
    if (Array.isArray(loss) || loss.kind === 'rateMse') throw new Error('no such loss here');
    if (loss.kind === 'mean') return crossEntropy(this.logits);
    let [entropy, pull] = [0, 0];
    for (let t = 0; t < steps; t++)
      entropy += crossEntropy(values.subarray(t * size, (t + 1) * size)) / steps;
    for (const z of values) pull += (z - loss.target) ** 2 / values.length;
    return (1 - loss.lambda) * entropy + loss.lambda * pull;
  }

  /** `(beta/2)·Σ‖G − I‖²` over the smaller Gram matrix of every kernel, a row for each output. */
  private penalty(weights: Doubles): number {
    const { beta } = this.settings.lipschitz;
    let sum = 0;
    const visit = (layer: Layer): void => {
      if (layer.type === 'residual') [...layer.body, ...layer.shortcut].forEach(visit);
      if (beta === 0 || (layer.type !== 'conv2d' && layer.type !== 'linear')) return;
      const m = weights[`${layer.name}.weight`];
      const columns = m.length / layer.out;
      const rowwise = layer.out <= columns;
      const n = rowwise ? layer.out : columns;
      const at = (i: number, k: number): number => (rowwise ? m[i * columns + k] : m[k * columns + i]);
      for (let i = 0; i < n; i++)
        for (let j = 0; j < n; j++) {
          let entry = i === j ? -1 : 0;
          for (let k = 0; k < (rowwise ? columns : layer.out); k++) entry += at(i, k) * at(j, k);
          sum += (beta / 2) * entry * entry;
        }
    };
    this.network.layers.forEach(visit);
    return sum;
  }
}

const masked =
  (mask: Uint8Array) =>
  (value: number, i: number): number =>
    mask[i] * value;

function convolve(
  { x, images, height, width, channels }: Values,
  weight: Float64Array,
  bias: Float64Array | undefined,
  { kernel, stride, padding, out }: { kernel: number; stride: number; padding: number; out: number },
): Values {
  const size = (n: number): number => Math.floor((n + 2 * padding - kernel) / stride) + 1;
  const [rows, columns] = [size(height), size(width)];
  const y = new Float64Array(images * rows * columns * out);
  for (let n = 0, to = 0; n < images; n++)
    for (let oy = 0; oy < rows; oy++)
      for (let ox = 0; ox < columns; ox++, to += out) {
        if (bias) y.set(bias, to);
        for (let ky = 0; ky < kernel; ky++) {
          const iy = oy * stride - padding + ky;
          if (iy < 0 || iy >= height) continue;
          for (let kx = 0; kx < kernel; kx++) {
            const ix = ox * stride - padding + kx;
            if (ix < 0 || ix >= width) continue;
            const from = ((n * height + iy) * width + ix) * channels;
            for (let i = 0; i < channels; i++) {
              const value = x[from + i];
              if (value === 0) continue;
              for (let o = 0; o < out; o++)
                y[to + o] += value * weight[((o * channels + i) * kernel + ky) * kernel + kx];
            }
          }
        }
      }
  return { x: y, images, height: rows, width: columns, channels: out };
}

function averagePool(values: Values, poolHeight: number, poolWidth: number): Values {
  const { images, height, width, channels } = values;
  const [rows, columns] = [Math.floor(height / poolHeight), Math.floor(width / poolWidth)];
  const x = new Float64Array(images * rows * columns * channels);
  for (let n = 0; n < images; n++)
    for (let y = 0; y < rows * poolHeight; y++)
      for (let z = 0; z < columns * poolWidth; z++)
        for (let c = 0; c < channels; c++)
          x[((n * rows + Math.floor(y / poolHeight)) * columns + Math.floor(z / poolWidth)) * channels + c] +=
            values.x[((n * height + y) * width + z) * channels + c] / (poolHeight * poolWidth);
  return { x, images, height: rows, width: columns, channels };
}
