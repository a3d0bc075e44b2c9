// Builds the page that trains in a browser: bundles of the package, what they load, and the digests that Node finds for the experiment that
// the page begins with.
import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { shapes10 } from '../../dist/data/sets/shapes10.js';
import { createEventEngine } from '../../dist/engines/event/engine.js';
import { BUILDS, fmaWorks } from '../../dist/engines/event/module.js';
import { experiment } from '../../dist/experiment/experiment.js';
import { memoryRuns } from '../../dist/page/memory-runs.js';
import { provenance } from '../../dist/records/provenance.js';
import { train } from '../../dist/training/train.js';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const dist = (...path) => join(root, 'dist', ...path);

/**
 * @param folder - of the page; emptied first
 * @param recipe - settings of the experiment that it begins with
 */
export async function buildPage(folder, recipe) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await build({
    ...{ bundle: true, minify: true, format: 'esm', platform: 'browser', target: 'es2022' },
    absWorkingDir: root,
    entryPoints: {
      page: dist('page', 'page.js'),
      trainer: dist('page', 'trainer.js'),
      'kernel-thread': dist('engines', 'event', 'browser', 'worker.js'),
    },
    outdir: folder,
  });
  const files = join(root, 'scripts', 'page');
  for (const name of readdirSync(files).filter((each) => !each.endsWith('.mjs')))
    cpSync(join(files, name), join(folder, name));
  for (const name of BUILDS.map((each) => `kernels-${each}.wasm`))
    cpSync(dist('engines', 'event', name), join(folder, name));
  const { commit, dirty, versions } = provenance();
  const origin = { package: versions.package, commit, dirty };
  const built = { origin, recipe, digests: await digestsOf(recipe) };
  writeFileSync(join(folder, 'built.json'), `${JSON.stringify(built, null, 1)}\n`);
}

/** The digests of the weights that Node finds, by the id of the run: one for each build of the kernels that runs here. */
async function digestsOf(recipe) {
  const digests = {};
  for (const name of BUILDS.filter((each) => each !== 'fma' || fmaWorks())) {
    const engine = await createEventEngine({ build: name });
    try {
      const options = { engine, dataset: shapes10(), runs: memoryRuns(), onNote: () => undefined };
      const { id, weightsDigest } = await train(experiment(recipe), options);
      digests[id] = weightsDigest;
    } finally {
      engine.dispose();
    }
  }
  return digests;
}
