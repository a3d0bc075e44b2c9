// What a network is made of, read off its description: the table of layers (the paper's Table 7).
import type { Layer, Network } from './layers.js';
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
  /** Weights and biases of the layer itself. */
  weights: number;
  /** Scales and shifts of its batch norm. */
  batchNorm: number;
  /** Multiply–accumulates of one example and one step. */
  macs: number;
}

const sizeText = (shape: Shape): string => shape.join(' × ');

/** The layers of a network in execution order; parameters and MACs add up to those of the network. */
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
    if (layer.type === 'batchNorm' && last) {
      last.operation += ' + BN';
      last.batchNorm += parameters.get(layer.name) ?? 0;
    } else if ((layer.type === 'lif' || layer.type === 'relu') && last) {
      last.operation += layer.type === 'lif' ? ' + LIF' : ' + ReLU';
    } else if (layer.type !== 'flatten') {
      rows.push({
        layer: layer.name,
        operation: operationOf(layer),
        input: sizeText(input),
        output: sizeText(output),
        weights: parameters.get(layer.name) ?? 0,
        batchNorm: 0,
        macs: countMacs(placed),
      });
    }
  }
  return rows;
}

/** A layer in a few words. */
export function operationOf(layer: Layer): string {
  switch (layer.type) {
    case 'conv2d':
      return `Conv ${layer.kernel} × ${layer.kernel}, stride ${layer.stride}`;
    case 'linear':
      return 'linear';
    case 'avgPool2d':
      return `average ${layer.size} × ${layer.size}`;
    case 'maxPool2d':
      return `maximum ${layer.size} × ${layer.size}`;
    case 'globalAvgPool2d':
      return 'average over all pixels';
    case 'residual':
      return layer.shortcut.length === 0 ? 'body + input' : 'body + shortcut';
    case 'batchNorm':
      return 'BN';
    case 'lif':
      return 'LIF';
    case 'relu':
      return 'ReLU';
    case 'flatten':
      return 'flatten';
  }
}
