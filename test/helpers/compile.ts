// Sources of the package as JavaScript for child processes: plain Node starts in a tenth of the time that it takes
// with a TypeScript loader, which counts where a test starts dozens of them.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import type { ExecutionContext } from 'ava';
import ts from 'typescript';

const root = process.cwd();

/**
 * Compiles a source file and all that it imports, without checking types, into a folder that is removed when the
 * test is over. The folder lies in node_modules, so that packages are found.
 *
 * @param entry - path from the project's root, such as `src/records/folder.ts`
 * @returns the compiled file
 */
export function compile(t: ExecutionContext, entry: string): string {
  const cache = join(root, 'node_modules', '.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'sgs-test-'));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  const waiting = [resolve(root, entry)];
  const done = new Set<string>();
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (done.has(file)) continue;
    done.add(file);
    const source = readFileSync(file, 'utf8');
    for (const { fileName } of ts.preProcessFile(source).importedFiles)
      if (fileName.startsWith('.')) waiting.push(resolve(dirname(file), fileName.replace(/\.js$/, '.ts')));
    const target = join(folder, relative(root, file)).replace(/\.ts$/, '.js');
    mkdirSync(dirname(target), { recursive: true });
    const compilerOptions = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 };
    writeFileSync(target, ts.transpileModule(source, { compilerOptions }).outputText);
  }
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  return join(folder, entry).replace(/\.ts$/, '.js');
}
