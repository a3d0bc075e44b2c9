// A batch in parts, and the results of the parts as one: for evaluations that do not fit into memory whole. Tests:
// test/engines/event/parts.test.ts.
import type { Batch } from '../../data/dataset.js';
import type { Logits } from '../../learning/losses/index.js';

/** Cuts a batch into parts of at most `size` examples, in order; the batch itself where it has no more. */
export function splitBatch(batch: Batch, size: number): Batch[] {
  const { x, shape, labels } = batch;
  const count = labels.length;
  if (count <= size) return [batch];
  const frames = shape.length === 5 ? shape[0] : 1;
  const values = x.length / (frames * count);
  const parts: Batch[] = [];
  for (let start = 0; start < count; start += size) {
    const chosen = labels.subarray(start, start + size);
    const part = new Float32Array(frames * chosen.length * values);
    for (let t = 0; t < frames; t++) {
      const from = (t * count + start) * values;
      part.set(x.subarray(from, from + chosen.length * values), t * chosen.length * values);
    }
    const axes = shape.slice(-3);
    parts.push({
      x: part,
      shape: [...(shape.length === 5 ? [frames] : []), chosen.length, ...axes],
      labels: chosen,
    });
  }
  return parts;
}

/** Logits of parts as those of the whole batch. */
export function joinLogits(parts: readonly Logits[]): Logits {
  if (parts.length === 1) return parts[0];
  const [{ steps, classes }] = parts;
  const batch = parts.reduce((sum, part) => sum + part.batch, 0);
  const values = new Float64Array(steps * batch * classes);
  let before = 0;
  for (const part of parts) {
    const width = part.batch * classes;
    for (let t = 0; t < steps; t++)
      values.set(part.values.subarray(t * width, (t + 1) * width), (t * batch + before) * classes);
    before += part.batch;
  }
  return { steps, batch, classes, values };
}
