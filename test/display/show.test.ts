import test from 'ava';
import { SettingsError } from '../../src/errors.js';
import { show, SHOWN } from '../../src/display/show.js';
import { caught } from '../helpers/printed.js';

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
