import test from 'ava';
import type { ModelSettings } from '../../src/engines/engine.js';
import { experiment } from '../../src/experiment/experiment.js';
import { layerCurvatures } from '../../src/measures/curvature.js';
import { initialWeights } from '../../src/network/initialise.js';
import { lif, linear, mpbn, neuron, type Network } from '../../src/network/layers.js';
import { normals } from '../helpers/tensors.js';

const ROWS = { epsilon: 1e-4, seed: 1 };
const batchOf = (name: string, size: number) => ({
  x: normals(name, 3 * size),
  shape: [3, 1, 1, size],
  labels: Int32Array.of(0, 1, 2),
});

for (const kind of ['lif', 'mpbn'] as const)
  test(`${kind}, one layer in front of the logits: the trace is that of the cross entropy’s Hessian, worked out by hand, within 5 % over 400 draws of signs`, async (t) => {
    const network: Network = {
      ...{ name: 'shallow', input: [1, 1, 3], classes: 3 },
      layers: [linear('a', 3, 4), kind === 'lif' ? lif('l') : mpbn('l'), linear('b', 4, 3)],
    };
    const settings: ModelSettings = experiment({ steps: 1 });
    const weights = initialWeights(network, 2);
    const batch = batchOf('x', 3);
    const [a, aBias, b, bBias] = ['a.weight', 'a.bias', 'b.weight', 'b.bias'].map(
      (name) => weights[name].data,
    );
    // H of one example by its spikes is Wᵀ(diag p − p pᵀ)W, a third of it of the mean over three; vᵀHv of random signs is its trace on average.
    let trace = 0;
    const potential = (example: number, j: number): number =>
      [0, 1, 2].reduce((sum, i) => sum + a[j * 3 + i] * batch.x[example * 3 + i], aBias[j]);
    for (let example = 0; example < 3; example++) {
      const o = Array.from({ length: 4 }, (_, j) => {
        const v = potential(example, j);
        if (kind === 'lif') return v > 0.5 ? 1 : 0;
        const all = [0, 1, 2].map((other) => potential(other, j));
        const mean = all.reduce((sum, value) => sum + value, 0) / 3;
        const variance = all.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 3;
        return (v - mean) / Math.sqrt(variance + 1e-5) > 0.5 ? 1 : 0;
      });
      const logits = Array.from(
        { length: 3 },
        (_, k) => bBias[k] + o.reduce<number>((sum, value, j) => sum + b[k * 4 + j] * value, 0),
      );
      const total = logits.reduce((sum, z) => sum + Math.exp(z), 0);
      const p = logits.map((z) => Math.exp(z) / total);
      for (let j = 0; j < 4; j++) {
        const mean = p.reduce((sum, share, k) => sum + share * b[k * 4 + j], 0);
        trace += p.reduce((sum, share, k) => sum + share * (b[k * 4 + j] - mean) ** 2, 0) / 3;
      }
    }
    const batches = Array.from({ length: 400 }, () => batch); // other signs for each
    const [row] = await layerCurvatures(network, settings, weights, batches, ROWS);
    const mean = row.curvature.reduce((sum, value) => sum + value, 0) / batches.length;
    t.is(row.layer, 'l');
    t.true(Math.abs(mean / (trace / 12) - 1) < 0.05, `${mean} for ${trace / 12}`);
    t.true(row.deviation.every((value) => value === row.deviation[0] && value > 0));
    const ratio =
      row.curvature.reduce((sum, value) => sum + value / (3 * row.deviation[0]), 0) / batches.length;
    t.true(Math.abs(row.delta - ratio) < 1e-12);
  });

test('two outputs of a class that say the same have the curvature of one', async (t) => {
  const layers = (votes: number) => [linear('a', 3, 4), lif('l'), linear('b', 4, 3 * votes)];
  const network: Network = { name: 'one', input: [1, 1, 3], classes: 3, layers: layers(1) };
  const two: Network = { ...network, layers: layers(2), readout: { voting: 2, time: 'mean' } };
  const weights = initialWeights(network, 2);
  const doubled = Object.fromEntries(
    ['b.weight', 'b.bias'].map((name) => {
      const { shape, data } = weights[name];
      const row = data.length / 3; // a row of each class, twice
      const twice = Float64Array.from({ length: 2 * data.length }, (_, i) => {
        return data[Math.floor(i / (2 * row)) * row + (i % row)];
      });
      return [name, { shape: [2 * shape[0], ...shape.slice(1)], data: twice }];
    }),
  );
  const settings: ModelSettings = experiment({ steps: 2 });
  const [[a], [b]] = await Promise.all([
    layerCurvatures(network, settings, weights, [batchOf('x', 3)], ROWS),
    layerCurvatures(two, settings, { ...weights, ...doubled }, [batchOf('x', 3)], ROWS),
  ]);
  t.true(Math.abs(a.curvature[0]) > 1e-4);
  t.true(Math.abs(b.curvature[0] / a.curvature[0] - 1) < 1e-6);
});

test('signs, weights and batches decide it, and nothing else; a layer without a gradient has δ 0', async (t) => {
  const silent = {
    name: 'silent',
    state: { u: 0 },
    step: ['v = u + x', 'o = spike(v)', 'u = v'],
    output: 'o',
  };
  const network: Network = {
    ...{ name: 'cut', input: [1, 1, 2], classes: 3 },
    layers: [
      linear('a', 2, 4),
      neuron('first', silent),
      neuron('cut', { ...silent, step: ['v = u + x', 'o = spike(detach(v))', 'u = v'] }),
      linear('b', 4, 3),
    ],
  };
  const settings: ModelSettings = experiment({ steps: 2 });
  const weights = initialWeights(network, 2);
  const of = (seed: number) =>
    layerCurvatures(network, settings, weights, [batchOf('y', 2)], { ...ROWS, seed });
  const [once, again, other] = [await of(1), await of(1), await of(2)];
  t.deepEqual(once, again);
  t.notDeepEqual(once, other);
  t.is(once.find(({ layer }) => layer === 'first')!.delta, 0);
});

test('neurons whose potential is normalised, and a list of strengths for them: they are layers as any other', async (t) => {
  const network: Network = {
    ...{ name: 'normed', input: [1, 1, 3], classes: 3 },
    layers: [linear('a', 3, 4), mpbn('m'), linear('b', 4, 4), lif('l'), linear('c', 4, 3)],
  };
  const settings: ModelSettings = experiment({ steps: 2, neuron: { delta: { layers: [0.1, 0.2] } } });
  const batches = [batchOf('z', 3)];
  const rows = await layerCurvatures(network, settings, initialWeights(network, 2), batches, ROWS);
  t.deepEqual(
    rows.map(({ layer }) => layer),
    ['m', 'l'],
  );
  t.true(rows.every(({ delta, curvature }) => delta >= 0 && Number.isFinite(curvature[0])));
});
