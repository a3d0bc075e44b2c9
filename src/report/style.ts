// Style of the report: one column of readable text, light and dark, narrow and wide, on paper.

const LIGHT = `
  --paper: #ffffff; --ink: #1f2328; --soft: #57606a; --line: #d8dee4; --fill: #f6f8fa; --link: #0550ae;
  --good: #116329; --good-fill: #dafbe1; --near: #0a4b8c; --near-fill: #ddf4ff; --bad: #a40e26;
  --bad-fill: #ffebe9; --open: #7d4e00; --open-fill: #fff8c5;
  color-scheme: light;`;

const DARK = `
  --paper: #161b22; --ink: #e6edf3; --soft: #9da7b3; --line: #343b44; --fill: #1f262e; --link: #79c0ff;
  --good: #7ee787; --good-fill: #12361f; --near: #a5d6ff; --near-fill: #12304f; --bad: #ffa198;
  --bad-fill: #4a1b1e; --open: #f2cc60; --open-fill: #3b2f0b;
  color-scheme: dark;`;

/**
 * The report's style sheet. Where scripts run, a still is as high as its live figure and nothing scrolls smoothly: what comes
 * alive on the way to a link's target must not move it.
 */
export const REPORT_STYLE = `
:root {${LIGHT}
}
@media (prefers-color-scheme: dark) { :root:not([data-theme='light']) {${DARK}
} }
:root[data-theme='dark'] {${DARK}
}
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 16px/1.6 system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', Verdana, sans-serif;
}
.page { max-width: 66rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
header { border-bottom: 1px solid var(--line); padding-bottom: 1.25rem; margin-bottom: 2rem; }
header .top { display: flex; gap: 1rem; justify-content: space-between; align-items: flex-start; }
h1 { font-size: 1.9rem; line-height: 1.25; margin: 0 0 .6rem; }
h2 { font-size: 1.4rem; line-height: 1.3; margin: 3rem 0 1rem; padding-top: .4rem; border-top: 1px solid var(--line); }
h3 { font-size: 1.1rem; line-height: 1.35; margin: 2.2rem 0 .6rem; }
h2:first-child { border-top: 0; margin-top: 0; }
p { margin: .5rem 0; max-width: 46rem; }
a { color: var(--link); }
code, .id { font: .875em/1.5 ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace; overflow-wrap: anywhere; }
pre { background: var(--fill); padding: .7rem .9rem; border-radius: 6px; overflow-x: auto; margin: .6rem 0; }
.soft, figcaption, .missing { color: var(--soft); }
#theme {
  flex: none; font: inherit; font-size: .875rem; color: var(--ink); background: var(--fill); cursor: pointer;
  border: 1px solid var(--line); border-radius: 6px; padding: .3rem .75rem;
}
#theme[hidden] { display: none; }
@media (min-width: 75rem) {
  .page { max-width: 84rem; display: grid; grid-template-columns: 15rem minmax(0, 66rem); gap: 0 3rem; }
  header, main, footer { grid-column: 2; }
  nav[aria-label='Contents'] {
    position: fixed; top: 0; bottom: 0; width: 15rem; left: max(1.25rem, calc(50vw - 42rem + 1.25rem));
    overflow-y: auto; padding: 2rem 0; font-size: .85rem;
  }
  nav[aria-label='Contents'] h2 { margin: 0; border: 0; font-size: 1rem; }
  nav[aria-label='Contents'] :is(div, details) { margin: .45rem 0; }
  nav[aria-label='Contents'] ul { columns: 1; margin: .2rem 0 .6rem 1rem; }
}
article.notebook { max-width: 60rem; }
article.notebook p, article.notebook li { max-width: 46rem; }
article.notebook th { white-space: normal; }
details.code { margin: .8rem 0 .3rem; }
svg.forest { display: block; width: 100%; max-width: 46rem; height: auto; margin: .8rem 0; font-size: 11px; }
svg.forest text { fill: var(--soft); }
svg.forest .claim-name { fill: var(--ink); font-weight: 600; font-size: 12px; }
svg.forest line { stroke: var(--soft); stroke-width: 1.5; }
svg.forest .zero { stroke: var(--line); stroke-width: 1; }
svg.forest :is(circle, path) { fill: var(--soft); }
svg.forest .clear line { stroke: var(--link); stroke-width: 2.5; }
svg.forest .clear :is(circle, path) { fill: var(--link); }
svg.forest .clear text { fill: var(--ink); }
.strip .verdict, details.claims .verdict { margin-right: .3rem; }
details.claims > summary { color: var(--ink); font-size: 1rem; padding: .35rem 0; border-bottom: 1px solid var(--line); }
nav details { margin: .1rem 0; }
nav summary { font-size: inherit; }
nav > .all { padding-left: 1rem; }
nav ul { list-style: none; padding: 0; margin: .1rem 0 .5rem 1rem; columns: 2 20rem; font-size: .95em; }
p.trained { font-size: .85rem; color: var(--soft); }
section.output { margin-bottom: 2.5rem; }
details.findings ul { max-width: 46rem; margin: .4rem 0; padding-left: 1.2rem; }
details.findings li { margin: .25rem 0; }
figure { margin: 0; }
figcaption { font-size: .95rem; margin: .4rem 0 .6rem; max-width: 46rem; }
.plot { border: 1px solid var(--line); border-radius: 8px; overflow: hidden; background: var(--paper); }
.plot .still { display: block; background: #fff; }
.plot:not(.photograph) .still { width: 100%; object-fit: contain; }
.plot.photograph { background: #fff; }
.plot.photograph .still { height: auto; max-width: 100%; margin: 0 auto; }
@media (scripting: none) { .plot .still { height: auto; } }
.plot.active .still { display: none; }
.missing { padding: 1rem; }
.scroll { overflow-x: auto; margin: .8rem 0; }
.tall { max-height: 26rem; overflow-y: auto; }
table { border-collapse: collapse; font-size: .85rem; line-height: 1.4; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem; border-bottom: 1px solid var(--line); }
th { font-weight: 600; background: var(--fill); white-space: nowrap; }
.tall th { position: sticky; top: 0; }
.tall tr { scroll-margin-top: 2.2rem; }
.ids { white-space: nowrap; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.item, .short, .ours, .records td { white-space: nowrap; }
.claim { min-width: 13rem; }
.given { min-width: 7rem; }
.judged { min-width: 10rem; }
.note { min-width: 12rem; }
tr:target { background: var(--near-fill); }
.verdict {
  display: inline-block; border-radius: 5px; padding: .1rem .5rem;
  color: var(--open); background: var(--open-fill);
}
.detail { display: block; margin-top: .15rem; color: var(--soft); font-size: .94em; }
.verdict.good { color: var(--good); background: var(--good-fill); }
.verdict.near { color: var(--near); background: var(--near-fill); }
.verdict.bad { color: var(--bad); background: var(--bad-fill); }
.verdict.none { color: var(--soft); background: var(--fill); }
details { margin: .5rem 0; }
summary { cursor: pointer; color: var(--soft); font-size: .95rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; font-size: .9rem; margin: .6rem 0; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
footer { margin-top: 3rem; border-top: 1px solid var(--line); padding-top: 1rem; font-size: .9rem; color: var(--soft); }
@media (max-width: 60rem) {
  h1 { font-size: 1.55rem; }
  table { font-size: .78rem; }
  th, td { padding: .25rem .45rem; }
}
@media (max-width: 40rem) {
  .page { padding: 1.2rem .8rem 3rem; }
  h1 { font-size: 1.5rem; }
  dl { grid-template-columns: 1fr; gap: 0; }
  dd { margin-bottom: .5rem; }
  header .top { flex-direction: column-reverse; gap: .6rem; }
  .plot { overflow-x: auto; }
  .plot.wide :is(.still, .live) { min-width: 36rem; }
  .plot.broad :is(.still, .live) { min-width: 52rem; }
  .cards thead { display: none; }
  .cards tr { display: block; border-bottom: 1px solid var(--line); padding: .7rem 0; }
  .cards td { display: grid; grid-template-columns: 5rem 1fr; gap: .6rem; border: 0; padding: .12rem 0; text-align: left; min-width: 0; }
  .cards td::before { content: attr(data-label); color: var(--soft); }
  .cards td:empty { display: none; }
}
@media print {
  :root, :root[data-theme='dark'], :root:not([data-theme='light']) {${LIGHT}
  }
  html { font-size: 12px; }
  body { font-size: 9.5pt; line-height: 1.4; }
  .page { display: block; max-width: none; padding: 0; }
  @page { margin: 15mm; }
  h2 { margin-top: 1.5rem; }
  h3 { margin-top: 1rem; }
  section.output { margin-bottom: 1rem; }
  /* Two figures a page. */
  .plot { max-width: 122mm; }
  .plot:is(.wide, .broad, .photograph) { max-width: 150mm; }
  table { font-size: 7.5pt; line-height: 1.3; }
  th, td { padding: .15rem .35rem; }
  th, th:is(.number, .short) { white-space: normal; }
  .claim, .given, .judged, .note { min-width: 0; }
  .many { font-size: 6pt; }
  .many :is(th, td) { padding: .1rem .2rem; }
  .many th { overflow-wrap: anywhere; }
  dd { overflow-wrap: anywhere; font-size: 7pt; }
  dl { font-size: 7.5pt; line-height: 1.3; gap: .05rem .6rem; }
  /* What is folded on paper stays so: its line says nothing then. */
  details:not([open]) { display: none; }
  summary { list-style: none; }
  #theme, nav, .plotly-notifier { display: none; }
  .plot .still { height: auto; }
  .plot.active .still { display: block; }
  .plot .live { display: none; }
  .plot { border: 0; }
  section.output:has(.plot), tr, svg.forest, dl { break-inside: avoid; }
  h2, h3, p.question, details.claims > summary { break-after: avoid; }
  .ids, section.records { display: none; }
  p, figcaption { max-width: none; }
  details.findings { font-size: 8pt; line-height: 1.3; }
  details.findings ul { max-width: none; columns: 2; column-gap: 6mm; }
  thead { display: table-header-group; }
  a { color: inherit; text-decoration: none; }
  .tall { max-height: none; overflow: visible; }
  .scroll { overflow: visible; }
}
`;
