// Outputs on disk: a figure as Plotly JSON, SVG and PNG, its numbers as CSV and Markdown, and where they come from.
// The same input gives the same bytes; files are written whole.
import { join } from 'node:path';
import type { ColumnTable } from 'arquero';
import { writeWhole } from '../files/whole.js';
import type { Origin } from './origin.js';
import { renderPng, renderSvg } from './render/render.js';
import { checkStem, fileBase, SUMMARY_FILE } from './stems.js';
import { checkSummary, type SummaryRow } from './summary.js';
import { type PrintSettings, toCsv, toMarkdown, toTable } from './table.js';
import type { Figure } from './theme.js';

/** Where an output goes and what is said about it. */
export interface Place {
  folder: string;
  /**
   * The output's name: the notebook's stem, and what it shows where there is more than one, such as `energy-ratios`. Its files
   * stand where `fileBase` says, such as `energy/ratios.svg`.
   */
  stem: string;
  /** Heading in the report; a figure's default is its own title. */
  title?: string;
  /** Description in a sentence or two; plain text. */
  caption?: string;
  origin: Origin;
}

/** Content of the file beside a figure or table as `<name>.provenance.json`, and read by the report. */
export interface About {
  title: string | null;
  caption: string | null;
  /** Number of outputs that its notebook had saved before it: the order in which a reader meets them. */
  place?: number;
  origin: Origin;
}

/**
 * Writes a figure: its Plotly JSON, `.svg`, with its numbers `.csv` and `.md`, and `.provenance.json`, named as `fileBase` says.
 *
 * @param figure - Plotly JSON
 * @param options - `table`: the numbers that are drawn; `png`: also a `.png`, for places that show no SVG;
 * `still`: the figure to draw as SVG and PNG where this one needs WebGL, such as projections of a 3-d cloud;
 * `digits`: for the Markdown
 * @returns the paths written
 * @throws SettingsError for a stem that is not lower-case words joined by hyphens, DataError when the folder refuses
 */
export async function saveFigure(
  figure: Figure,
  options: Place & PrintSettings & { table?: ColumnTable | readonly object[]; png?: boolean; still?: Figure },
): Promise<string[]> {
  const { stem, table, png = false, still = figure } = options;
  checkStem(stem);
  const svg = await renderSvg(still);
  const files = new Map<string, string | Uint8Array>([
    ['json', figureJson(figure)],
    ['svg', svg],
  ]);
  if (png) files.set('png', await renderPng(svg));
  if (table !== undefined) addTable(files, table, options);
  return write(files, options);
}

/**
 * Writes a table without a figure: `.csv`, `.md` and `.provenance.json`, named as `fileBase` says.
 *
 * @param table - rows as objects, or an arquero table
 * @param options - `folder` and `stem`: where; `title`, `caption`, `origin`: what the report says; `digits`: for the
 *   Markdown, default 4
 * @returns the paths written
 * @throws SettingsError for a stem that is not lower-case words joined by hyphens, DataError when the folder refuses
 */
export function saveTable(table: ColumnTable | readonly object[], options: Place & PrintSettings): string[] {
  checkStem(options.stem);
  const files = new Map<string, string | Uint8Array>();
  addTable(files, table, options);
  return write(files, options);
}

/**
 * Writes a notebook's rows of the report's summary into its folder; the report joins the rows of all notebooks.
 *
 * @param rows - what the summary says, one finding or number each
 * @param options - `stem`: the notebook's
 * @returns the path, `<folder>/<stem>/summary.json`
 * @throws SettingsError when a row lacks something
 */
export function saveSummary(
  rows: readonly SummaryRow[],
  { folder, stem }: Pick<Place, 'folder' | 'stem'>,
): string {
  checkStem(stem);
  const file = join(folder, stem, SUMMARY_FILE);
  writeWhole(file, `${JSON.stringify(checkSummary(rows), null, 2)}\n`);
  return file;
}

/** A figure's JSON with one line per trace, so that a changed trace is one changed line. */
export function figureJson({ data, layout }: Figure): string {
  const traces = data.map((trace) => JSON.stringify(trace)).join(',\n');
  return `{"data":[\n${traces}\n],\n"layout":${JSON.stringify(layout)}}\n`;
}

function addTable(
  files: Map<string, string | Uint8Array>,
  given: ColumnTable | readonly object[],
  { digits }: PrintSettings,
): void {
  const table = Array.isArray(given) ? toTable(given as readonly object[]) : (given as ColumnTable);
  files.set('csv', toCsv(table));
  files.set('md', toMarkdown(table, digits === undefined ? {} : { digits }));
}

/** Writes files, given by their endings. */
function write(
  files: Map<string, string | Uint8Array>,
  { folder, stem, title, caption, origin }: Place,
): string[] {
  const about: About = {
    title: title ?? null,
    caption: caption ?? null,
    ...(origin.notebook !== null && { place: placeOf(folder, origin.notebook, stem) }),
    origin,
  };
  files.set('provenance.json', `${JSON.stringify(about, null, 2)}\n`);
  const base = join(folder, fileBase(stem, origin.notebook));
  return [...files].map(([ending, content]) => {
    const file = `${base}.${ending}`;
    writeWhole(file, content);
    return file;
  });
}

/**
 * Stems by folder and notebook in the order in which this process first saved them. A notebook runs in a process of its own
 * from top to bottom, so this is its order; a cell that is run again keeps its place.
 */
const saved = new Map<string, string[]>();

function placeOf(folder: string, notebook: string, stem: string): number {
  const key = JSON.stringify([folder, notebook]);
  const stems = saved.get(key) ?? [];
  saved.set(key, stems);
  if (!stems.includes(stem)) stems.push(stem);
  return stems.indexOf(stem);
}
