// Checks the links of a folder of pages: each leads to a file that is there, and to an anchor that it has.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const LINK = /\b(?:href|src)="([^"]*)"/g;
const ANCHOR = /\b(?:id|name)="([^"]*)"/g;

/**
 * @param folder - of the site
 * @returns a line for each link that leads nowhere: the page, and what it links to
 */
export function deadLinks(folder) {
  const pages = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.html'),
  );
  const sources = new Map(pages.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
  const anchors = new Map();
  const hasAnchor = (page, anchor) => {
    if (!anchors.has(page))
      anchors.set(page, new Set([...sources.get(page).matchAll(ANCHOR)].map(([, id]) => id)));
    return anchors.get(page).has(anchor);
  };
  const dead = [];
  for (const [page, source] of sources)
    for (const link of new Set([...withoutScripts(source).matchAll(LINK)].map(([, href]) => href))) {
      if (link === '' || /^[a-z][a-z0-9+.-]*:/i.test(link)) continue;
      const [path, anchor] = link.replaceAll('&amp;', '&').split('#');
      const target =
        path === '' ? page : relative('.', join(dirname(page), decodeURIComponent(path.split('?')[0])));
      const file = join(folder, target);
      if (!existsSync(file) || (statSync(file).isDirectory() && !existsSync(join(file, 'index.html'))))
        dead.push(`${page}: ${link}`);
      else if (anchor && sources.has(target) && !hasAnchor(target, decodeURIComponent(anchor)))
        dead.push(`${page}: ${link} (no such anchor)`);
    }
  return dead;
}

/** What scripts build while they run is not in the page. */
const withoutScripts = (source) => source.replace(/<script\b[^>]*>[\s\S]*?<\/script>/g, '');
