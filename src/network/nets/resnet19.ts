// Tests: test/network/architectures.test.ts.
import {
  batchNorm,
  conv2d,
  flatten,
  globalAvgPool2d,
  type Layer,
  lif,
  linear,
  type Network,
  residual,
} from '../layers.js';
import { type Architecture, type ArchitectureOptions, convBnLif, named, scaled } from './architecture.js';

/**
 * ResNet-19 of the paper's appendix (Table 7, Fig. 9): conv1, eight residual blocks of widths 128, 256, 512
 * (3 + 3 + 2), global average pooling and two linear layers. Blocks add currents before their last neuron, so
 * every block's output is binary. No bias in convolutions.
 *
 * Source: the paper's Table 7 and Fig. 9.
 *
 * @param options - `classes`; `width`: multiplies every channel count, default 1; `inChannels`: default 3; `size`: height
 *   and width of the input, default 32
 * @returns the network: of width 1 and ten classes 12,630,858 parameters
 */
export function resnet19({ classes, width = 1, inChannels = 3, size = 32 }: ArchitectureOptions): Network {
  const stem = scaled(64, width);
  const layers: Layer[] = convBnLif('conv1', inChannels, stem);
  let channels = stem;
  const blocks = [128, 128, 128, 256, 256, 256, 512, 512];
  blocks.forEach((blockWidth, i) => {
    const name = `block${i + 1}`;
    const out = scaled(blockWidth, width);
    const stride = i === 3 || i === 6 ? 2 : 1;
    const body: Layer[] = [
      conv2d(`${name}.conv1`, channels, out, { stride }),
      batchNorm(`${name}.bn1`, out),
      lif(`${name}.lif1`),
      conv2d(`${name}.conv2`, out, out),
      batchNorm(`${name}.bn2`, out),
    ];
    const shortcut: Layer[] =
      stride === 1 && channels === out
        ? []
        : [
            conv2d(`${name}.shortcut.conv`, channels, out, { kernel: 1, stride }),
            batchNorm(`${name}.shortcut.bn`, out),
          ];
    layers.push(residual(name, body, shortcut), lif(`${name}.lif2`));
    channels = out;
  });
  const hidden = scaled(256, width);
  layers.push(
    globalAvgPool2d('pool'),
    flatten('flatten'),
    linear('fc1', channels, hidden),
    lif('fc1.lif'),
    linear('fc2', hidden, classes),
  );
  return { name: named('resnet19', width), input: [size, size, inChannels], classes, layers };
}

export const resnet19Architecture: Architecture = {
  name: 'resnet19',
  input: { size: 32, channels: 3, kind: 'images' },
  settings: {},
  build: resnet19,
};
