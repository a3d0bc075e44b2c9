// A figure compared in whole with the one that is kept in test/fixtures/figures: besides the numbers, which tests name one
// by one, every dash, margin and place of a label. `UPDATE_FIGURES=1 npx ava FILE` keeps those of a test anew: look at
// what has changed before you commit it.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { ExecutionContext } from 'ava';
import { type Figure, LIGHT_TEMPLATE } from '../../src/figures/theme.js';

/** Plain JSON; numbers to nine digits, since the last ones of a power or a logarithm differ between versions of Node. */
const plain = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (_key, each: unknown) => {
      if (typeof each === 'number') return Number(each.toPrecision(9));
      return ArrayBuffer.isView(each) ? Array.from(each as unknown as ArrayLike<number>) : each;
    }),
  );

/** JSON with a line for each attribute, lists of plain values in one. */
const text = (value: unknown): string =>
  `${JSON.stringify(value, null, 1).replace(/\[\n[^[\]{}]*\]/g, (list) => list.replace(/\n */g, ' '))}\n`;

/**
 * Fails where a figure is not the one kept under a name.
 *
 * @param name - the study and the figure: `first-results/curves`
 * @param figure - its template is told by name: test/figures/theme.test.ts holds it
 */
export function isAsKept(t: ExecutionContext, name: string, figure: Figure): void {
  t.deepEqual(figure.layout.template, LIGHT_TEMPLATE, name);
  const found = plain({ ...figure, layout: { ...figure.layout, template: 'LIGHT_TEMPLATE' } });
  const file = `test/fixtures/figures/${name}.json`;
  if (process.env.UPDATE_FIGURES) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text(found));
  }
  if (!existsSync(file)) return t.fail(`${file} is not there: keep the figure with UPDATE_FIGURES=1`);
  t.deepEqual(found, JSON.parse(readFileSync(file, 'utf8')), name);
}
