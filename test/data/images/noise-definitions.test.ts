import test from 'ava';
import { NOISE_DEFINITIONS, noiseTitle } from '../../../src/data/images/noise-definitions.js';

test('every definition has its own name, title, words and formula', (t) => {
  for (const key of ['name', 'title', 'description'] as const)
    t.is(new Set(NOISE_DEFINITIONS.map((definition) => definition[key])).size, NOISE_DEFINITIONS.length);
  for (const { name, kind, description, formula } of NOISE_DEFINITIONS) {
    t.regex(name, new RegExp(`^${kind}-[a-z-]+$`));
    t.regex(description, /level/);
    t.true(formula.length > 0);
  }
});

test('the candidates of Fig. 7 are there: σ and σ² on pixels and normalised, clipped or not; four kinds of salt', (t) => {
  const names = NOISE_DEFINITIONS.map(({ name }) => name);
  for (const on of ['pixel', 'normalised'])
    for (const level of ['sigma', 'variance'])
      for (const clip of ['', '-clip']) t.true(names.includes(`gaussian-${on}-${level}${clip}`));
  for (const name of ['values', 'pixels', 'extremes', 'share']) t.true(names.includes(`salt-pepper-${name}`));
});

test('noiseTitle: a few words in place of a name; a name that no definition has stays', (t) => {
  t.is(noiseTitle('gaussian-pixel-sigma-clip'), 'Gaussian σ on pixels, clipped');
  t.is(
    noiseTitle('gaussian-normalised-variance-unit-clip'),
    'Gaussian σ² on normalised pixels, clipped to ±1',
  );
  for (const { title } of NOISE_DEFINITIONS) t.regex(title, /^[A-Za-z][^-_]{8,46}$/);
  t.is(noiseTitle('other'), 'other');
});
