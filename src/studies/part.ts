// A part of a study: figures, tables and sentences that belong together, computed when they are first asked for. A notebook shows it
// by `show`; a reader takes its numbers and figures out of it. Tests: test/studies/views.test.ts.
import type { ColumnTable } from 'arquero';
import { findings } from '../display/findings.js';
import { plot } from '../display/plot.js';
import { SHOWN, type Showable } from '../display/show.js';
import { table, type TableInput, type TableOptions } from '../display/table.js';
import { SettingsError } from '../errors.js';
import { type Place, saveFigure, saveSummary, saveTable } from '../figures/save.js';
import type { SummaryRow } from '../figures/summary.js';
import { type PrintSettings, toTable } from '../figures/table.js';
import type { Figure } from '../figures/theme.js';
import { print } from '../print.js';

/** A figure that is saved and drawn. */
export interface FigureItem extends Place, PrintSettings {
  figure: Figure;
  /** The numbers that are drawn. */
  rows?: ColumnTable | readonly object[];
  png?: boolean;
  /** Drawn as picture in place of a figure that needs WebGL. */
  still?: Figure;
}

/** A table; saved where it has a place. */
export interface TableItem {
  table: TableInput;
  show?: TableOptions;
  place?: Place & PrintSettings;
  /** Shown in place of what is saved, for instance with a column more. */
  shown?: TableInput;
}

/** The paper's claims with our verdicts, saved for the report's summary. */
export interface ClaimsItem {
  claims: readonly SummaryRow[];
  place: Pick<Place, 'folder' | 'stem'>;
  /** Choice of each; default all. */
  columns?: readonly (keyof SummaryRow)[];
}

/** What a part shows, one after the other: a figure, a table, lines, sentences of what came out, claims with their verdicts. */
export type Item =
  | FigureItem
  /** Drawn and not saved, such as pictures of examples. */
  | { drawn: Figure }
  | TableItem
  | { lines: readonly string[] }
  | { findings: readonly string[] }
  | ClaimsItem;

/** Figures, tables and sentences that belong together. */
export class Part implements Showable {
  private made?: readonly Item[];

  /** @param make - called once, when it is first shown or asked */
  constructor(private readonly make: () => readonly Item[]) {}

  /** All that it shows, in order. */
  get items(): readonly Item[] {
    return (this.made ??= this.make());
  }

  /** Its figures, Plotly JSON, to be changed and drawn with `plot`. */
  get figures(): readonly Figure[] {
    return this.items.flatMap((item) => {
      if ('figure' in item) return [item.figure];
      return 'drawn' in item ? [item.drawn] : [];
    });
  }

  /** Its first figure. @throws SettingsError where it has none */
  get figure(): Figure {
    return this.figures[0] ?? none('figure');
  }

  /** Its numbers as an arquero table: those of its figures, else of its tables, below one another. @throws SettingsError where there are none */
  get rows(): ColumnTable {
    const drawn = this.items.flatMap((item) => ('figure' in item && item.rows ? [item.rows] : []));
    const shown = this.items.flatMap((item) => {
      if ('table' in item) return [item.table as ColumnTable | readonly object[]];
      return 'claims' in item ? [item.claims] : [];
    });
    const tables = drawn.length > 0 ? drawn : shown;
    if (tables.length === 0) return none('table');
    if (tables.length === 1 && !Array.isArray(tables[0])) return tables[0] as ColumnTable;
    return toTable(tables.flatMap((rows) => (Array.isArray(rows) ? rows : (rows as ColumnTable).objects())));
  }

  async [SHOWN](): Promise<void> {
    for (const item of this.items) await showItem(item);
  }
}

const none = (what: string): never => {
  throw new SettingsError(
    `this part of the study has no ${what}: its records are not there yet, or it shows none`,
  );
};

async function showItem(item: Item): Promise<void> {
  if ('figure' in item) {
    const { figure, rows, ...place } = item;
    await saveFigure(figure, { ...place, ...(rows && { table: rows }) });
    await plot(figure, item.still === undefined ? {} : { still: item.still });
  } else if ('drawn' in item) await plot(item.drawn);
  else if ('table' in item) {
    if (item.place) saveTable(item.table as ColumnTable | readonly object[], item.place);
    table(item.shown ?? item.table, item.show);
  } else if ('lines' in item) item.lines.forEach(print);
  else if ('findings' in item) findings(item.findings);
  else {
    saveSummary(item.claims, item.place);
    table(shownClaims(item));
  }
}

/** Claims as their table shows them. */
export const shownClaims = ({ claims, columns }: ClaimsItem): readonly object[] =>
  columns ? claims.map((row) => Object.fromEntries(columns.map((name) => [name, row[name]]))) : claims;
