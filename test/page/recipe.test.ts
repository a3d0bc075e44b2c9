// What the page trains, and what its sliders may set.
import test from 'ava';
import { parseExperiment } from '../../src/experiment/experiment.js';
import { setSetting, settingAt } from '../../src/experiment/settings-path.js';
import { RECIPE, SLIDERS, stopsWith, valueText } from '../../src/page/recipe.js';

test('every stop of every slider is a setting that an experiment takes, and the recipe stands on one', (t) => {
  for (const { path, stops } of SLIDERS) {
    t.true(stops.includes(settingAt(RECIPE, path) as number), path);
    t.deepEqual(
      [...stops].sort((a, b) => a - b),
      stops,
    );
    for (const stop of stops) {
      const settings = structuredClone(RECIPE) as Record<string, unknown>;
      setSetting(settings, path, stop);
      t.is(settingAt(parseExperiment(settings), path), stop);
    }
  }
});

test('a value of one’s own is a stop too, in its place; values are written as people write them', (t) => {
  const [delta] = SLIDERS;
  t.deepEqual(stopsWith({ ...delta, stops: [0, 1, 3] }, 2), [0, 1, 2, 3]);
  t.deepEqual(stopsWith({ ...delta, stops: [0, 1, 3] }, 1), [0, 1, 3]);
  t.deepEqual([0, 1e-4, 3e-3, 0.03, 0.5, 10].map(valueText), ['0', '1e-4', '3e-3', '0.03', '0.5', '10']);
});
