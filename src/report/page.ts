// A page that needs no network and no server: one HTML file with its style, its script and plotly.js. Tests: test/report/report.test.ts.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { locateOptional } from '../figures/render/optional.js';
import { DARK_TEMPLATE, LIGHT_TEMPLATE } from '../figures/theme.js';
import { jsonForScript } from '../text.js';
import { type Fragment, Markup, markup } from './markup.js';
import { packed } from './packed.js';
import { REPORT_SCRIPT } from './script.js';
import { REPORT_STYLE } from './style.js';

/** The parts of a page. */
export interface PageParts {
  title: string;
  /** Below the title. */
  header: Fragment;
  main: Fragment;
  footer: Fragment;
}

/**
 * The page. Its content security policy lets only the page's own two scripts run and nothing load, so that no text that came with
 * the data can do either.
 *
 * @throws UnsupportedError when plotly.js-dist-min is not installed
 */
export function page({ title, header, main, footer }: PageParts): Markup {
  const plotly = plotlySource();
  const policy = [
    "default-src 'none'",
    'img-src data: blob:',
    "style-src 'unsafe-inline'",
    `script-src ${hashOf(REPORT_SCRIPT)} ${hashOf(plotly)}`,
  ].join('; ');
  const templates = jsonForScript({ light: LIGHT_TEMPLATE, dark: DARK_TEMPLATE });
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${new Markup(REPORT_STYLE)}</style>
</head>
<body>
<div class="page">
<header>
<div class="top"><h1>${title}</h1><button id="theme" type="button" hidden>light / dark</button></div>
${header}
</header>
<main>
${main}
</main>
<footer>${footer}</footer>
</div>
<script type="application/json" id="templates">${new Markup(templates)}</script>
<script type="text/plain" id="plotly">${packed(plotly)}</script>
<script>${new Markup(REPORT_SCRIPT)}</script>
</body>
</html>
`;
}

/** Plotly's script, after a check that it can stand inside a page. */
function plotlySource(): string {
  const source = readFileSync(locateOptional('plotly.js-dist-min', 'the report'), 'utf8');
  if (/<\/script|<!--|\r/i.test(source))
    throw new Error('plotly.js-dist-min holds text that ends a script element; use version 4.1.1');
  return source;
}

const hashOf = (script: string): string => `'sha256-${createHash('sha256').update(script).digest('base64')}'`;
