// A page has no files: none exists, and whatever asks for one fails by name. Stands in the place of `node:fs`, with as much of it as
// code has that a page loads and never calls: the readers of data sets of files. Tests: test/host/files.test.ts.

/** Fails as `node:fs` does where there is no such file: with a code. */
const missing = (path: unknown): never => {
  throw Object.assign(new Error(`ENOENT: a page has no files, ${String(path)} was asked for`), {
    code: 'ENOENT',
  });
};

export const existsSync = (): boolean => false;

export {
  missing as closeSync,
  missing as fstatSync,
  missing as fsyncSync,
  missing as linkSync,
  missing as mkdirSync,
  missing as openSync,
  missing as readdirSync,
  missing as readFileSync,
  missing as readSync,
  missing as renameSync,
  missing as rmSync,
  missing as statSync,
  missing as writeFileSync,
};
