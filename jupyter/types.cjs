// The types that cells are checked with, fewer than tslab would read: a cell that imports the package waits for every declaration
// file behind it, and six hundred of them are TensorFlow.js.
'use strict';
const { createRequire } = require('node:module');
const { dirname, join } = require('node:path');

/** Declarations of the package itself, seen through the links by which notebooks find it too. */
const BUILT = join(dirname(__dirname), 'dist', '/');
const TENSORFLOW = /^import .* from '@tensorflow\/[^']*';$/gm;

/**
 * Makes tslab's compiler, before tslab loads it, read the package's declarations without TensorFlow.js: its tensors are `any` there. What a
 * cell itself imports of TensorFlow.js keeps its types. Of the global types in `node_modules/@types` it reads Node's alone.
 */
module.exports.install = () => {
  const name = createRequire(require.resolve('tslab/dist/main.js')).resolve('@tslab/typescript-for-tslab');
  const compiler = require(name);
  require.cache[name].exports = {
    ...compiler,
    createWatchCompilerHost: (files, options, ...rest) => {
      const host = compiler.createWatchCompilerHost(files, { ...options, types: ['node'] }, ...rest);
      const { readFile } = host;
      host.readFile = (path, encoding) => {
        const text = readFile.call(host, path, encoding);
        return path.startsWith(BUILT) && path.endsWith('.d.ts') ? text?.replace(TENSORFLOW, '') : text;
      };
      return host;
    },
  };
};
