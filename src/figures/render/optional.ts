// The packages that only drawing needs. They are not dependencies of the package, so they are loaded when used.
import { createRequire } from 'node:module';
import { UnsupportedError } from '../../errors.js';

const require = createRequire(import.meta.url);

/** The exact versions the project draws with; other versions draw other bytes. */
const VERSIONS: Readonly<Record<string, string>> = {
  jsdom: '26.1.0',
  'plotly.js-dist': '4.1.1',
  'plotly.js-dist-min': '4.1.1',
  'opentype.js': '2.0.0',
  'dejavu-fonts-ttf': '2.37.3',
  '@resvg/resvg-js': '2.6.2',
  'fast-png': '8.0.0',
};

const missing = (name: string, purpose: string): UnsupportedError =>
  new UnsupportedError(
    `${purpose} needs the package ${name}, which is not installed; run \`npm install --save-dev ${name}@${VERSIONS[name]}\``,
  );

/**
 * Loads a package that may be absent.
 *
 * @param name - the package, one of those the project draws with
 * @param purpose - what it is needed for, the start of the error's sentence
 * @throws UnsupportedError naming what to install
 */
export function loadOptional<Module>(name: string, purpose: string): Module {
  locateOptional(name, purpose);
  return require(name) as Module;
}

/**
 * The path of a file inside a package that may be absent.
 *
 * @param name - the package
 * @param purpose - what it is needed for
 * @param file - the file's path inside the package; default its main file
 * @throws UnsupportedError naming what to install
 */
export function locateOptional(name: string, purpose: string, file?: string): string {
  try {
    return require.resolve(file === undefined ? name : `${name}/${file}`);
  } catch {
    throw missing(name, purpose);
  }
}
