// Records that link to the page.
import test from 'ava';
import type { ExperimentInput } from '../../src/experiment/experiment.js';
import { readFragment } from '../../src/page/fragment.js';
import { addressOf, runnable } from '../../src/page/runnable.js';
import type { RunRecord } from '../../src/records/record.js';
import { sampleRun } from '../helpers/records.js';

const numerics = { ...sampleRun().numerics, engine: 'event' };
const by = (settings: ExperimentInput): RunRecord => ({ ...sampleRun({ settings }), numerics });
const run = by({});

test('a small training on shapes10 by engine event links to the page, with all that the page needs to compare', (t) => {
  t.true(runnable(run));
  const address = addressOf('../page/index.html', run)!;
  t.true(address.startsWith('../page/index.html#'));
  t.deepEqual(readFragment(new URL(address, 'http://localhost/').hash), {
    settings: run.experiment,
    digests: { [run.id]: run.weightsDigest },
  });
});

test('what a page has not, or has no time for, does not', (t) => {
  const others: Record<string, RunRecord> = {
    'another engine': { ...run, numerics: { ...numerics, engine: 'tfjs' } },
    'not done': { ...run, outcome: { ...run.outcome, status: 'diverged' } },
    'other data': { ...run, data: { ...run.data, name: 'cifar10' } },
    arrays: {
      ...run,
      data: {
        ...run.data,
        arrays: { kind: 'images', shape: [1, 1, 1], classes: [], normalisation: { mean: [], std: [] } },
      },
    },
    large: { ...run, macs: 1e9 },
    equations: by({ neuron: { model: 'plif' } }),
    'a surrogate of one’s own': by({ neuron: { surrogate: { name: 'own', derivative: 'exp(-u^2)' } } }),
    'an ANN twin': by({ network: { architecture: 'convNet', twin: 'ann' }, steps: 1 }),
  };
  for (const [what, other] of Object.entries(others)) {
    t.false(runnable(other), what);
    t.is(addressOf('page', other), undefined, what);
  }
});
