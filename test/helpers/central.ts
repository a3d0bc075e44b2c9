// Gradients of engine plain against central differences of its loss.
import type { ExecutionContext } from 'ava';
import type { Batch } from '../../src/data/dataset.js';
import type { Model, ModelSettings } from '../../src/engines/engine.js';
import { createPlainEngine } from '../../src/engines/plain/engine.js';
import { experiment } from '../../src/experiment/experiment.js';
import { initialWeights } from '../../src/network/initialise.js';
import type { Network } from '../../src/network/layers.js';
import { sizeOf } from '../../src/network/parameters.js';
import { normals, worstDifference } from './tensors.js';

const engine = createPlainEngine();

/** Asserts that the gradient of every parameter is the central difference within 1e-6 of the largest; `count` values each. */
export async function isCentralDifference(
  t: ExecutionContext,
  network: Network,
  count: number,
): Promise<void> {
  const how: ModelSettings = experiment({
    ...{ steps: 1, lipschitz: { beta: 0.01 }, loss: { kind: 'tet', lambda: 0.2 } },
    batchNorm: { kind: 'tdbn', alpha: 0.7 },
  });
  const shape = [3, ...network.input];
  const batch: Batch = {
    x: normals(`x ${network.name}`, sizeOf(shape)),
    shape,
    labels: Int32Array.from({ length: 3 }, (_, i) => i % network.classes),
  };
  const start = initialWeights(network, 1);
  const lossAt = (name: string) => (values: Float64Array) => {
    const weights = { ...start, [name]: { ...start[name], data: values.slice() } };
    return lossOf(engine.createModel(network, how, weights), batch);
  };
  const { gradients } = await engine.createModel(network, how, start).gradients(batch);
  const all: { got: number[]; expected: number[] } = { got: [], expected: [] };
  for (const [name, { data }] of Object.entries(gradients)) {
    const chosen = Math.min(data.length, count); // every kind of layer and parameter
    const at = Float64Array.from(start[name].data);
    const expected = await differences(lossAt(name), at, chosen);
    all.got.push(...data.subarray(0, chosen));
    all.expected.push(...expected);
  }
  const worst = worstDifference(all.got, all.expected);
  t.log(`${all.got.length} values, ${worst.toExponential(1)}`);
  t.true(worst < 1e-6);
}

const lossOf = async (model: Model, batch: Batch): Promise<number> => (await model.gradients(batch)).loss;

/** Central differences by the first few values. */
async function differences(
  loss: (values: Float64Array) => Promise<number>,
  at: Float64Array,
  count: number,
): Promise<number[]> {
  const step = 1e-6;
  const found: number[] = [];
  for (let i = 0; i < count; i++) {
    const moved = (by: number): Float64Array => at.map((value, k) => (k === i ? value + by : value));
    found.push(((await loss(moved(step))) - (await loss(moved(-step)))) / (2 * step));
  }
  return found;
}
