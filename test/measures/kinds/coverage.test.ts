// χ of trained weights, and that no penalty on weights hides what has no gradient.
import test from 'ava';
import { createPlainEngine } from '../../../src/engines/plain/engine.js';
import { experiment } from '../../../src/experiment/experiment.js';
import { type Evaluation, resultsOf } from '../../../src/measures/index.js';
import { initialWeights } from '../../../src/network/initialise.js';
import { flatten, lif, linear, type Network } from '../../../src/network/layers.js';
import { smallDataset } from '../../helpers/dataset.js';
import { testForm } from '../../helpers/measured.js';
import { SAMPLE_RESULTS } from '../../helpers/records.js';

const network: Network = {
  name: 'small',
  input: [6, 7, 3],
  classes: 4,
  layers: [flatten('f'), linear('a', 126, 8), lif('l'), linear('b', 8, 4)],
};

/** The rows of an evaluation of a net whose neurons fire above `theta`. */
function rowsAt(theta: number, evaluation: Evaluation) {
  const settings = experiment({ steps: 2, neuron: { theta }, lipschitz: { beta: 0.1 } });
  const weights = initialWeights(network, 1);
  const engine = createPlainEngine();
  const model = engine.createModel(network, settings, weights);
  const test = Int32Array.of(0, 1, 2, 3, 4, 5);
  return resultsOf(evaluation, { model, weights, engine, dataset: smallDataset(), test });
}

test('coverage: every value of a net that fires; behind neurons far below their threshold only the bias of the readout', async (t) => {
  const usual = await rowsAt(0.5, { kind: 'coverage' });
  t.deepEqual(
    usual.map(({ parameter, size }) => [parameter, size]),
    [
      ['a.weight', 1008],
      ['a.bias', 8],
      ['b.weight', 32],
      ['b.bias', 4],
      ['all', 1052],
    ],
  );
  t.true(Number(usual[4].share) > 0.9);
  const dead = await rowsAt(100, { kind: 'coverage' });
  t.deepEqual(
    dead.map(({ share }) => share),
    [0, 0, 0, 1, 4 / 1052],
  );
});

test('alignment: a row for each step, the cosine of the surrogate; null where there is no gradient', async (t) => {
  const asked: Evaluation = { kind: 'alignment', epsilons: [0.3, 1], probes: 24, seed: 0 };
  const usual = await rowsAt(0.5, asked);
  t.like(usual, [
    { epsilon: 0.3, parameter: 'a.weight', probes: 24 },
    { epsilon: 1, parameter: 'a.weight', probes: 24 },
  ]);
  t.true(
    usual.every(({ cosine }) => Number(cosine) > 0.2 && Number(cosine) < 1),
    JSON.stringify(usual),
  );
  // The readout has a gradient of its own, which finite differences give exactly.
  const exact = await rowsAt(0.5, { ...asked, epsilons: [1e-3], parameter: 'b.weight' });
  t.true(Number(exact[0].cosine) > 0.9999);
  const dead = await rowsAt(100, asked);
  t.deepEqual(
    dead.map(({ cosine }) => cosine),
    [null, null],
  );
});

testForm('coverage', SAMPLE_RESULTS.coverage, 100);
testForm('alignment', SAMPLE_RESULTS.alignment, 100);
