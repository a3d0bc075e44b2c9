// The way from a line of the JavaScript that tslab runs back to the line of the cell. tslab compiles twice, TypeScript to
// modules and modules to CommonJS, and asks for no source maps.
'use strict';
const { Buffer } = require('node:buffer');
const { createRequire, SourceMap } = require('node:module');

const INLINE = /\n\/\/# sourceMappingURL=data:application\/json;base64,(\S+)\s*$/;
const REFERENCE = /\n\/\/# sourceMappingURL=\S+\s*$/;
/** tslab puts `export {};` and a line break before each cell. */
const LINES_BEFORE = 1;

/** Maps of the code that was compiled last, by that code. */
let last;

/** Makes tslab's compiler, before tslab loads it, keep source maps of both steps. */
module.exports.install = () => {
  const name = createRequire(require.resolve('tslab/dist/main.js')).resolve('@tslab/typescript-for-tslab');
  const compiler = require(name);
  require.cache[name].exports = {
    ...compiler,
    createWatchCompilerHost: (files, options, ...rest) =>
      compiler.createWatchCompilerHost(files, { ...options, inlineSourceMap: true }, ...rest),
    transpileModule: (modules, options) => {
      const [, first] = INLINE.exec(modules) ?? [];
      if (first === undefined) return compiler.transpileModule(modules, options);
      const compilerOptions = { ...options.compilerOptions, sourceMap: true };
      const result = compiler.transpileModule(modules.replace(INLINE, '\n'), { ...options, compilerOptions });
      const code = result.outputText.replace(REFERENCE, '\n');
      last = { code, maps: [result.sourceMapText, Buffer.from(first, 'base64').toString()] };
      return { ...result, outputText: code };
    },
  };
};

/**
 * How to find lines of the cell in the script that holds its code.
 *
 * @returns a function of line and column in the script, from 1, that gives the line in the cell, from 1, or undefined
 */
module.exports.linesOf = (script) => {
  const at = last === undefined ? -1 : script.indexOf(last.code);
  if (at < 0 || script.slice(0, at).includes('\n')) return () => undefined;
  const { code, maps } = last;
  const count = code.split('\n').length - 1; // tslab's call of it stands below
  return (line, column) => {
    if (line > count) return undefined;
    let place = { originalLine: line - 1, originalColumn: column - 1 - (line === 1 ? at : 0) };
    for (const map of maps) {
      place = new SourceMap(JSON.parse(map)).findEntry(place.originalLine, place.originalColumn);
      if (place.originalLine === undefined) return undefined;
    }
    const found = place.originalLine + 1 - LINES_BEFORE;
    return found >= 1 ? found : undefined;
  };
};
