// Pools and their gradients in plain loops over `[N, H, W, channels]`, float64. Blocks do not overlap; a remainder at
// the edge is dropped, and its gradient is 0.

/** Input of a pool, and the size of its blocks. */
export interface PoolSite {
  channels: number;
  images: number;
  height: number;
  width: number;
  poolHeight: number;
  poolWidth: number;
}

/** Calls back with the index of every output and the indices of its block, in row order. */
function eachBlock(
  { channels, images, height, width, poolHeight, poolWidth }: PoolSite,
  visit: (output: number, block: number[]) => void,
): void {
  const rows = Math.floor(height / poolHeight);
  const columns = Math.floor(width / poolWidth);
  for (let n = 0; n < images; n++)
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++)
        for (let c = 0; c < channels; c++) {
          const block = [];
          for (let y = row * poolHeight; y < (row + 1) * poolHeight; y++)
            for (let x = column * poolWidth; x < (column + 1) * poolWidth; x++)
              block.push(((n * height + y) * width + x) * channels + c);
          visit(((n * rows + row) * columns + column) * channels + c, block);
        }
}

const inputSize = ({ images, height, width, channels }: PoolSite): number =>
  images * height * width * channels;

/** Values after the pool. */
export const pooledSize = (site: PoolSite): number =>
  site.images *
  Math.floor(site.height / site.poolHeight) *
  Math.floor(site.width / site.poolWidth) *
  site.channels;

/** The average of every block. */
export function averagePool(site: PoolSite, x: ArrayLike<number>): Float64Array {
  const y = new Float64Array(pooledSize(site));
  eachBlock(site, (output, block) => (y[output] = block.reduce((sum, i) => sum + x[i], 0) / block.length));
  return y;
}

/** The gradient of an average pool's input. */
export function averagePoolGradient(site: PoolSite, gradient: ArrayLike<number>): Float64Array {
  const dx = new Float64Array(inputSize(site));
  eachBlock(site, (output, block) => {
    for (const i of block) dx[i] = gradient[output] / block.length;
  });
  return dx;
}

/** The maximum of every block. */
export function maxPool(site: PoolSite, x: ArrayLike<number>): Float64Array {
  const y = new Float64Array(pooledSize(site));
  eachBlock(site, (output, block) => (y[output] = Math.max(...block.map((i) => x[i]))));
  return y;
}

/** The gradient of a max pool's input: to the first of the largest, in row order. */
export function maxPoolGradient(
  site: PoolSite,
  x: ArrayLike<number>,
  gradient: ArrayLike<number>,
): Float64Array {
  const dx = new Float64Array(inputSize(site));
  eachBlock(site, (output, block) => {
    const first = block.reduce((best, i) => (x[i] > x[best] ? i : best));
    dx[first] = gradient[output];
  });
  return dx;
}
