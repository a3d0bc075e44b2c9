// SHA-256 of Node and of a page: equal digests.
import test from 'ava';
import * as browser from '../../src/host/browser/sha256.js';
import * as node from '../../src/host/sha256.js';

const forms = { node, browser };

for (const [name, { newSha256, hex }] of Object.entries(forms)) {
  test(`${name}: the standard's vectors`, (t) => {
    const of = (text: string): string => hex(newSha256().update(text).digest());
    t.is(of(''), 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    t.is(of('abc'), 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    t.is(hex(new Uint8Array([0, 1, 15, 16, 255]).subarray(1)), '010f10ff');
  });
}

test('both forms agree: around the block of 64 bytes, in pieces, of texts beyond ASCII', (t) => {
  const bytes = Uint8Array.from({ length: 300 }, (_, i) => (i * 37) % 251);
  for (const length of [0, 1, 55, 56, 63, 64, 65, 119, 128, 300])
    for (const text of ['', 'é', '漢字 and 😀', 'x'.repeat(70)]) {
      const [a, b] = [node, browser].map(({ newSha256, hex }) =>
        hex(newSha256().update(bytes.subarray(0, length)).update(text).update(bytes.subarray(7)).digest()),
      );
      t.is(b, a, `${length} bytes and ${JSON.stringify(text)}`);
    }
});
