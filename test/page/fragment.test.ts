// Settings in the fragment of an address.
import test from 'ava';
import { SettingsError } from '../../src/errors.js';
import { fragmentOf, readFragment } from '../../src/page/fragment.js';

const settings = { name: 'ünd & = # "so" + %', neuron: { delta: 1e-4 }, layers: [{ a: 1 }] };
const run = { id: 'run-0123456789abcdef', digest: 'ab'.repeat(32) };

test('what is written is read again, with and without a run, through an address', (t) => {
  const address = new URL(`http://localhost/page/#${fragmentOf(settings, run)}`);
  t.deepEqual(readFragment(address.hash), { settings, digests: { [run.id]: run.digest } });
  t.deepEqual(readFragment(fragmentOf(settings)), { settings, digests: {} });
});

test('a fragment without settings says nothing; an id or a digest that is none is left out', (t) => {
  t.is(readFragment(''), undefined);
  t.is(readFragment('#id=run-0123456789abcdef'), undefined);
  for (const other of [{ id: '__proto__' }, { digest: 'ab' }, { digest: `${'ab'.repeat(32)}c` }])
    t.deepEqual(readFragment(fragmentOf({}, { ...run, ...other })), { settings: {}, digests: {} });
});

test('settings that are not JSON, or longer than any experiment, are refused with the remedy', (t) => {
  t.throws(() => readFragment('#settings={"a"'), {
    instanceOf: SettingsError,
    message: /not JSON .* copy it whole/,
  });
  t.throws(() => readFragment(`#settings=${'1'.repeat(70_000)}`), {
    instanceOf: SettingsError,
    message: /70010 characters, expected at most 65536/,
  });
});
