import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { experiment } from '../../../src/experiment/experiment.js';
import { exportNir } from '../../../src/interchange/nir/export.js';
import { toNir } from '../../../src/interchange/nir/to-graph.js';
import { nirVerdicts } from '../../../src/interchange/nir/verdicts.js';
import { encodeNir } from '../../../src/interchange/nir/write.js';
import { convNet } from '../../../src/network/architectures.js';
import { temporaryFolder } from '../../helpers/folder.js';
import { weightsOf } from '../../helpers/networks.js';

test('export: the file is the graph of the options, and the verdicts are those of the graph', async (t) => {
  const network = convNet({ classes: 3, width: 1 / 8, size: 8, convolutions: 2 });
  const weights = weightsOf(network, 1);
  const settings = experiment();
  const options = {
    profile: 'ode',
    dt: 0.5,
    vocabulary: 'plain',
    pool: 'sum',
    origin: { run: 'r' },
  } as const;
  const file = join(temporaryFolder(t), 'a.nir');
  const { graph, verdicts } = await exportNir(file, { network, weights, settings, ...options });
  t.deepEqual(graph, toNir(network, weights, settings, options));
  t.deepEqual(new Uint8Array(readFileSync(file)), await encodeNir(graph));
  t.deepEqual(verdicts, nirVerdicts(graph));
});
