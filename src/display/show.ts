// `show`: what is there appears as what it is: figures, tables, parts of studies, things that say how they are shown.
import type { Figure } from '../figures/theme.js';
import { print } from '../print.js';
import { plot } from './plot.js';
import { table, type TableInput } from './table.js';

/** The method by which a thing shows itself. */
export const SHOWN = Symbol.for('sgs-snn.show');

/** A thing that shows itself. */
export interface Showable {
  [SHOWN](): void | Promise<void>;
}

/**
 * Shows something in the cell; outside a notebook it is printed. Figures (Plotly JSON) are drawn; rows, arquero tables and
 * danfo frames are tables; parts of a study show their figures, tables and sentences. A promise is awaited first.
 *
 * @example
 * ```ts
 * const study = await openStudy('noise-robustness');
 * await show(study.accuracy);
 * ```
 */
export async function show(value: unknown): Promise<void> {
  const what = await value;
  if (isShowable(what)) await what[SHOWN]();
  else if (isFigure(what)) await plot(what);
  else if (isTable(what)) table(what);
  else print(typeof what === 'string' ? what : (JSON.stringify(what, null, 2) ?? String(what)));
}

const isObject = (value: unknown): value is Record<string | symbol, unknown> =>
  typeof value === 'object' && value !== null;

const isShowable = (value: unknown): value is Showable =>
  isObject(value) && typeof value[SHOWN] === 'function';

const isFigure = (value: unknown): value is Figure =>
  isObject(value) && Array.isArray(value.data) && isObject(value.layout);

const isTable = (value: unknown): value is TableInput =>
  Array.isArray(value)
    ? value.length > 0 && value.every(isObject)
    : isObject(value) &&
      (typeof value.columnNames === 'function' ||
        ('columns' in value && 'values' in value && 'index' in value));
