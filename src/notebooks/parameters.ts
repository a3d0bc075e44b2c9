// Values for the variables of a notebook, put in as papermill does.
import { DataError, SettingsError } from '../errors.js';
import type { Json } from '../json.js';
import type { CodeCell, Notebook } from './nbformat.js';

/** The tags of a cell. */
export const tagsOf = (cell: { metadata: CodeCell['metadata'] }): Json[] =>
  Array.isArray(cell.metadata.tags) ? cell.metadata.tags : [];

/** Whether a cell holds parameter values that were put in. */
export const isInjected = (cell: { metadata: CodeCell['metadata'] }): boolean =>
  tagsOf(cell).includes('injected-parameters');

/**
 * Puts parameter values into a notebook as papermill does: assignments in a cell of their own, tagged
 * `injected-parameters`, after the cell tagged `parameters`. That cell declares them with `let`, so a value of
 * the wrong type or an unknown name is a type error of the injected cell.
 *
 * @returns a new notebook; values injected by an earlier run are gone
 * @throws SettingsError when a name is not an identifier; DataError when the notebook has no parameters cell
 */
export function injectParameters(
  notebook: Notebook,
  parameters: Readonly<Record<string, Json>>,
  file: string,
): Notebook {
  const cells = notebook.cells.filter((cell) => !isInjected(cell));
  const names = Object.keys(parameters);
  if (names.length === 0) return { ...notebook, cells };
  const wrong = names.find((name) => !/^[A-Za-z_$][\w$]*$/.test(name));
  if (wrong !== undefined)
    throw new SettingsError(
      `parameter ${JSON.stringify(wrong)} is not a variable's name; use letters, digits and _`,
    );
  const at = cells.findIndex((cell) => cell.cell_type === 'code' && tagsOf(cell).includes('parameters'));
  if (at < 0)
    throw new DataError(
      file,
      `parameters given (${names.join(', ')}), but no code cell has the tag \`parameters\``,
      'tag the cell that declares them with `let`',
    );
  const injected: CodeCell = {
    cell_type: 'code',
    ...(notebook.nbformat_minor >= 5 && { id: 'injected-parameters' }),
    metadata: { tags: ['injected-parameters'] },
    source: [
      ...names.map((name) => `${name} = ${JSON.stringify(parameters[name])};`),
      'void 0; // a cell shows its last value',
    ].join('\n'),
    outputs: [],
    execution_count: null,
  };
  return { ...notebook, cells: [...cells.slice(0, at + 1), injected, ...cells.slice(at + 1)] };
}
