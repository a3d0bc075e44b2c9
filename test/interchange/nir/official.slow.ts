// The Python package nir, where it is at hand, reads every file that is written here, types checked.
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { experiment } from '../../../src/experiment/experiment.js';
import { NIR_POOLS, NIR_VOCABULARIES } from '../../../src/interchange/nir/context.js';
import { exportNir } from '../../../src/interchange/nir/export.js';
import { NIR_PROFILES } from '../../../src/interchange/nir/profiles.js';
import { temporaryFolder } from '../../helpers/folder.js';
import { testWhere } from '../../helpers/needs.js';
import { weightsOf } from '../../helpers/networks.js';
import { NARROW } from '../../helpers/nir-networks.js';

/** Reads files and prints of each how many nodes it has and what its metadata say dt is. */
const READER = `
import sys, nir
for file in sys.argv[1:]:
    graph = nir.read(file)
    print(len(graph.nodes), float(graph.metadata["dt"]))
`;

const PYTHON = process.env.PYTHON ?? 'python3';
const answers = (code: string): boolean => {
  try {
    execFileSync(PYTHON, ['-c', code], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};
const testWithNir = testWhere(
  answers('import nir'),
  'no Python with the package nir; pip install nir, PYTHON names it',
);

const readByPython = (files: string[]): string[] =>
  execFileSync(PYTHON, ['-c', READER, ...files], { encoding: 'utf8' })
    .trim()
    .split('\n');

testWithNir(
  'official reader: every architecture in every profile, vocabulary and pool, with all nodes and dt',
  async (t) => {
    const folder = temporaryFolder(t);
    const expected: [file: string, line: string][] = [];
    for (const [name, network] of Object.entries(NARROW))
      for (const profile of NIR_PROFILES)
        for (const vocabulary of NIR_VOCABULARIES)
          for (const pool of NIR_POOLS) {
            const file = join(folder, `${name}.${profile}.${vocabulary}.${pool}.nir`);
            const reset = profile === 'sinabs' ? 'soft' : 'hard';
            const { graph } = await exportNir(file, {
              ...{ network, weights: weightsOf(network, 1), settings: experiment({ neuron: { reset } }) },
              ...{ profile, vocabulary, pool },
            });
            expected.push([file, `${graph.nodes.size} ${profile === 'sinabs' ? '1.0' : '0.0001'}`]);
          }
    t.deepEqual(
      readByPython(expected.map(([file]) => file)),
      expected.map(([, line]) => line),
    );
  },
);

testWithNir('official reader: the networks and neurons of data/conformance', (t) => {
  const files = ['networks', 'neurons'].flatMap((folder) =>
    readdirSync(`data/conformance/${folder}`)
      .filter((name) => name.endsWith('.nir'))
      .map((name) => `data/conformance/${folder}/${name}`),
  );
  t.true(files.length > 12);
  t.is(readByPython(files).length, files.length);
});
