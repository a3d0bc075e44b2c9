// Shift-Tab in a notebook (jupyter/inspect.cjs). Needs dist (npm run build).
import test from 'ava';
import { inspectionsOf } from '../helpers/completions.js';
import { temporaryFolder } from '../helpers/folder.js';

const IMPORT = `import { experiment, train } from 'sgs-snn';\n`;

test('Shift-Tab on a name and between its parentheses gives the signature and its comment, each part named; elsewhere nothing', async (t) => {
  const [onName, within, inner, nothing] = await inspectionsOf(temporaryFolder(t), [
    `${IMPORT}const run = await tra|in();`,
    `${IMPORT}const run = await train(|);`,
    `${IMPORT}const run = await train(experiment({ epochs: 2 }, |));`,
    `${IMPORT}  |  `,
  ]);
  t.regex(onName ?? '', /^\(alias\) train\(settings\?: .*\): Promise<RunRecord>/);
  for (const part of [
    /^@param settings - /m,
    /^@returns the record/m,
    /^@throws SettingsError/m,
    /^@example/m,
  ])
    t.regex(onName ?? '', part);
  t.is(within, onName);
  t.regex(inner ?? '', /^\(alias\) experiment\(/, 'of calls in calls the innermost');
  t.is(nothing, undefined);
});
