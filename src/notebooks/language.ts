// The refusal of notebooks in another language than the kernel's.
import { DataError } from '../errors.js';
import type { Notebook } from './nbformat.js';

/**
 * Refuses a notebook in another language, before any kernel is started for it. One that names none is taken.
 *
 * @throws DataError naming the language
 */
export function requireTypescript({ metadata }: Notebook, file: string): void {
  const { kernelspec, language_info: info } = metadata as {
    kernelspec?: { language?: unknown };
    language_info?: { name?: unknown };
  };
  const language = kernelspec?.language ?? info?.name ?? 'typescript';
  if (String(language).toLowerCase() !== 'typescript')
    throw new DataError(
      file,
      `a notebook in the language ${JSON.stringify(language)}, expected "typescript"`,
      'run it with a kernel of its language (jupyter nbconvert --execute)',
    );
}
