import test from 'ava';
import type { LayerProbe } from '../../../src/engines/engine.js';
import { evaluated, testForm } from '../../helpers/measured.js';
import { SAMPLE_RESULTS } from '../../helpers/records.js';

test('probe: a row for each layer and step with what belongs to it, traces left out', async (t) => {
  const layer = (name: string, from: number): LayerProbe => ({
    ...{ layer: name, spikeRate: [from, from + 1], gradientNorm: [from + 2, from + 3] },
    ...{ windowDensity: [from + 4, from + 5], negativeScales: [from + 6, from + 7] },
    ...{ deadAt: [0, 0], saturatedAt: [0, 0] }, // not in the rows, whose form records have
    ...{ dead: from + 8, saturated: from + 9, traces: [{ neuron: 0, v: [1], o: [0] }] },
  });
  const { rows } = await evaluated(
    { kind: 'probe' },
    {},
    { probe: () => Promise.resolve([layer('a', 0), layer('b', 10)]) },
  );
  t.deepEqual(
    rows,
    [0, 10].flatMap((from) =>
      [0, 1].map((step) => ({
        ...{ layer: from === 0 ? 'a' : 'b', step: step + 1, spikeRate: from + step },
        ...{ gradientNorm: from + 2 + step, windowDensity: from + 4 + step, negativeScales: from + 6 + step },
        ...{ dead: from + 8, saturated: from + 9 },
      })),
    ),
  );
});

testForm('probe', SAMPLE_RESULTS.probe, 100);
