import test from 'ava';
import { SettingsError } from '../src/errors.js';
import { canonicalJson, checkId, contentId, sha256 } from '../src/hash.js';

test('canonicalJson: key order does not matter, values do (RFC 8785)', (t) => {
  t.is(canonicalJson({ b: [1, 1e-7], a: 'é' }), '{"a":"é","b":[1,1e-7]}');
  t.is(contentId('run', { a: 1, b: 2 }), contentId('run', { b: 2, a: 1 }));
  t.not(contentId('run', { a: 1 }), contentId('run', { a: 2 }));
  t.not(contentId('run', { a: 1 }).slice(4), contentId('eval', { a: 1 }));
  t.is(contentId('eval', {}), `eval-${sha256('{}').slice(0, 16)}`);
});

test('sha256: the standard test vector', (t) => {
  t.is(sha256('abc'), 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});

test('checkId: lets ids through and nothing else', (t) => {
  t.is(checkId('run-0123456789abcdef'), 'run-0123456789abcdef');
  for (const bad of [
    '',
    '../run-0123456789abcdef',
    'run-0123456789ABCDEF',
    'run-0123456789abcdef\n',
    'job-0123456789abcdef',
  ])
    t.throws(() => checkId(bad), { instanceOf: SettingsError, message: /not a record id: / });
});
