// What studies take besides a preset, and what they say where there are no records.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { SettingsError } from '../../src/errors.js';
import type { Item, Part } from '../../src/studies/part.js';
import { openStudy } from '../../src/studies/open.js';

const linesOf = ({ items }: Part): readonly string[] =>
  items.flatMap((item: Item) => ('lines' in item ? item.lines : []));
const captionOf = ({ items }: Part): string | undefined =>
  items.flatMap((item: Item) => ('figure' in item ? [item.caption] : []))[0];

test('architecture: the width of the network', async (t) => {
  const [whole, half] = await Promise.all([
    openStudy('architecture'),
    openStudy('architecture', { width: 0.5 }),
  ]);
  const weights = ({ layers }: typeof whole): number => layers.rows.get('weights', 1) as number;
  t.is(weights(whole), 4 * weights(half)); // half of the inputs, half of the outputs
});

test('neuron-and-surrogates: the strength of SGS in Fig. 3', async (t) => {
  const { cases } = await openStudy('neuron-and-surrogates', { delta: 0.5 });
  t.regex(captionOf(cases)!, /δ = 0\.5\)/);
  // v = −0.4, no spike, a push upwards: 1 + δ·0.4 times as long.
  t.true(Math.abs((cases.rows.get('ratio', 1) as number) - 1.2) < 1e-6);
});

test('sweep-analysis: axes of which one was not swept', async (t) => {
  const { map } = await openStudy('sweep-analysis', { x: 'neuron.tau' });
  t.deepEqual(linesOf(map), [
    'These records hold one value of neuron.tau: the map has a single column. A sweep over both settings fills it.',
    'No map: the runs also differ in neuron.delta. Choose values of these with where.',
  ]);
  t.throws(() => map.figure, { instanceOf: SettingsError, message: /has no figure/ });
});

test('sweep-analysis: a baseline that no run has, and none at all', async (t) => {
  const absent = await openStudy('sweep-analysis', { baseline: { 'neuron.delta': 0.5 } });
  t.regex(linesOf(absent.table)[0], /^no record yet of the baseline \{"neuron\.delta":0\.5\}: the best by/);
  const none = await openStudy('sweep-analysis', { baseline: null });
  const [said] = linesOf(none.table);
  t.regex(said, /^Differences, effect sizes and p are against neuron\.delta = /);
  t.is(said, linesOf(absent.table)[1]);
});

test('sweep-analysis: every run in the folder that has some settings, and none that has', async (t) => {
  const where = {
    ...{ 'neuron.surrogate.name': 'rectangle', 'network.architecture': 'convNet', epochs: 10 },
    'data.trainLimit': 50_000,
  };
  const { records, runs } = await openStudy('sweep-analysis', { preset: null, where });
  t.regex(linesOf(records).at(-1)!, /^\d+ runs, \d+ seeds; swept: /);
  const [item] = runs.items;
  t.true('origin' in item && / --set preset=null$/.test(item.origin.command));
  await t.throwsAsync(openStudy('sweep-analysis', { where: { epochs: 7 } }), {
    instanceOf: SettingsError,
    message: /^no finished training among \d+: run `npm run reproduce -- --preset desk` first$/,
  });
});

test.serial('without records: what needs them says how they are made, the rest is there', async (t) => {
  const before = process.env.SGS_RUNS;
  const folder = mkdtempSync(join(tmpdir(), 'sgs-no-runs-'));
  process.env.SGS_RUNS = folder;
  t.teardown(() => {
    if (before === undefined) delete process.env.SGS_RUNS;
    else process.env.SGS_RUNS = before;
    rmSync(folder, { recursive: true });
  });
  const first = { instanceOf: SettingsError, message: /run `npm run reproduce -- --preset desk` first/ };
  const { records } = await openStudy('noise-robustness');
  t.throws(() => records.items, first);
  await t.throwsAsync(openStudy('energy'), first);
  await t.throwsAsync(openStudy('sweep-analysis'), first);
  t.is((await openStudy('architecture')).claims.rows.numRows(), 5);
});
