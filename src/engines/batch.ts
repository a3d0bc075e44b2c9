// Checks that a batch fits a network, for every engine alike.
import type { Batch } from '../data/dataset.js';
import { SettingsError } from '../errors.js';
import type { Network } from '../network/layers.js';

/**
 * True when the batch has one frame a time step, false when one image stands for all.
 *
 * @throws SettingsError when it is no batch for this network: naming the field, the index and the value, and what was
 *   expected. A value that is no number would end as a loss that is none, as if training had diverged.
 */
export function isDynamic({ x, shape, labels }: Batch, network: Network, steps: number): boolean {
  const { input, name, classes } = network;
  const refuse = (what: string): never => {
    throw new SettingsError(`${name}: batch.${what}`);
  };
  if (!(x instanceof Float32Array)) refuse('x: expected a Float32Array of normalised values');
  if (!(labels instanceof Int32Array)) refuse('labels: expected an Int32Array of classes');
  const dynamic = shape.length === 5;
  const expected = [...(dynamic ? [steps] : []), labels.length, ...input];
  if (shape.join() !== expected.join() || labels.length === 0)
    throw new SettingsError(
      `${name}: a batch of shape [${shape}] with ${labels.length} labels does not fit; expected [B,${input}] or [${steps},B,${input}] and B ≥ 1 labels`,
    );
  const size = shape.reduce((product, n) => product * n, 1);
  if (x.length !== size) refuse(`x: expected ${size} values, as shape [${shape}] says, got ${x.length}`);
  // One sum tells whether any value is NaN or infinite: doubles hold the sum of any number of floats.
  let sum = 0;
  for (let i = 0; i < size; i++) sum += x[i];
  if (!Number.isFinite(sum)) {
    const at = x.findIndex((value) => !Number.isFinite(value));
    refuse(`x[${at}]: expected a finite number, got ${x[at]}`);
  }
  labels.forEach((label, i) => {
    if (label < 0 || label >= classes)
      refuse(
        `labels[${i}]: expected an integer from 0 to ${classes - 1}, one of ${classes} classes, got ${label}`,
      );
  });
  return dynamic;
}

/**
 * The values of a batch at every time step, in float64: direct encoding, a static image is given at each.
 *
 * @returns `[T·B, H, W, C]`
 * @throws SettingsError when it is no batch for this network
 */
export function overTime(batch: Batch, network: Network, steps: number): Float64Array {
  if (isDynamic(batch, network, steps)) return Float64Array.from(batch.x);
  const x = new Float64Array(steps * batch.x.length);
  for (let t = 0; t < steps; t++) x.set(batch.x, t * batch.x.length);
  return x;
}
