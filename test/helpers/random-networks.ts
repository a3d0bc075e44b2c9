// Networks at random: a list of wishes, each of which is made to fit what is before it.
import fc from 'fast-check';
import { experiment, type Experiment } from '../../src/experiment/experiment.js';
import type { Layer, Network } from '../../src/network/layers.js';
import type { Shape } from '../../src/network/shapes.js';
import { SURROGATE_NAMES } from '../../src/surrogates/index.js';

interface Wish {
  kind: (typeof KINDS)[number];
  kernel: number;
  stride: number;
  padding: number;
  channels: number;
  flag: boolean;
}
const KINDS = [
  ...[
    'conv',
    'conv',
    'conv',
    'conv bn',
    'conv bn lif',
    'conv bn lif',
    'lif',
    'lif',
    'relu',
    'bn',
    'avg',
    'avg 2',
  ],
  ...['max', 'max 2', 'global', 'flatten', 'linear', 'linear lif', 'residual', 'residual', 'residual lif'],
] as const;

/** A random network with all that one needs to run it. */
export interface Candidate {
  network: Network;
  settings: Experiment;
  examples: number;
  /** One frame for each time step. */
  dynamic: boolean;
  seed: number;
}

const wish: fc.Arbitrary<Wish> = fc.record({
  kind: fc.constantFrom(...KINDS),
  kernel: fc.integer({ min: 1, max: 9 }),
  stride: fc.constantFrom(1, 1, 1, 2, 3),
  padding: fc.integer({ min: 0, max: 9 }),
  channels: fc.oneof(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 33 })),
  flag: fc.boolean(),
});

const surrogate = fc.constantFrom(...SURROGATE_NAMES, 'rectangle' as const, 'rectangle' as const);
const settings = fc
  .record({
    steps: fc.integer({ min: 1, max: 3 }),
    neuron: fc.record({
      tau: fc.constantFrom(0, 0.25, 0.5, 1),
      theta: fc.constantFrom(0.5, 0.3, 1),
      reset: fc.constantFrom('hard', 'soft'),
      detachReset: fc.boolean(),
      delta: fc.constantFrom(0, 0, 1e-4, 0.3),
      surrogate: surrogate.map((name) => ({ name })),
      scaleFloor: fc.constantFrom(null, null, 0),
    }),
    batchNorm: fc.record({ kind: fc.constantFrom('standard', 'tdbn'), alpha: fc.constantFrom(1, 2) }),
    loss: fc.record({ kind: fc.constantFrom('mean', 'tet'), lambda: fc.constantFrom(1e-3, 0.3) }),
    lipschitz: fc.record({ beta: fc.constantFrom(0, 1e-3) }),
  })
  .map((given) => experiment(given as never));

/** Any candidate: kernels 1 to 9, strides 1 to 3, 1 to 33 channels, sizes 1 to 9 and not square. */
export const candidates: fc.Arbitrary<Candidate> = fc
  .record({
    input: fc.tuple(
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 4 }),
    ),
    classes: fc.integer({ min: 2, max: 5 }),
    wishes: fc.array(wish, { minLength: 1, maxLength: 6 }),
    ending: fc.constantFrom(
      'linear',
      'linear',
      'linear',
      'linear bn',
      'linear lif',
      'conv global',
      'linear bare',
    ),
    settings,
    examples: fc.constantFrom(1, 2, 2, 3, 3, 4),
    dynamic: fc.boolean(),
    seed: fc.integer({ min: 0, max: 1e6 }),
  })
  .map(({ input, classes, wishes, ending, ...rest }) => {
    const layers: Layer[] = [];
    let shape: Shape = input;
    const add = (fulfilled: { layers: Layer[]; shape: Shape }): void => {
      layers.push(...fulfilled.layers);
      shape = fulfilled.shape;
    };
    wishes.forEach((one, i) => add(fulfil(one, shape, `l${i}`)));
    const [height, width, channels] = shape;
    if (ending === 'conv global')
      layers.push(
        convolution('last', channels, { kernel: 1, stride: 1, padding: 0, out: classes, bias: true }),
        {
          type: 'globalAvgPool2d',
          name: 'global',
        },
      );
    else {
      if (ending !== 'linear bare' || height * width > 1) layers.push({ type: 'flatten', name: 'flat' });
      layers.push({ type: 'linear', name: 'last', in: height * width * channels, out: classes, bias: true });
      if (ending === 'linear bn') layers.push({ type: 'batchNorm', name: 'lastNorm', channels: classes });
      if (ending === 'linear lif') layers.push({ type: 'lif', name: 'lastNeurons' });
    }
    return { network: { name: 'random', input, classes, layers }, ...rest };
  });

const convolution = (
  name: string,
  channelsIn: number,
  how: { kernel: number; stride: number; padding: number; out: number; bias: boolean },
): Layer => ({ type: 'conv2d', name, in: channelsIn, ...how });

const outSize = (n: number, kernel: number, stride: number, padding: number): number =>
  Math.floor((n + 2 * padding - kernel) / stride) + 1;

/** The layers that a wish stands for behind a shape; none where nothing fits. */
function fulfil(w: Wish, [height, width, channels]: Shape, name: string): { layers: Layer[]; shape: Shape } {
  const nothing = { layers: [], shape: [height, width, channels] as Shape };
  const same = (layers: Layer[]): { layers: Layer[]; shape: Shape } => ({ ...nothing, layers });
  const [what, ...more] = w.kind.split(' ');
  const after = (out: number): Layer[] => [
    ...(more.includes('bn') ? [{ type: 'batchNorm', name: `${name}n`, channels: out } as const] : []),
    ...(more.includes('lif') ? [{ type: 'lif', name: `${name}s` } as const] : []),
  ];
  switch (what) {
    case 'conv': {
      const { kernel, stride, channels: out, flag: bias } = w;
      const padding = Math.min(w.padding, kernel + 1);
      const shape: Shape = [
        outSize(height, kernel, stride, padding),
        outSize(width, kernel, stride, padding),
        out,
      ];
      if (Math.min(...shape) < 1 || Math.max(shape[0], shape[1]) > 14) return nothing;
      return {
        layers: [convolution(name, channels, { kernel, stride, padding, out, bias }), ...after(out)],
        shape,
      };
    }
    case 'lif':
    case 'relu':
      return same([{ type: what, name }]);
    case 'bn':
      return same([{ type: 'batchNorm', name, channels }]);
    case 'avg':
    case 'max': {
      const size = more.includes('2') ? 2 : Math.min(w.kernel, 4);
      if (Math.min(height, width) < size) return nothing;
      return {
        layers: [{ type: what === 'avg' ? 'avgPool2d' : 'maxPool2d', name, size }],
        shape: [Math.floor(height / size), Math.floor(width / size), channels],
      };
    }
    case 'global':
      return { layers: [{ type: 'globalAvgPool2d', name }], shape: [1, 1, channels] };
    case 'flatten':
      return { layers: [{ type: 'flatten', name }], shape: [1, 1, height * width * channels] };
    case 'linear': {
      const features = height * width * channels;
      const flat: Layer[] = height * width > 1 || w.flag ? [{ type: 'flatten', name: `${name}f` }] : [];
      return {
        layers: [
          ...flat,
          { type: 'linear', name, in: features, out: w.channels, bias: w.padding > 2 },
          ...after(w.channels),
        ],
        shape: [1, 1, w.channels],
      };
    }
    default:
      return block(w, [height, width, channels], name, after(channels));
  }
}

/** A residual block: its branches fit each other, by an identity, a 1 × 1 convolution or a pool. */
function block(w: Wish, shape: Shape, name: string, after: Layer[]): { layers: Layer[]; shape: Shape } {
  const [height, width, channels] = shape;
  const kernel = w.kernel % 2 ? w.kernel : w.kernel - 1;
  const pools = w.padding === 7 && w.stride > 1 && height % w.stride === 0 && width % w.stride === 0;
  const identity = w.stride === 1 && w.flag;
  const out = identity ? channels : w.channels;
  const padding = (kernel - 1) / 2;
  const body: Layer[] = [
    ...(w.padding % 3 === 1 ? [{ type: w.flag ? 'lif' : 'relu', name: `${name}a` } as Layer] : []),
    convolution(`${name}b`, channels, { kernel, stride: w.stride, padding, out, bias: w.padding > 4 }),
    ...(w.padding % 2 ? [{ type: 'batchNorm', name: `${name}c`, channels: out } as Layer] : []),
    ...(w.padding === 3 ? [{ type: 'lif', name: `${name}d` } as Layer] : []),
  ];
  const one = (stride: number): Layer =>
    convolution(`${name}e`, channels, { kernel: 1, stride, padding: 0, out, bias: false });
  const shortcut: Layer[] = identity
    ? []
    : [
        ...(pools
          ? [{ type: 'avgPool2d', name: `${name}f`, size: w.stride } as Layer, one(1)]
          : [one(w.stride)]),
        ...(w.flag ? [{ type: 'batchNorm', name: `${name}g`, channels: out } as Layer] : []),
      ];
  const swapped = !identity && w.padding === 6;
  return {
    layers: [
      { type: 'residual', name, body: swapped ? shortcut : body, shortcut: swapped ? body : shortcut },
      ...after,
    ],
    shape: [outSize(height, kernel, w.stride, padding), outSize(width, kernel, w.stride, padding), out],
  };
}
