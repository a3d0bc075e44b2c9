// `npm run docs`: a static site of the README, the tutorials and notebooks, the reference of the API, the report, and the page that trains in
// the browser. Fails where a link leads nowhere. Any server of files serves it, GitHub Pages among them.
import { readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import katex from '@vscode/markdown-it-katex';
import { Application, JSX } from 'typedoc';
import { RECIPE } from '../dist/page/recipe.js';
import { deadLinks } from './docs/links.mjs';
import { writeNotebookPage } from './docs/notebook-page.mjs';
import { buildPage } from './page/build.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
process.chdir(root);
const SITE = process.argv[2] ?? 'site';
const PAGES = join('build', 'pages');

/** What is imported, by the file that holds it. */
const NAMES = {
  index: 'sgs-snn',
  engines: 'sgs-snn/engines',
  figures: 'sgs-snn/figures',
  interchange: 'sgs-snn/interchange',
  statistics: 'sgs-snn/statistics',
  'studies/notebook': 'sgs-snn/studies',
};

const notebooksIn = (folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.ipynb'))
    .map((name) => join(folder, name));

rmSync(PAGES, { recursive: true, force: true });
rmSync(SITE, { recursive: true, force: true });
const quickstart = join('notebooks', 'quickstart.ipynb');
const tutorials = [quickstart, ...notebooksIn(join('notebooks', 'tutorials'))];
const studies = notebooksIn('notebooks').filter((file) => file !== quickstart);
const pages = [
  ...tutorials.map((file) => writeNotebookPage(file, PAGES, 'Tutorials')),
  ...studies.map((file) => writeNotebookPage(file, PAGES, 'Notebooks')),
];

const application = await Application.bootstrapWithPlugins({
  name: 'sgs-snn',
  entryPoints: ['index', ...Object.keys(NAMES).slice(1)].map(
    (name) => `src/${name}${name.includes('/') || name === 'index' ? '' : '/index'}.ts`,
  ),
  tsconfig: 'tsconfig.json',
  out: SITE,
  readme: 'README.md',
  projectDocuments: [...pages, 'RESULTS.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'environment.md'],
  plugin: ['typedoc-plugin-missing-exports'],
  internalModule: 'internals',
  excludePrivate: true,
  excludeExternals: true,
  includeHierarchySummary: false,
  disableSources: true,
  githubPages: true,
  customCss: 'scripts/docs/site.css',
  navigation: { includeGroups: true },
  highlightLanguages: ['ts', 'typescript', 'js', 'json', 'sh', 'diff', 'text'],
  markdownItLoader: (parser) => parser.use(katex.default ?? katex, { output: 'mathml' }),
  validation: { invalidLink: true, invalidPath: true, notExported: false, notDocumented: false },
});
// Not by `application.convert`, which refuses what TypeScript 5.9 finds wrong: its types of the DOM lack what TypeScript 7 has of WebGPU, and
// 7 has checked everything before this. What 5.9 infers where depends on that it checks, too.
const entryPoints = application.getEntryPoints();
if (entryPoints === undefined) process.exit(1);
for (const { program } of entryPoints) program.getSemanticDiagnostics();
const project = application.converter.convert(entryPoints);
for (const module of project.children ?? []) module.name = NAMES[module.name] ?? module.name;
application.validate(project);
application.renderer.hooks.on('sidebar.begin', ({ relativeURL }) =>
  JSX.createElement(
    'a',
    { class: 'train-here', href: relativeURL('page/index.html') },
    'Train in the browser',
  ),
);
await application.generateOutputs(project);
if (application.logger.hasErrors() || application.logger.hasWarnings()) process.exit(1);
await buildPage(join(SITE, 'page'), RECIPE);

const dead = deadLinks(SITE);
for (const line of dead) console.error(`leads nowhere: ${line}`);
console.log(`${SITE}/index.html, ${dead.length} dead links`);
process.exitCode = dead.length === 0 ? 0 : 1;
