// A graph while it is being written, and what goes through it: nodes whose outputs add up, each still to be multiplied by a number.
// Tests: test/interchange/nir/to-graph.test.ts.
import { SettingsError } from '../../errors.js';
import { type Shape, sizeOf } from '../../network/geometry.js';
import { affineNode, conv2dNode, type Dense, finished, scaleOutputs } from './dense.js';
import type { NirGraph, NirNode } from './graph.js';

/** The output of a node, and what it is still to be multiplied by. */
export interface Term {
  node: string;
  gain: number;
  /** Its weights, as long as nothing else takes its output: what follows can be folded into them. */
  open?: Dense;
}

/** Input and output of a layer: a sum of terms. */
export interface Signal {
  terms: Term[];
  /** The image that NIR sees, as height, width, channels. Where it is {@link flattened}, ours has become `[1, 1, H·W·C]`. */
  image: Shape;
  flattened: boolean;
  /** Whether NIR sees one axis, in the order C·H·W, and no image. */
  flat: boolean;
}

/** The shape that NIR has for it. */
export const nirShape = ({ image, flat }: Signal): number[] =>
  flat ? [sizeOf(image)] : [image[2], image[0], image[1]];

/** The most values that a node may get: half a GiB of float64. */
const MOST_VALUES = 2 ** 26;

/** Nodes and edges, under names that Python takes for identifiers. */
export class Writing {
  private readonly nodes = new Map<string, NirNode | Dense>();
  private readonly edges: [string, string][] = [];

  /** @param network - its name, for errors */
  constructor(readonly network: string) {}

  /** Adds a node that is fed by others, and says under which name. */
  add(layer: string, node: NirNode | Dense, sources: readonly string[] = []): string {
    const base = layer.replace(/[^A-Za-z0-9_]/g, '_');
    let name = base;
    for (let i = 2; this.nodes.has(name); i++) name = `${base}_${i}`;
    this.nodes.set(name, node);
    for (const source of sources) this.edges.push([source, name]);
    return name;
  }

  /** Adds a sum over weighted inputs. */
  addDense(layer: string, dense: Dense, sources: readonly string[]): Term {
    return { node: this.add(layer, dense, sources), gain: 1, open: dense };
  }

  /** Nodes to take the edges from, and the one number that all of them are still to be multiplied by. */
  sources(layer: string, signal: Signal): { from: string[]; gain: number } {
    const [{ gain }] = signal.terms;
    const same = signal.terms.every((term) => term.gain === gain);
    const terms = same ? signal.terms : this.multiplied(layer, signal, 1);
    return { from: terms.map(({ node }) => node), gain: same ? gain : 1 };
  }

  /** The same with every term multiplied out, and by `factor`: into its weights, else by a node of its own. */
  multiplied(layer: string, signal: Signal, factor: number): Term[] {
    return signal.terms.map((term) => {
      const gain = term.gain * factor;
      if (gain === 1) return term;
      if (term.open === undefined)
        return this.diagonal(`${layer}.gain`, { ...signal, terms: [term] }, () => factor);
      scaleOutputs(term.open, () => gain);
      return { ...term, gain: 1 };
    });
  }

  /** A node that multiplies each channel, each feature where there is no image, and adds to it. */
  diagonal(
    layer: string,
    signal: Signal,
    factor: (channel: number) => number,
    addend: (channel: number) => number = () => 0,
  ): Term {
    const { from, gain } = this.sources(layer, signal);
    const [height, width] = signal.image;
    const [channels] = nirShape(signal);
    this.checkSize(layer, channels ** 2);
    const weight = new Float64Array(channels ** 2);
    const bias = new Float64Array(channels);
    for (let c = 0; c < channels; c++) {
      weight[c * (channels + 1)] = factor(c) * gain;
      bias[c] = addend(c);
    }
    const dense: Dense = signal.flat
      ? { shape: [channels, channels], weight, bias, constant: true, node: affineNode }
      : {
          shape: [channels, channels, 1, 1],
          ...{ weight, bias, constant: true },
          node: conv2dNode([height, width], { stride: [1, 1], padding: [0, 0] }),
        };
    return this.addDense(layer, dense, from);
  }

  /** @throws SettingsError where a node would be too large */
  checkSize(layer: string, values: number): void {
    if (values > MOST_VALUES)
      throw new SettingsError(
        `${this.network}: ${layer} would be written with ${values.toLocaleString('en')} weights, the most is ${MOST_VALUES.toLocaleString('en')}; use --vocabulary plain, or fewer channels`,
      );
  }

  /** The graph, its weights rounded to float32. */
  graph(): NirGraph {
    const nodes = new Map(
      [...this.nodes].map(([name, node]) => [name, 'fields' in node ? node : finished(node)]),
    );
    return { type: 'NIRGraph', nodes, edges: this.edges };
  }
}
