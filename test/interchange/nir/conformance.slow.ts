// Networks of data/conformance, and that its files are those that are made.
import { readdirSync, readFileSync } from 'node:fs';
import test from 'ava';
import { readNir } from '../../../src/interchange/nir/read.js';
import { runNir } from '../../../src/interchange/nir/run.js';
import { conformanceFiles } from '../../fixtures/conformance.js';
import { caseOf, casesIn, CONFORMANCE, rowsOf } from '../../helpers/conformance.js';

test.serial('conformance: the files are those that make_conformance.ts writes, byte for byte', async (t) => {
  const { now } = Date;
  Date.now = () => 0; // HDF5 keeps when a file was made
  try {
    const files = await conformanceFiles();
    t.true(files.size > 40);
    for (const [name, content] of files)
      t.true(Buffer.from(content).equals(readFileSync(`${CONFORMANCE}/${name}`)), name);
    for (const folder of ['neurons', 'networks', 'negative'])
      for (const name of readdirSync(`${CONFORMANCE}/${folder}`))
        t.true(files.has(`${folder}/${name}`), name);
  } finally {
    Date.now = now;
  }
});

for (const name of casesIn('networks'))
  test(`conformance: ${name}: logits of every file within 1e-6 of the network, every spike`, async (t) => {
    const { nir, images, steps, tolerance } = caseOf<{ images: number[][]; steps: number }>(
      `networks/${name}`,
    );
    t.is(tolerance, 1e-6);
    const logits = rowsOf(`networks/${name}.logits.csv`).map((row) => row.map(Number));
    const spikes = rowsOf(`networks/${name}.spikes.csv`);
    const layers = [...new Set(spikes.map(([layer]) => layer))];
    for (const file of nir) {
      const graph = await readNir(`${CONFORMANCE}/networks/${file}`);
      const runs = images.map((image) =>
        runNir(
          graph,
          Array.from({ length: steps }, () => image),
          { record: layers },
        ),
      );
      for (const [image, label, logit] of logits) {
        const mean = runs[image].output.reduce((sum, step) => sum + step[label], 0) / steps;
        t.true(Math.abs(mean - logit) < tolerance, `${file}: ${mean} for ${logit}`);
      }
      for (const [layer, image, step, bits] of spikes)
        t.is(
          runs[Number(image)].traces[layer].given[Number(step)].join(''),
          bits,
          `${file} ${layer} ${step}`,
        );
      t.true(spikes.some(([, , , bits]) => bits.includes('1') && bits.includes('0')));
    }
  });
