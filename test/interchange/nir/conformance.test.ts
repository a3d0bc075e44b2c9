// data/conformance: what the files mean is what their CSVs say, by the simulator here; others may run the same files. Networks, and
// that the files are those that are made, in conformance.slow.ts.
import test from 'ava';
import { DataError } from '../../../src/errors.js';
import { readNir } from '../../../src/interchange/nir/read.js';
import { runNir } from '../../../src/interchange/nir/run.js';
import { caseOf, casesIn, CONFORMANCE, rowsOf } from '../../helpers/conformance.js';

for (const name of casesIn('neurons'))
  test(`conformance: ${name}: potentials within 1e-6, every spike`, async (t) => {
    const { nir, input, layer, tolerance, conventions } = caseOf<{ input: number[][]; layer: string }>(
      `neurons/${name}`,
    );
    t.is(tolerance, 1e-6);
    const graph = await readNir(`${CONFORMANCE}/neurons/${nir[0]}`);
    for (const given of [{}, conventions]) {
      const { [layer]: trace } = runNir(graph, input, { ...given, record: [layer] }).traces;
      for (const [neuron, step, , v, spike, u] of rowsOf(`neurons/${name}.csv`).map((row) =>
        row.map(Number),
      )) {
        t.true(Math.abs(trace.v![step][neuron] - v) < tolerance, `v of ${neuron} at ${step}`);
        t.is(trace.given[step][neuron], spike, `spike of ${neuron} at ${step}`);
        t.true(Math.abs(trace.u![step][neuron] - u) < tolerance, `u of ${neuron} at ${step}`);
      }
    }
  });

test('conformance: every file of negative/ is refused, with the node or what it is', async (t) => {
  const found: Record<string, string> = {};
  for (const [name] of rowsOf('negative/reasons.csv')) {
    const file = `${CONFORMANCE}/negative/${name}`;
    const error = await t.throwsAsync(readNir(file), { instanceOf: DataError }, name);
    found[name] = error!.message.slice(file.length + 2).split(';')[0];
  }
  t.deepEqual(found, {
    'edge-to-nowhere.nir': 'the graph has the edge "input" → "lif", and no node "lif"',
    'max-pool.nir': 'node "lif" (MaxPool2d) has the unknown type "MaxPool2d"',
    'no-output.nir': 'the graph has no Output',
    'no-threshold.nir': 'node "lif" (LIF) has the word "high" as v_threshold, expected numbers',
    'shapes-12-and-38.nir':
      'node "lif" (LIF) takes values of shape [38], and node "input" (Input) gives it [12]',
    'zip.nir': 'a zip archive (torch.save and numpy.savez make them), expected an HDF5 file',
  });
});
