// Makes a clone ready, from Node's own modules alone: installs what is missing, then builds. Runs before
// `npm run reproduce` and `npm test`; takes a second or two when there is nothing to do.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`sgs-snn needs Node 20.19 or newer, this is ${process.versions.node}: install a newer Node`);
  process.exit(1);
}

const readJson = (path) => {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
};

/** What the lock file asks for and node_modules lacks. Optional packages may be absent: they are GPU and native ones. */
function missingPackages() {
  const wanted = readJson(join(root, 'package-lock.json'))?.packages ?? {};
  const installed = readJson(join(root, 'node_modules', '.package-lock.json'))?.packages;
  if (!installed) return ['everything'];
  return Object.entries(wanted)
    .filter(([path, entry]) => path && !entry.optional && installed[path]?.version !== entry.version)
    .map(([path]) => path.replace('node_modules/', ''));
}

/** Runs a command in the root with its output shown; ends the process when it fails. */
function run(label, command, args) {
  console.log(`${label} …`);
  const started = Date.now();
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) {
    console.error(
      `${label} failed${error ? `: ${error.message}` : ''}; mend what is said above and run it again`,
    );
    process.exit(status ?? 1);
  }
  console.log(`${label}: ${((Date.now() - started) / 1000).toFixed(1)} s`);
}

const missing = missingPackages();
if (missing.length > 0) {
  const few = missing.slice(0, 3).join(', ');
  run(`installing packages (missing: ${few}${missing.length > 3 ? ', …' : ''})`, 'npm', ['ci', '--no-audit']);
}
run('building', process.execPath, [join(root, 'node_modules', '@typescript', 'native', 'bin', 'tsc')]);
run('building kernels', process.execPath, [join(root, 'scripts', 'build-kernels.mjs')]);
