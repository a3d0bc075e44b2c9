// Norms of a trained network's linear parts: each convolution and linear layer as an operator with its batch norm folded
// in, the reshaped kernel, its distance from orthogonality, and the product along the network as an index.
import { breathe, signalOrInterrupt } from '../cell/interrupt.js';
import { batchNormScale, type ForwardSettings } from '../engines/plain/forward.js';
import { convolutionMap, type LinearMap, matrixMap } from './linear-map.js';
import type { Layer, Network } from '../network/layers.js';
import type { TensorMap } from '../network/parameters.js';
import { type PlacedLayer, placeLayers } from '../network/shapes.js';
import { operatorNorm, type OperatorNorm, orthogonalityDistance } from './operator-norm.js';

/** One convolution or linear layer. */
export interface LayerSpectrum {
  layer: string;
  /** Largest singular value of the layer as an operator at its input size, its batch norm folded in (inference). */
  operatorNorm: number;
  /** The same without batch norm. */
  plainNorm: number;
  /** Largest singular value of the kernel viewed as `out × (in·k·k)`: what Lipschitz regularisation acts on. */
  matrixNorm: number;
  /** `‖W Wᵀ − I‖_F / √m` of that matrix. */
  orthogonality: number;
  /** Whether all three power iterations converged. */
  converged: boolean;
}

/** Who is told how far the work is, and who stops it. */
export interface SpectraOptions {
  /** Called after each layer. */
  onProgress?(done: number, total: number): void;
  /** Looked at before each layer and norm. Default: a notebook's interrupt. */
  signal?: AbortSignal;
}

/**
 * The spectra of every convolution and linear layer, in execution order.
 *
 * @throws the signal's reason when aborted
 */
export async function layerSpectra(
  network: Network,
  weights: TensorMap,
  settings: ForwardSettings,
  { onProgress, signal: given }: SpectraOptions = {},
): Promise<LayerSpectrum[]> {
  const placed = new Map(placeLayers(network).map((place) => [place.layer.name, place]));
  const chosen: { place: PlacedLayer; scale?: Float64Array }[] = [];
  const walk = (layers: readonly Layer[]): void =>
    layers.forEach((layer, i) => {
      if (layer.type === 'residual') {
        walk(layer.body);
        walk(layer.shortcut);
      } else if (layer.type === 'conv2d' || layer.type === 'linear') {
        const next = layers[i + 1];
        const scale =
          next?.type === 'batchNorm'
            ? batchNormScale(next, settings, (name) => weights[name].data)
            : undefined;
        chosen.push({ place: placed.get(layer.name)!, scale });
      }
    });
  walk(network.layers);
  const signal = signalOrInterrupt(given);
  const rows: LayerSpectrum[] = [];
  for (const { place, scale } of chosen) {
    rows.push(await spectrumOf(place, weights, scale, signal));
    onProgress?.(rows.length, chosen.length);
  }
  return rows;
}

async function spectrumOf(
  { layer, input }: PlacedLayer,
  weights: TensorMap,
  scale?: Float64Array,
  signal?: AbortSignal,
): Promise<LayerSpectrum> {
  const { data, shape } = weights[`${layer.name}.weight`];
  const [rows, columns] = [shape[0], data.length / shape[0]];
  const normOf = async (map: LinearMap): Promise<OperatorNorm> => {
    await breathe(signal);
    return operatorNorm(map);
  };
  const matrix = await normOf(matrixMap(data, rows, columns));
  const plain = layer.type === 'conv2d' ? await normOf(convolutionMap(layer, data, input)) : matrix;
  const folded =
    layer.type === 'conv2d' && scale ? await normOf(convolutionMap(layer, data, input, scale)) : plain;
  return {
    layer: layer.name,
    operatorNorm: folded.norm,
    plainNorm: plain.norm,
    matrixNorm: matrix.norm,
    orthogonality: orthogonalityDistance(data, rows, columns),
    converged: matrix.converged && plain.converged && folded.converged,
  };
}

/**
 * The product of the operator norms along the network; of a residual, body plus shortcut; of a pooling, its own norm.
 *
 * **An index, not a bound**: a layer of firing neurons is a step function and has no Lipschitz constant, so nothing
 * bounds the network. It says how much the linear parts together could amplify.
 *
 * @param norms - by layer, as `layerSpectra` gives them
 */
export function normIndex(network: Network, norms: ReadonlyMap<string, number>): number {
  const placed = new Map(placeLayers(network).map((place) => [place.layer.name, place]));
  const product = (layers: readonly Layer[]): number =>
    layers.reduce((index, layer) => {
      switch (layer.type) {
        case 'conv2d':
        case 'linear':
          return index * norms.get(layer.name)!;
        case 'avgPool2d':
          return index / layer.size; // a mean of size² values: 1/size
        case 'globalAvgPool2d': {
          const [height, width] = placed.get(layer.name)!.input;
          return index / Math.sqrt(height * width);
        }
        case 'residual':
          return index * (product(layer.body) + product(layer.shortcut));
        default:
          return index;
      }
    }, 1);
  return product(network.layers);
}
