// The networks that this repository trains, with their size and cost. Tests: test/studies/views.test.ts.
import type { Network } from '../../network/layers.js';
import { convNet } from '../../network/nets/conv-net.js';
import { resnet19 } from '../../network/nets/resnet19.js';
import { vggsnn } from '../../network/nets/vggsnn.js';
import { countMacs } from '../../network/operations.js';
import { countParameters } from '../../network/parameters.js';
import { placeLayers } from '../../network/shapes.js';

/** Multiply–accumulates of one example and one step. */
export const macsPerStep = (network: Network): number =>
  placeLayers(network).reduce((sum, placed) => sum + countMacs(placed), 0);

/** A network and what it is used for. */
export interface NetworkRow {
  network: string;
  use: string;
  /** Height × width × channels. */
  input: string;
  parameters: number;
  macsPerStep: number;
  lifLayers: number;
}

/** The paper's network first. */
export const networkRows = (): NetworkRow[] =>
  [
    { use: 'CIFAR-10, the paper', net: resnet19({ classes: 10 }) },
    { use: 'CIFAR-10, preset desk', net: resnet19({ classes: 10, width: 0.25 }) },
    { use: 'CIFAR10-DVS, candidate', net: vggsnn({ classes: 10 }) },
    { use: 'CIFAR10-DVS, candidate', net: resnet19({ classes: 10, inChannels: 2, size: 48 }) },
    { use: 'CIFAR-10, sweeps of preset desk', net: convNet({ classes: 10, width: 0.5, convolutions: 5 }) },
    { use: 'shapes10, preset quick', net: convNet({ classes: 10, width: 0.25 }) },
  ].map(({ use, net }) => ({
    network: net.name,
    use,
    input: net.input.join(' × '),
    parameters: countParameters(net),
    macsPerStep: macsPerStep(net),
    lifLayers: placeLayers(net).filter(({ layer }) => layer.type === 'lif').length,
  }));
