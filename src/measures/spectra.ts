// Norms of a trained network's linear parts: each convolution and linear layer as an operator with its batch norm folded
// in, the reshaped kernel, its distance from orthogonality, and the product along the network as an index.
import { breathe, signalOrInterrupt } from '../cell/interrupt.js';
import type { ForwardSettings } from '../engines/plain/pass.js';
import { convolutionMap, type LinearMap, matrixMap } from './linear-map.js';
import type { Sums } from '../network/layer.js';
import { kindOf, type Layer, type Network } from '../network/layers.js';
import type { NamedTensor, TensorMap } from '../network/parameters.js';
import { placeLayers } from '../network/shapes.js';
import { isNorm, normMaps } from './norm-maps.js';
import { operatorNorm, type OperatorNorm, orthogonalityDistance } from './operator-norm.js';

/** One convolution or linear layer. */
export interface LayerSpectrum {
  layer: string;
  /**
   * Largest singular value of the layer as an operator at its input size, its batch norm folded in (inference); where that
   * differs from step to step, the largest of the steps.
   */
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

/** Progress callback and stop signal. */
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
  const chosen: { name: string; sums: Sums; scales?: Float64Array[] }[] = [];
  const walk = (layers: readonly Layer[]): void =>
    layers.forEach((layer, i) => {
      const kind = kindOf(layer);
      if (kind.role === 'residual') kind.branches(layer).forEach(walk);
      else if (kind.role === 'weights') {
        const place = placed.get(layer.name)!;
        const next = layers[i + 1];
        const scales =
          next && isNorm(next)
            ? normMaps(next, settings, (name) => weights[name].data).map(({ scale }) => scale)
            : undefined;
        chosen.push({ name: layer.name, sums: kind.sums(layer, place.input), scales });
      }
    });
  walk(network.layers);
  const signal = signalOrInterrupt(given);
  const rows: LayerSpectrum[] = [];
  for (const { name, sums, scales } of chosen) {
    rows.push({ layer: name, ...(await spectrumOf(weights[`${name}.weight`], sums, scales, signal)) });
    onProgress?.(rows.length, chosen.length);
  }
  return rows;
}

async function spectrumOf(
  { data, shape }: NamedTensor,
  sums: Sums,
  scales?: Float64Array[],
  signal?: AbortSignal,
): Promise<Omit<LayerSpectrum, 'layer'>> {
  const [rows, columns] = [shape[0], data.length / shape[0]];
  const normOf = async (map: LinearMap): Promise<OperatorNorm> => {
    await breathe(signal);
    return operatorNorm(map);
  };
  const matrix = await normOf(matrixMap(data, rows, columns));
  const isKernel = shape.length === 4; // a matrix is what it is at any input size
  const plain = isKernel ? await normOf(convolutionMap(sums, data)) : matrix;
  let folded = plain;
  if (isKernel && scales)
    for (const [step, scale] of scales.entries()) {
      const one = await normOf(convolutionMap(sums, data, scale));
      if (step === 0 || one.norm > folded.norm) folded = one;
    }
  return {
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
      const kind = kindOf(layer);
      switch (kind.role) {
        case 'weights':
          return index * norms.get(layer.name)!;
        case 'average': // of n values: 1/√n
          return index / Math.sqrt(kind.over(layer, placed.get(layer.name)!.input));
        case 'residual':
          return index * kind.branches(layer).reduce((sum, branch) => sum + product(branch), 0);
        case 'inhibition': // over time, which an operator is not
        case 'norm': // folded into the weights before it
        case 'neuron':
        case 'choice':
          return index;
      }
    }, 1);
  return product(network.layers);
}
