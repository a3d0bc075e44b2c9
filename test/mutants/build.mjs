// Compiles the sources that it is given into dist, without looking at types: what tests start as the built command line has
// the faults too.
import { readFileSync, writeFileSync } from 'node:fs';
import ts from 'typescript';

const compilerOptions = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 };
for (const source of process.argv.slice(2)) {
  const { outputText } = ts.transpileModule(readFileSync(source, 'utf8'), { compilerOptions });
  writeFileSync(source.replace(/^src\/(.*)\.ts$/, 'dist/$1.js'), outputText);
}
