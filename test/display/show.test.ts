import test from 'ava';
import { SettingsError } from '../../src/errors.js';
import { show, SHOWN } from '../../src/display/show.js';
import { toTable } from '../../src/figures/table.js';
import { compare } from '../../src/statistics/compare.js';
import { evaluationOf, sampleRun } from '../helpers/records.js';
import { caught } from '../helpers/printed.js';
import { madeGrid } from '../helpers/sweep.js';

test.serial(
  'show: what shows itself does, a promise is awaited, rows are a table, a figure its title, the rest text',
  async (t) => {
    const said: string[] = [];
    await show({ [SHOWN]: () => void said.push('itself') });
    await show(Promise.resolve({ [SHOWN]: async () => void said.push('later') }));
    t.deepEqual(said, ['itself', 'later']);
    t.is(await caught(() => show([{ a: 1, b: 'x' }])), 'a  b\n1  x\n');
    t.regex(await caught(() => show({ data: [], layout: { title: { text: 'a title' } } })), /a title/);
    t.is(await caught(() => show('some words')), 'some words\n');
    t.is(await caught(() => show({ a: 1 })), '{\n  "a": 1\n}\n');
    await t.throwsAsync(show(Promise.reject(new SettingsError('why'))), { message: 'why' });
  },
);

test.serial(
  'show: of a run what it gave and what is not as by default; of several what differs',
  async (t) => {
    const run = sampleRun({ settings: { seed: 7, neuron: { delta: 0.5 } } });
    const one = await caught(() => show(run));
    t.regex(one, new RegExp(`^run +${run.id} `, 'm'));
    t.regex(one, /^neuron\.delta +0\.5$/m);
    t.notRegex(one, /neuron\.tau/);
    const other = sampleRun({ settings: { seed: 8, neuron: { delta: 0.5 } } });
    const two = await caught(() => show([run, other]));
    t.regex(two, /^ *seed +state +test accuracy/m);
    t.notRegex(two, /neuron\.delta/);
  },
);

test.serial(
  'show: an evaluation is what it asked and its rows; of several what differs, beside the trainings in a table of their own',
  async (t) => {
    const run = sampleRun();
    const rows = [
      { level: 0, accuracy: 0.5, loss: 1, examples: 20 },
      { level: 0.1, accuracy: 0.25, loss: 2, examples: 20 },
    ];
    const noise = evaluationOf(run, 'noise', rows, { definition: 'salt-pepper-pixels', seed: 0 });
    const one = await caught(() => show(noise));
    t.regex(one, new RegExp(`^evaluation +${noise.id} accuracy under noise\nof +${run.id}$`, 'm'));
    t.regex(one, /^definition +salt-pepper-pixels$/m);
    t.regex(one, /^ +0\.1 +0\.25 +2 +20$/m);
    const kinds = evaluationOf(run, 'energy', [
      { row: 'layer', layer: 'c1', macs: 7 },
      { row: 'rate', layer: 'l1', rate: 0.25 },
    ]);
    t.regex(
      await caught(() => show(kinds)),
      /^layer +macs\nc1 +7\nlayer +rate\nl1 +0\.25$/m,
      'rows of two kinds are two tables, each with its own columns',
    );
    const other = { ...noise, id: 'eval-other', evaluation: { ...noise.evaluation, seed: 1 } };
    const energy = evaluationOf(run, 'energy', []);
    const several = await caught(() => show([noise, energy, run, other]));
    t.regex(several, /^state +test accuracy/m);
    t.regex(several, /^what +seed +rows +of +evaluation$/m);
    t.regex(several, /^accuracy under noise +1 +2 +run-\w+ +eval-other$/m);
    t.regex(
      several,
      /^what +rows +of +evaluation\nspike rates, [^\n]* 0 +run-\w+ +eval-energy/m,
      'a kind, a table',
    );
    t.notRegex(several, /"/, 'no internals');
  },
);

test.serial(
  'show: a comparison is its table and a figure of its intervals, a sweep the table of its trials',
  async (t) => {
    const runs = madeGrid([0, 0.1], [0], [0, 1, 2], (delta, _, seed) => ({
      test: (70 + 10 * delta + seed + (delta > 0 ? seed / 2 : 0)) / 100,
      validation: 0.6 + delta,
    }));
    const said = await caught(() => show(compare(runs, ['neuron.delta'])));
    t.regex(said, /neuron\.delta +seeds +test accuracy \(%\)/);
    t.regex(said, /Differences to the baseline/);
    const sweep = {
      table: toTable([{ trial: 0, status: 'done', reason: null }]),
      records: runs,
      best: undefined,
      complete: true,
    };
    t.regex(await caught(() => show(sweep)), /^trial +status\n +0 +done$/m, 'no column without any value');
  },
);
