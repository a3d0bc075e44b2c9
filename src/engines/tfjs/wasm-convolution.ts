// The two convolution gradients for the TensorFlow.js wasm backend: the filter's, which it lacks, and the
// input's, for which it has a scalar loop ten times slower than its convolution. Both are written as convolutions.
import * as tf from '@tensorflow/tfjs';

interface GradientAttributes {
  strides: [number, number] | number;
  pad: 'valid' | 'same' | number;
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
  dataFormat: 'NHWC' | 'NCHW';
  filterShape?: [number, number, number, number];
  inputShape?: [number, number, number, number];
}
type Shape4 = [number, number, number, number];

/** Zeros between the values: what a stride skipped. `[N, H, W, C]` → `[N, (H−1)·sH+1, (W−1)·sW+1, C]`. */
function spread(dy: tf.Tensor4D, strideHeight: number, strideWidth: number): tf.Tensor4D {
  if (strideHeight === 1 && strideWidth === 1) return dy;
  const [n, height, width, channels] = dy.shape;
  const columns = dy.reshape([n * height * width, 1, channels]).pad([
    [0, 0],
    [0, strideWidth - 1],
    [0, 0],
  ]);
  const rows = columns.reshape([n * height, 1, width * strideWidth * channels]).pad([
    [0, 0],
    [0, strideHeight - 1],
    [0, 0],
  ]);
  const full = rows.reshape([n, height * strideHeight, width * strideWidth, channels]) as tf.Tensor4D;
  return tf.slice(
    full,
    [0, 0, 0, 0],
    [n, (height - 1) * strideHeight + 1, (width - 1) * strideWidth + 1, channels],
  );
}

/** Pads each side of H and W; a negative number crops. */
function padOrCrop(x: tf.Tensor4D, [top, bottom, left, right]: number[]): tf.Tensor4D {
  const [n, height, width, channels] = x.shape;
  const padded = tf.pad(x, [
    [0, 0],
    [Math.max(0, top), Math.max(0, bottom)],
    [Math.max(0, left), Math.max(0, right)],
    [0, 0],
  ]);
  if (Math.min(top, bottom, left, right) >= 0) return padded;
  return tf.slice(
    padded,
    [0, Math.max(0, -top), Math.max(0, -left), 0],
    [n, height + top + bottom, width + left + right, channels],
  );
}

function geometry(inputShape: Shape4, filterShape: Shape4, attributes: GradientAttributes) {
  if (attributes.dataFormat !== 'NHWC')
    throw new Error(`wasm convolution gradient: data format must be NHWC, got ${attributes.dataFormat}`);
  const info = tf.backend_util.computeConv2DInfo(
    inputShape,
    filterShape,
    attributes.strides,
    1,
    attributes.pad,
    attributes.dimRoundingMode,
    false,
    'channelsLast',
  );
  return info;
}

/** `dW[kh,kw,c,k] = Σ x[n, kh + s·i − p, …, c]·dy[n,i,j,k]`: x as C images of N channels, dy as the dilated filter. */
function filterGradient(x: tf.Tensor4D, dy: tf.Tensor4D, attributes: GradientAttributes): tf.Tensor4D {
  const filterShape = attributes.filterShape!;
  const info = geometry(x.shape, filterShape, attributes);
  const [kernelHeight, kernelWidth, channelsIn, channelsOut] = filterShape;
  const { top, left } = info.padInfo;
  // Just as much padding as makes the result kernel-sized; where the stride leaves a remainder, cropping.
  const bottom = (info.outHeight - 1) * info.strideHeight + kernelHeight - info.inHeight - top;
  const right = (info.outWidth - 1) * info.strideWidth + kernelWidth - info.inWidth - left;
  const images = padOrCrop(x, [top, bottom, left, right]).transpose([3, 1, 2, 0]) as tf.Tensor4D; // [C, H, W, N]
  const filter = dy.transpose([1, 2, 0, 3]) as tf.Tensor4D; // [Ho, Wo, N, K]
  const gradient = tf.conv2d(images, filter, 1, 'valid', 'NHWC', [info.strideHeight, info.strideWidth]); // [C, kh, kw, K]
  return gradient.transpose([1, 2, 0, 3]).reshape([kernelHeight, kernelWidth, channelsIn, channelsOut]);
}

/** `dX` = the spread gradient convolved with the kernel turned by 180° and its channels swapped. */
function inputGradient(dy: tf.Tensor4D, filter: tf.Tensor4D, attributes: GradientAttributes): tf.Tensor4D {
  const inputShape = attributes.inputShape!;
  const info = geometry(inputShape, filter.shape, attributes);
  const { top, left } = info.padInfo;
  const [, height, width] = inputShape;
  const spreadDy = spread(dy, info.strideHeight, info.strideWidth);
  const before = [info.filterHeight - 1 - top, info.filterWidth - 1 - left];
  const padded = padOrCrop(spreadDy, [
    before[0],
    height + info.filterHeight - 1 - spreadDy.shape[1] - before[0],
    before[1],
    width + info.filterWidth - 1 - spreadDy.shape[2] - before[1],
  ]);
  const turned = filter.reverse([0, 1]).transpose([0, 1, 3, 2]) as tf.Tensor4D;
  return tf.conv2d(padded, turned, 1, 'valid');
}

/** A kernel made of operations; the engine hands kernels real tensors. */
const composed =
  (compute: (inputs: Record<string, tf.Tensor4D>, attributes: GradientAttributes) => tf.Tensor4D) =>
  ({ inputs, attrs }: { inputs: unknown; attrs?: unknown }): tf.TensorInfo =>
    tf.tidy(() => compute(inputs as Record<string, tf.Tensor4D>, attrs as GradientAttributes));

let registered = false;

/** Registers both gradients for the wasm backend; doing it again changes nothing. */
export function registerWasmConvolutionGradients(): void {
  if (registered) return;
  const kernels = {
    Conv2DBackpropFilter: composed(({ x, dy }, attributes) => filterGradient(x, dy, attributes)),
    Conv2DBackpropInput: composed(({ dy, filter }, attributes) => inputGradient(dy, filter, attributes)),
  };
  for (const [kernelName, kernelFunc] of Object.entries(kernels)) {
    if (tf.getKernel(kernelName, 'wasm')) tf.unregisterKernel(kernelName, 'wasm');
    tf.registerKernel({ kernelName, backendName: 'wasm', kernelFunc });
  }
  registered = true;
}
