// The arguments of every kernel, by name and in order: one table, from which the builders in ops/ write them and the
// kernels read them. For the kernels it becomes `arguments.ts` beside the sources in assembly/ when they are built: a class
// for each entry, whose fields are loads at the right offset.
import { float } from './op.js';

/** Type of a kernel's argument: an address or a count of bytes, an integer, a float32. */
type ArgumentType = 'usize' | 'i32' | 'f32';

const named =
  <T extends ArgumentType>(type: T) =>
  <N extends string>(...names: N[]): Record<N, T> =>
    Object.fromEntries(names.map((name) => [name, type])) as Record<N, T>;
const usize = named('usize');
const i32 = named('i32');
const f32 = named('f32');

/** A convolution: the sizes of `Geometry` (src/network/geometry.ts). */
const geometry = {
  ...i32('inHeight', 'inWidth', 'outHeight', 'outWidth'),
  ...i32('kernelHeight', 'kernelWidth', 'stride', 'padding'),
};
const pool = i32('height', 'width', 'poolHeight', 'poolWidth');

/**
 * The one or two terms of a current: where they lie, bytes from block to block and from step to step, and the vectors of
 * the batch norm still to be applied.
 */
const terms = {
  ...usize('y', 'yBlock', 'yStep', 'scale', 'shift'),
  ...usize('z', 'zBlock', 'zStep', 'zScale', 'zShift'),
};
/** The vectors that make x̂ of both. */
const hats = usize('hatScale', 'hatShift', 'zHatScale', 'zHatShift');

/** A layer of neurons; `hard` is the mask of a hard reset; they fire where v is above `level`. */
const neurons = { ...i32('steps', 'positions', 'chunk', 'hard'), ...f32('tau', 'theta', 'level'), ...terms };

/** Neurons of equations; `pixels` are those of an image, behind the arguments lie the addresses of neurons' own parameters. */
const described = {
  ...i32('steps', 'positions', 'pixels', 'chunk'),
  ...usize('table', 'tableBlock'),
  ...terms,
};

/** Currents written out; `second` is the kind of the second term, as `Second` of assembly/current.ts numbers it. */
const currents = { ...i32('pixels', 'chunk', 'second'), ...f32('floor'), ...terms };

/** Arguments by the kernel's name, or by what the kernels that share them have in common. */
export const KERNEL_ARGUMENTS = {
  probe: usize('vectors'),
  zero: usize('address', 'bytes', 'slice'),
  add: { ...usize('destination', 'source'), ...i32('floats', 'slice') },
  scaledCopy: { ...usize('source', 'destination'), ...i32('floats', 'slice'), ...f32('factor') },
  sumPartials: { ...usize('source', 'destination'), ...i32('slices', 'planes', 'floats', 'slice') },
  imageCounts: { ...usize('words', 'counts'), ...i32('planes', 'blocks', 'images', 'pixels', 'group') },
  spikeForward: {
    ...usize('words', 'wordsStride', 'weights', 'tapBytes', 'y', 'yStride', 'bias', 'which'),
    ...i32('blocks', 'outBlocks', 'accumulate', 'images', 'group', 'tapColumns'),
    ...geometry,
  },
  spikeWeights: {
    ...usize('words', 'wordsStride', 'dy', 'dyStride', 'gradient', 'sliceBytes', 'tapBytes'),
    ...i32('blocks', 'outBlocks', 'images', 'sliceImages', 'parts', 'chunkImages', 'chunkRows'),
    ...geometry,
  },
  denseConvolution: {
    ...usize('x', 'xStride', 'lastPitch', 'weights', 'y', 'yStride', 'bias'),
    ...i32('inBlocks', 'panels', 'realPanels', 'accumulate', 'images'),
    ...i32('inHeight', 'inWidth', 'top', 'left', 'kernelHeight', 'kernelWidth', 'stride', 'rows', 'columns'),
    ...i32('outPixels', 'outFirst', 'outRowStep', 'outColumnStep'),
    ...i32('groupImages', 'bandRows', 'bands', 'parts'),
  },
  densePack: {
    ...usize('master', 'packed', 'rows', 'taps'),
    ...i32('kernelWidth', 'firstY', 'stepY', 'countY', 'firstX', 'stepX', 'countX'),
    ...i32('blocks', 'lastRows', 'transposed'),
  },
  denseWeights: {
    ...usize('x', 'xStride', 'dy', 'dyStride', 'gradient', 'sliceBytes'),
    ...i32('blocks', 'outBlocks', 'channels', 'images', 'sliceImages'),
    ...geometry,
  },
  winogradWeights: { ...usize('packed', 'target', 'lastRows'), ...i32('blocks') },
  winogradConvolution: {
    ...usize('x', 'xStride', 'lastPitch', 'weights', 'y', 'yStride', 'bias', 'which'),
    ...i32('inBlocks', 'outBlocks', 'panels', 'accumulate', 'images', 'border', 'runTiles'),
    ...i32('inHeight', 'inWidth', 'outHeight', 'outWidth'),
  },
  pool: { ...usize('source', 'target'), ...pool },
  maxSpikes: { ...usize('source', 'target', 'counts'), ...pool },
  maxBackward: { ...usize('gradient', 'target', 'source'), ...pool },
  poolPlanes: {
    ...usize('words', 'planes', 'counts'),
    ...i32('images', 'height', 'width', 'chunk', 'blocks'),
  },
  averageSpikes: { ...usize('words', 'target'), ...i32('images'), ...pool },
  averageOfPlanes: { ...usize('planes', 'target'), ...i32('pixels', 'blocks', 'chunk') },
  neurons: { ...neurons, ...usize('spikes', 'spikesBlock', 'counts') },
  neuronsBackward: {
    ...neurons,
    ...hats,
    ...i32('undetached'),
    ...f32('delta', 'floor', 'peak', 'a', 'b', 'share'),
    ...usize('gradient', 'gradientBlock', 'gradientStep', 'dx', 'dxBlock', 'dxStep', 'partial'),
    ...pool,
  },
  describedNeurons: { ...described, ...usize('output', 'outputBlock', 'counts', 'moments') },
  describedBackward: {
    ...described,
    ...hats,
    ...i32('tile'),
    ...f32('share'),
    ...usize('gradient', 'gradientBlock', 'gradientStep', 'dx', 'dxBlock', 'dxStep', 'partial'),
    ...usize('sums', 'owned', 'ownedParameter'),
    ...pool,
  },
  currents: { ...currents, ...usize('target') },
  currentsBackward: { ...currents, ...hats, ...usize('gradient', 'dx', 'partial') },
  sums: { ...usize('y', 'yBlock', 'partial'), ...i32('pixels', 'chunk') },
  normaliseBackward: { ...usize('gradient', 'y', 'target', 'a', 'b', 'c'), ...i32('pixels', 'chunk') },
  stepNormalise: {
    ...usize('y', 'yBlock', 'yStep', 'target', 'targetBlock', 'targetStep', 'scale', 'shift'),
    ...i32('steps', 'blocks', 'pixels', 'chunk'),
  },
  stepSums: {
    ...usize('y', 'yBlock', 'yStep', 'gradient', 'gradientBlock', 'gradientStep', 'hatScale', 'hatShift'),
    ...usize('partial'),
    ...i32('steps', 'blocks', 'pixels', 'chunk'),
  },
  stepBackward: {
    ...usize('gradient', 'gradientBlock', 'gradientStep', 'y', 'target', 'targetBlock', 'targetStep'),
    ...usize('a', 'b', 'c'),
    ...i32('steps', 'summed', 'blocks', 'pixels', 'chunk'),
  },
  neuNorm: {
    ...usize('x', 'xBlock', 'xStep', 'target', 'targetBlock', 'w', 'wBlock', 'sums'),
    ...i32('steps', 'positions', 'pixels', 'chunk', 'blocks', 'spikes'),
    ...f32('k', 'share'),
  },
  neuNormBackward: {
    ...usize('gradient', 'gradientBlock', 'dx', 'dxBlock', 'dxStep', 'w', 'wBlock', 'dw', 'sums'),
    ...i32('steps', 'positions', 'pixels', 'chunk', 'blocks', 'channels'),
    ...f32('k', 'share'),
  },
  mpbnPotential: {
    ...usize('x', 'xBlock', 'v', 'vBlock', 'before', 'scale', 'shift'),
    ...i32('pixels', 'chunk', 'hard'),
    ...f32('tau', 'theta', 'level'),
  },
  mpbnFire: {
    ...usize('v', 'vBlock', 'vStep', 'scale', 'shift', 'spikes', 'spikesBlock', 'counts'),
    ...i32('steps', 'blocks', 'pixels', 'chunk'),
    ...f32('level'),
  },
  mpbnFiring: {
    ...usize('gradient', 'gradientBlock', 'v', 'vBlock', 'u', 'target', 'scale', 'shift'),
    ...i32('pixels', 'chunk', 'hard', 'undetached', 'kind'),
    ...f32('theta', 'level', 'delta', 'peak', 'floor', 'a', 'b'),
  },
  mpbnBackward: {
    ...usize('gradient', 'v', 'vBlock', 'u', 'dx', 'dxBlock', 'scale', 'shift', 'a', 'b', 'c'),
    ...i32('pixels', 'chunk', 'hard', 'reads', 'adds'),
    ...f32('tau', 'level'),
  },
  gram: { ...usize('weights', 'matrix'), ...i32('rows', 'blocks', 'channels') },
  gramGradient: {
    ...usize('weights', 'matrix', 'gradient'),
    ...i32('rows', 'blocks', 'rowsPerUnit'),
    ...f32('scale'),
  },
  adam: {
    ...usize('parameters', 'gradients', 'first', 'second'),
    ...i32('floats', 'slice'),
    ...f32('decay', 'keep', 'beta1', 'rest1', 'beta2', 'rest2', 'epsilon', 'root', 'rate'),
  },
  sgd: {
    ...usize('parameters', 'gradients', 'slot'),
    ...i32('floats', 'slice'),
    ...f32('decay', 'keep', 'momentum', 'rate'),
  },
};

type Tables = typeof KERNEL_ARGUMENTS;

/** The values of a table's arguments. */
export type ArgumentValues<T extends keyof Tables> = Readonly<Record<keyof Tables[T], number>>;

/** The 32-bit arguments of an op, in the order of the table. */
export const kernelArguments = <T extends keyof Tables>(table: T, values: ArgumentValues<T>): number[] =>
  Object.entries<ArgumentType>(KERNEL_ARGUMENTS[table]).map(([name, type]) => {
    const value = values[name as keyof Tables[T]];
    return type === 'f32' ? float(value) : value;
  });

const classOf = (table: string, types: Record<string, ArgumentType>): string => `
@unmanaged
export class ${table[0].toUpperCase()}${table.slice(1)} {
${Object.entries(types)
  .map(([name, type]) => `  ${name}: ${type};`)
  .join('\n')}
}
`;

/** The module of the kernels' arguments: every field has 4 bytes, so that they lie as {@link kernelArguments} writes them. */
export const argumentsModule = (): Record<string, string> => ({
  'arguments.ts': Object.entries(KERNEL_ARGUMENTS)
    .map(([table, types]) => classOf(table, types))
    .join(''),
});
