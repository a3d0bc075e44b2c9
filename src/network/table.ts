// The table of a network's layers, read off its description (the paper's Table 7).
import { kindOf, type Layer, type LayerKind, type Network } from './layers.js';
import { countMacs } from './operations.js';
import { isTrainable, parameterSpecs, sizeOf } from './parameters.js';
import { placeLayers, type Shape } from './shapes.js';

/** One convolution, pooling or linear layer, with the batch norm and the neurons that follow it. */
export interface ArchitectureRow {
  layer: string;
  operation: string;
  /** Height × width × channels. */
  input: string;
  output: string;
  /** Weights and biases of the layer itself, and what the neurons appended to it learn. */
  weights: number;
  /** Parameters of the norms appended to it: scales and shifts. */
  batchNorm: number;
  /** Multiply–accumulates of one example and one step. */
  macs: number;
}

const isNorm = (role: LayerKind['role']): boolean => role === 'norm' || role === 'inhibition';
const sizeText = (shape: Shape): string => shape.join(' × ');

/**
 * The layers of a network in execution order; parameters and MACs add up to those of the network.
 *
 * @param network - any
 * @returns a row for each convolution, linear layer, pool and block; norm and neurons stand in the row of what they follow
 */
export function architectureRows(network: Network): ArchitectureRow[] {
  const parameters = new Map<string, number>();
  for (const spec of parameterSpecs(network).filter(isTrainable)) {
    const layer = spec.name.slice(0, spec.name.lastIndexOf('.'));
    parameters.set(layer, (parameters.get(layer) ?? 0) + sizeOf(spec.shape));
  }
  const rows: ArchitectureRow[] = [];
  for (const placed of placeLayers(network)) {
    const { layer, input, output } = placed;
    const last = rows.at(-1);
    const { row } = kindOf(layer);
    if (row === 'none') continue;
    const own = parameters.get(layer.name) ?? 0;
    if (row === 'appended' && last) {
      last.operation += ` + ${operationOf(layer)}`;
      last[isNorm(kindOf(layer).role) ? 'batchNorm' : 'weights'] += own;
    } else {
      rows.push({
        layer: layer.name,
        operation: operationOf(layer),
        input: sizeText(input),
        output: sizeText(output),
        weights: own,
        batchNorm: 0,
        macs: countMacs(placed),
      });
    }
  }
  return rows;
}

/** A layer in a few words. */
export const operationOf = (layer: Layer): string => kindOf(layer).words(layer);
