// Paths in a page, where they are only names: as much of `node:path` as code has that a page loads. Tests: test/host/files.test.ts.

/** Parts joined and put in order: `a/./b/../c` is `a/c`. */
export function join(...parts: string[]): string {
  const text = parts.filter((part) => part !== '').join('/');
  const names: string[] = [];
  for (const name of text.split('/')) {
    if (name === '' || name === '.') continue;
    if (name === '..' && names.length > 0 && names.at(-1) !== '..') names.pop();
    else if (name !== '..' || !text.startsWith('/')) names.push(name);
  }
  return (text.startsWith('/') ? '/' : '') + names.join('/') || '.';
}

/** From the root, as a page has no current folder. */
export function resolve(...parts: string[]): string {
  const from = parts.findLastIndex((part) => part.startsWith('/'));
  return join('/', ...parts.slice(Math.max(from, 0)));
}

/** All but the last name. */
export function dirname(path: string): string {
  const folder = /^(.*)\/[^/]*$/s.exec(join(path))?.[1];
  return folder === undefined ? '.' : folder || '/';
}

/** The last name, without an ending. */
export function basename(path: string, ending = ''): string {
  const name = join(path).split('/').at(-1) ?? '';
  return name !== ending && name.endsWith(ending) ? name.slice(0, name.length - ending.length) : name;
}
