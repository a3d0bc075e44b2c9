// Compiles the event engine's kernels (AssemblyScript) into its two WebAssembly modules. Part of `npm run build`, after
// the TypeScript, which writes three of the modules; skipped when neither the sources nor the compiler have changed since.
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isMainThread, Worker, workerData } from 'node:worker_threads';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const source = join(root, 'src', 'engines', 'event', 'assembly');
const target = join(root, 'dist', 'engines', 'event');
const built = (name) => import(pathToFileURL(join(target, name)));
const { argumentsModule } = await built('kernel-arguments.js');
const { surrogateModules } = await built('surrogate-kernels.js');
const { compilerOptions } = await built('compiler-options.js');
const { PACKED, compileSources, moduleName } = await built('generate/compile.js');
const { shippedSteps } = await built('generate/shipped.js');

/** The sources by name, and what is written from the table of arguments and the registry of surrogates. */
const sources = {
  ...Object.fromEntries(readdirSync(source).map((file) => [file, readFileSync(join(source, file), 'utf8')])),
  ...argumentsModule(),
  ...surrogateModules(),
};

const BUILDS = ['plain', 'fma'];
const optionsOf = (build) => ['index.ts', ...['--baseDir', source], ...compilerOptions(build)];

/** What neurons of equations are compiled from when they are needed: their loops and all that these import. */
const OF_NEURONS = [
  ...['described.ts', 'described-forward.ts', 'described-backward.ts', 'arguments.ts', 'current.ts'],
  ...['exp.ts', 'functions.ts', 'layout.ts', 'madd.ts', 'sums.ts'],
];
/** Those of them that the shipped modules do without. */
const NEURONS_ONLY = /^(described|functions)/;
const { version } = JSON.parse(
  readFileSync(join(root, 'node_modules', 'assemblyscript', 'package.json'), 'utf8'),
);

/** Changes when a source, the options or the compiler change. */
function fingerprint() {
  const hash = createHash('sha256');
  hash.update(JSON.stringify([version, BUILDS.map((build) => compilerOptions(build))]));
  for (const file of Object.keys(sources).sort())
    if (!NEURONS_ONLY.test(file)) hash.update(file).update(sources[file]);
  return hash.digest('hex');
}

/** Writes beside and renames, so that a build that is cut off leaves no half file. */
function write(name, content) {
  const temporary = join(dirname(join(target, name)), `.${basename(name)}.${process.pid}`);
  writeFileSync(temporary, content);
  renameSync(temporary, join(target, name));
}

mkdirSync(target, { recursive: true });
const wanted = fingerprint();
const stamp = 'kernels.sha256';
let last;
try {
  last = readFileSync(join(target, stamp), 'utf8');
} catch {
  // not built yet
}
if (!isMainThread) await (workerData.steps ? compileSteps(workerData) : compile(workerData.build));
else if (last !== wanted) {
  await Promise.all(BUILDS.map((build) => inThread({ build })));
  write(stamp, wanted);
}
if (isMainThread) {
  const packed = Object.fromEntries(OF_NEURONS.map((file) => [file, sources[file]]));
  write(PACKED, JSON.stringify({ compiler: version, sources: packed }));
  await shipSteps();
}

/** The built-in neurons that are equations, each a module: those that are not there yet. What is no longer asked for goes. */
async function shipSteps() {
  const folder = join(target, 'neurons');
  mkdirSync(folder, { recursive: true });
  const steps = shippedSteps();
  const fileOf = (step, build) => `${moduleName(step, build)}.wasm`;
  const asked = new Set(BUILDS.flatMap((build) => steps.map((step) => fileOf(step, build))));
  for (const file of readdirSync(folder)) if (!asked.has(file)) rmSync(join(folder, file));
  const missing = BUILDS.map((build) => ({
    build,
    steps: steps.filter((step) => !existsSync(join(folder, fileOf(step, build)))),
  }));
  await Promise.all(missing.filter((each) => each.steps.length > 0).map(inThread));
}

async function compileSteps({ build, steps }) {
  const compiler = await import('assemblyscript/asc');
  const started = Date.now();
  for (const step of steps)
    write(join('neurons', `${moduleName(step, build)}.wasm`), await compileSources(compiler, step, build));
  console.log(`neurons (${build}): ${steps.length}, ${((Date.now() - started) / 1000).toFixed(1)} s`);
}

/** Compiles one module in a thread of its own: the two take as long as one. */
async function inThread(data) {
  const worker = new Worker(new URL(import.meta.url), { workerData: data });
  const [code] = await once(worker, 'exit');
  if (code !== 0) process.exit(code);
}

async function compile(build) {
  const { default: asc } = await import('assemblyscript/asc');
  const started = Date.now();
  let binary;
  const { error, stderr } = await asc.main([...optionsOf(build), '--outFile', 'kernels.wasm'], {
    readFile: (name) => sources[name] ?? null,
    writeFile: (name, content) => {
      if (name === 'kernels.wasm') binary = content;
    },
  });
  if (error || !binary) throw new Error(`kernels (${build}): ${stderr.toString() || error?.message}`);
  write(`kernels-${build}.wasm`, binary);
  console.log(
    `kernels (${build}): ${(binary.length / 1024).toFixed(0)} KiB, ${((Date.now() - started) / 1000).toFixed(1)} s`,
  );
}
