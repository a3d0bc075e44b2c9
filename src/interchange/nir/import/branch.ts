// A row of layers in the making: the layers, the shape that has been reached, factors that no weights hold yet, and the last
// layer whose rows can still take some. Tests: test/interchange/nir/import/import.test.ts.
import { conv2d, type Layer, linear } from '../../../network/layers.js';
import { countOf } from '../nodes/kind.js';
import { byChannel, type Gain, isUnity, spread, times, unity } from './gain.js';

/** Weights in float64 while factors go into them. */
export interface WeightArray {
  shape: number[];
  data: Float64Array;
}

/** State common to all branches: names that are taken, and weights by name. */
export class Parts {
  readonly weights = new Map<string, WeightArray>();
  private readonly names = new Set<string>();

  /** A name that a layer may have: that of the node where it is one, and once. */
  name(path: string): string {
    const safe = path
      .replaceAll('/', '.')
      .replace(/[^\p{L}\p{N}_.:-]/gu, '_')
      .slice(0, 180);
    const base = /^\p{L}/u.test(safe) && !(safe in Object.prototype) ? safe : `n${safe}`;
    let name = base;
    for (let i = 2; this.names.has(name); i++) name = `${base}-${i}`;
    this.names.add(name);
    return name;
  }

  /** Multiplies the outputs of a layer with weights. */
  scaleRows(layer: string, gain: Gain): void {
    const { shape, data } = this.weights.get(`${layer}.weight`)!;
    const row = data.length / shape[0];
    for (let i = 0; i < data.length; i++) data[i] *= gain[Math.floor(i / row)];
    const bias = this.weights.get(`${layer}.bias`)?.data;
    bias?.forEach((value, i) => (bias[i] = value * gain[i]));
  }
}

/** A row of layers. */
export class Branch {
  readonly layers: Layer[] = [];
  /** Factors that what it gives lacks: by channel, or by feature where it is flat. */
  gain: Gain;
  /** The layer whose rows are the channels, or the first axis of the features, of what it gives. */
  private last: string | undefined;

  /**
   * @param shape - NIR's, of what it begins with
   * @param order - where an image was flattened: its shape; features go by C·H·W there and by H·W·C here
   */
  constructor(
    readonly parts: Parts,
    public shape: number[],
    public order: number[] | undefined,
  ) {
    this.gain = unity(shape[0]);
  }

  /** Adds a layer that changes the shape, and leaves channels what they are. */
  add(layer: Layer, shape: number[]): void {
    this.layers.push(layer);
    this.shape = shape;
  }

  /** Adds a layer with weights, whose columns have taken the factors. */
  addWeights(layer: Layer, shape: number[]): void {
    this.add(layer, shape);
    this.gain = unity(shape[0]);
    this.last = layer.name;
  }

  /** Adds what no factors of weights before it reach through: neurons, sums. */
  addBarrier(layer: Layer): void {
    this.add(layer, this.shape);
    this.last = undefined;
  }

  /** Makes an image flat; undefined layer where it has one pixel and is flat already. */
  flatten(layer: Layer | undefined): void {
    const each = countOf(this.shape.slice(1));
    if (layer) this.layers.push(layer);
    if (each > 1) this.order = this.shape;
    this.gain = spread(this.gain, each);
    this.shape = [this.gain.length];
  }

  /** Features of this place in the order in which ours go. */
  ours(feature: number): number {
    if (this.order === undefined) return feature;
    const [channels, ...sizes] = this.order;
    const pixels = countOf(sizes);
    return (feature % pixels) * channels + Math.floor(feature / pixels);
  }

  /** Puts factors into weights: those that what it gives lacks, and more. A layer is added where no weights can take them. */
  settle(path: string, more: Gain = unity(this.shape[0])): void {
    const wanted = times(this.gain, more);
    this.gain = unity(this.shape[0]);
    if (isUnity(wanted)) return;
    const rows =
      this.last === undefined ? undefined : this.parts.weights.get(`${this.last}.weight`)!.shape[0];
    const byRow = rows === undefined ? undefined : byChannel(wanted, rows);
    if (byRow !== undefined) return this.parts.scaleRows(this.last!, byRow);
    const name = this.parts.name(`${path}.gain`);
    const count = wanted.length;
    const data = new Float64Array(count * count);
    wanted.forEach((factor, i) => (data[this.ours(i) * (count + 1)] = factor));
    const isImage = this.shape.length === 3;
    this.parts.weights.set(`${name}.weight`, {
      shape: isImage ? [count, count, 1, 1] : [count, count],
      data,
    });
    const layer = isImage
      ? conv2d(name, count, count, { kernel: 1, padding: 0 })
      : linear(name, count, count, false);
    this.layers.push(layer);
    this.last = undefined;
  }
}
