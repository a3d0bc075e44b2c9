// The networks that the bench runs, as plain descriptions that both sides interpret.
import { resnet19 } from '../src/network/architectures.js';
import {
  avgPool2d,
  batchNorm,
  conv2d,
  flatten,
  globalAvgPool2d,
  lif,
  linear,
  type Layer,
  type Network,
} from '../src/network/layers.js';

/**
 * The 5-conv net: 3→64, 64→64, average pooling, 64→128, 128→128, average pooling, 128→256, global average, linear
 * layer. Every convolution is 3 × 3 without bias, followed by batch norm and LIF.
 */
export function fiveConv(): Network {
  const [narrow, middle, wide] = [64, 128, 256];
  const block = (i: number, channelsIn: number, channelsOut: number): Layer[] => [
    conv2d(`conv${i}`, channelsIn, channelsOut),
    batchNorm(`bn${i}`, channelsOut),
    lif(`lif${i}`),
  ];
  const layers = [
    ...block(1, 3, narrow),
    ...block(2, narrow, narrow),
    avgPool2d('pool1'),
    ...block(3, narrow, middle),
    ...block(4, middle, middle),
    avgPool2d('pool2'),
    ...block(5, middle, wide),
    globalAvgPool2d('mean'),
    flatten('flatten'),
    linear('fc', wide, 10),
  ];
  return { name: 'five-conv', input: [32, 32, 3], classes: 10, layers };
}

/** The networks by the name that the command line takes. */
export const NETWORKS = {
  'five-conv': fiveConv,
  resnet19: () => resnet19({ classes: 10, width: 0.5 }),
} as const satisfies Record<string, () => Network>;
/** A name in {@link NETWORKS}. */
export type NetworkName = keyof typeof NETWORKS;
