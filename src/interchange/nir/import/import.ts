// A graph of NIR as a network of ours with its weights, to be evaluated and trained on by every engine. Where edges part and
// meet again there is a residual block. What has no counterpart is refused by name of the node; `runNir` simulates it.
import { UnsupportedError } from '../../../errors.js';
import type { Layer, Network } from '../../../network/layers.js';
import { residual } from '../../../network/layers.js';
import type { TensorMap } from '../../../network/parameters.js';
import { placeLayers } from '../../../network/shapes.js';
import type { NeuronSettings } from '../../../neurons/lif.js';
import { soundGraph } from '../check.js';
import { type NirConventions, settledConventions } from '../conventions.js';
import { nodeText } from '../finding.js';
import { factsOf } from '../facts.js';
import type { NirGraph, NirNode } from '../graph.js';
import { nodeKind } from '../nodes/index.js';
import { shapeText } from '../nodes/kind.js';
import { Branch, Parts } from './branch.js';
import { byChannel, type Gain } from './gain.js';
import { ADD } from './layers.js';
import { type ImportedNeurons, importedNeurons } from './neurons.js';
import { refuse } from './refuse.js';
import { type Wiring, wiringOf } from './wiring.js';

/** A network of a NIR file. */
export interface ImportedNetwork {
  network: Network;
  /** By our names, float32: for `engine.createModel(network, settings, weights)`. */
  weights: TensorMap;
  /** The neuron of all its layers: for the settings of a model. */
  neuron: Pick<NeuronSettings, 'tau' | 'theta' | 'reset'>;
  /** Time steps that it was trained with, where its metadata say so. */
  steps?: number;
}

/**
 * Makes a network of ours of a graph. Factors that NIR keeps in neurons (r, thresholds that differ) and in scalings go into
 * weights; groups of convolutions become zeros between them.
 *
 * @param graph - as read by `readNir`
 * @param conventions - win over those in the metadata of the graph; all that its neurons need must be given or stand there
 * @param name - of the network; default `nir`
 * @returns network, weights and the settings of its neurons, as `engine.createModel` takes them
 * @throws SettingsError where the graph does not hold together or a convention is missing; UnsupportedError naming the node that
 *   has no counterpart
 *
 * @example
 * ```ts
 * const { network, weights, neuron } = importNir(await readNir('network.nir'), { dt: 1e-4, reset: 'zero' });
 * ```
 */
export function importNir(graph: NirGraph, conventions: NirConventions = {}, name = 'nir'): ImportedNetwork {
  const { flat, shapes, run } = soundGraph(graph);
  const { nodes, inputs, outputs } = flat;
  for (const [path, node] of nodes)
    if (!Object.hasOwn(ADD, node.type)) refuse(path, node, 'has no counterpart in a network of ours');
  if (run.loops.length > 0) {
    const [path] = run.loops[0];
    refuse(path, nodes.get(path), 'is in a loop, and networks of ours have none');
  }
  if (inputs.length + outputs.length !== 2)
    throw new UnsupportedError(
      `NIR import: the graph has ${inputs.length} Inputs and ${outputs.length} Outputs, and a network of ours one of each; runNir simulates it as it is`,
    );
  const settled = settledConventions(
    conventions,
    graph.metadata,
    [...nodes].map(([path, node]) => [nodeText(path, node), nodeKind(node.type)!.needs]),
  );
  const populations = new Map([...nodes].filter(([, { type }]) => type === 'LIF' || type === 'IF'));
  const neurons = importedNeurons(populations, settled);
  const [input] = inputs;
  const shape = shapes.get(input)!.gives;
  if (shape.length !== 1 && shape.length !== 3)
    refuse(
      input,
      nodes.get(input),
      `has shape ${shapeText(shape)}, and ours are [channels, height, width] or [features]`,
    );
  const builder = new Builder(nodes, (path) => shapes.get(path)!.gives, wiringOf(flat, run.order), neurons);
  const branch = builder.whole(input, outputs[0]);
  const [channels, height = 1, width = 1] = shape;
  const network: Network = {
    name,
    input: [height, width, channels],
    classes: branch.shape[0],
    layers: branch.layers,
  };
  placeLayers(network); // whatever else is no network of ours
  const { steps } = factsOf(graph);
  return {
    network,
    weights: Object.fromEntries(
      [...branch.parts.weights].map(([key, weight]) => [
        key,
        { shape: weight.shape, data: Float32Array.from(weight.data) },
      ]),
    ),
    neuron: neurons.neuron,
    ...(steps !== undefined && { steps }),
  };
}

class Builder {
  private readonly parts = new Parts();

  constructor(
    private readonly nodes: ReadonlyMap<string, NirNode>,
    private readonly gives: (path: string) => number[],
    private readonly wiring: Wiring,
    private readonly neurons: ImportedNeurons,
  ) {}

  whole(input: string, output: string): Branch {
    const branch = new Branch(this.parts, this.gives(input), undefined);
    this.follow(branch, input, output);
    branch.settle(output);
    return branch;
  }

  /**
   * Adds what lies between a node, whose values the branch has, and another.
   *
   * @returns how many edges into `stop` it has followed
   */
  private follow(branch: Branch, from: string, stop: string): number {
    for (let at = from; ;) {
      const next = this.wiring.targets(at);
      if (next.length === 1) {
        if (next[0] === stop) return 1;
        this.enter(branch, next[0], 1);
        at = next[0];
        continue;
      }
      const join = this.wiring.join(at);
      branch.settle(at);
      const arrived = this.part(branch, at, next, join);
      if (join === stop) return arrived;
      this.add(branch, join, arrived, true);
      at = join;
    }
  }

  /** Adds a residual block for edges that part at a node and meet at another. Factors that are asked for there go into its branches. */
  private part(branch: Branch, at: string, next: readonly string[], join: string): number {
    let arrived = 0;
    const branches = next.map((target) => {
      const one = new Branch(this.parts, branch.shape, branch.order);
      if (target === join) arrived++;
      else {
        this.enter(one, target, 1);
        arrived += this.follow(one, target, join);
      }
      one.settle(join, this.asked(one, join));
      return one;
    });
    const [first, ...others] = branches.sort((a, b) => b.layers.length - a.layers.length);
    const sum = (rest: Branch[]): Layer[] =>
      rest.length === 1
        ? rest[0].layers
        : [residual(this.parts.name(`${join}.sum`), rest[0].layers, sum(rest.slice(1)))];
    branch.addBarrier(residual(this.parts.name(`${join}.sum`), first.layers, sum(others)));
    branch.shape = first.shape;
    branch.order = first.order;
    if (branches.some((one) => one.order?.join() !== first.order?.join()))
      refuse(at, this.nodes.get(at), 'leads to branches of which some flatten an image and some do not');
    branch.gain = new Float64Array(first.shape[0]).fill(1);
    return arrived;
  }

  /** Adds a node that all edges of which come from the branch. */
  private enter(branch: Branch, path: string, arrived: number): void {
    this.add(branch, path, arrived, false);
  }

  private add(branch: Branch, path: string, arrived: number, hasGain: boolean): void {
    const node = this.nodes.get(path)!;
    if (this.wiring.sources(path) !== arrived)
      refuse(path, node, 'sums what comes from branches that do not part at one node');
    if (!hasGain && this.neurons.gains.has(path)) branch.settle(path, this.asked(branch, path));
    ADD[node.type](branch, path, node, this.gives(path));
  }

  /** Factors that a node asks for, by channel of what it takes. */
  private asked(branch: Branch, path: string): Gain | undefined {
    const wanted = this.neurons.gains.get(path);
    if (wanted === undefined) return undefined;
    const gain = byChannel(wanted, branch.shape[0]);
    if (gain === undefined)
      refuse(
        path,
        this.nodes.get(path),
        'has an r or a v_threshold that differs within a channel, which no weights can take',
      );
    return gain;
  }
}
