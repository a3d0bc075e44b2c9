// Networks of ours and their NIR graphs side by side: logits of both for the same images.
import { openEngine } from '../../src/engines/open.js';
import type { Experiment } from '../../src/experiment/experiment.js';
import { isNirGraph, type NirArray, type NirGraph, type NirNode } from '../../src/interchange/nir/graph.js';
import { type NirOptions, toNir } from '../../src/interchange/nir/to-graph.js';
import { convNet, resnet19, vggsnn } from '../../src/network/architectures.js';
import type { Network } from '../../src/network/layers.js';
import { parameterSpecs, sizeOf, type TensorMap } from '../../src/network/parameters.js';
import { stream } from '../../src/random.js';
import { weightsOf } from './networks.js';
import { channelsFirst, logitsOf } from './nir-logits.js';

const plain = await openEngine({ engine: 'plain' });

/** The largest difference of logits, here and by the graph, over two images. */
export async function difference(
  network: Network,
  settings: Experiment,
  options: NirOptions = {},
  weights = weightsOf(network, 1),
): Promise<number> {
  const graph = toNir(network, weights, settings, options);
  const random = stream(7, 'probe', 'images');
  const size = sizeOf(network.input);
  const x = Float32Array.from({ length: 2 * size }, () => 0.5 + random.normal());
  const model = plain.createModel(network, settings, weights);
  const { logits } = await model.evaluate({ x, shape: [2, ...network.input], labels: new Int32Array(2) });
  model.dispose();
  let worst = 0;
  for (const image of [0, 1]) {
    const frame = channelsFirst(x.subarray(image * size, (image + 1) * size), network.input);
    const found = logitsOf(
      graph,
      Array.from({ length: settings.steps }, () => frame),
    );
    found.forEach((value, i) => {
      const ours = logits[image * network.classes + i];
      worst = Math.max(worst, Math.abs(value - ours) / Math.max(1, Math.abs(ours)));
    });
  }
  return worst;
}

/** Every architecture, narrow and small. */
export const NARROW = {
  convNet: convNet({ classes: 3, width: 1 / 8, size: 8, convolutions: 2 }),
  vggsnn: vggsnn({ classes: 3, width: 1 / 64, size: 16 }),
  resnet19: resnet19({ classes: 3, width: 1 / 64, size: 8 }),
};

/** Zero weights: what is asked of shapes needs no others. */
export const noWeights = (network: Network): TensorMap =>
  Object.fromEntries(
    parameterSpecs(network).map(({ name, shape }) => [
      name,
      { shape, data: new Float32Array(sizeOf(shape)) },
    ]),
  );
/** A node that is no graph. */
export const nodeOf = (graph: NirGraph, name: string): NirNode => {
  const node = graph.nodes.get(name)!;
  if (isNirGraph(node)) throw new Error(name);
  return node;
};
/** A field that is an array. */
export const array = (node: NirNode, field: string): NirArray => node.fields[field] as NirArray;
/** Its values. */
export const listed = (node: NirNode, field: string): number[] => [...array(node, field).data].map(Number);
