// Evaluations that others wrote: those of the presets pass as they are, others are refused by name.
import test from 'ava';
import { SettingsError } from '../../src/errors.js';
import { checkEvaluations } from '../../src/measures/schema.js';
import { presetTrials } from '../../src/studies/trials.js';
import { PRESET_NAMES } from '../../src/sweep/presets/presets.js';

test('checkEvaluations: every evaluation of every preset passes and stays as it is', (t) => {
  for (const preset of PRESET_NAMES)
    for (const { evaluations } of presetTrials(preset))
      t.deepEqual(checkEvaluations(evaluations, preset), evaluations);
});

test('checkEvaluations: names everything that is wrong, and what is expected', (t) => {
  const refuse = (given: unknown, ...messages: RegExp[]): void => {
    const { message } = t.throws(() => checkEvaluations(given, 'trial.json'), {
      instanceOf: SettingsError,
      message: /^trial\.json: not valid\n/,
    });
    for (const part of messages) t.regex(message, part);
  };
  refuse({ kind: 'energy' }, /evaluations: .*expected array/);
  refuse([{ kind: 'energie' }], /evaluations\.0\.kind: /);
  refuse(
    [
      { kind: 'energy', limit: 0 },
      { kind: 'noise', definition: 'loud', levels: [], seed: 0 },
    ],
    /evaluations\.0\.limit: /,
    /evaluations\.1\.definition: .*gaussian-pixel-sigma-clip/,
    /evaluations\.1\.levels: /,
  );
  refuse([{ kind: 'spectra', limit: 3 }], /limit/);
});
