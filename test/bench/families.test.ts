import test from 'ava';
import { familyOf, isLimited, USUAL_FAMILIES, whyMissing } from '../../bench/families.js';

test('a peer belongs to exactly its family; only those with fewer instructions are limited, and not usual', (t) => {
  t.is(familyOf('tuned-fused nhwc'), 'tuned-fused');
  t.deepEqual(
    ['eager nchw', 'eager-avx2 nchw', 'tfjs', '5%'].map((peer) => isLimited(peer)),
    [false, true, false, false],
  );
  t.false(USUAL_FAMILIES.some((family) => isLimited(family)));
});

test('whyMissing: what the compiler and SpikingJelly need is said, of others only what went wrong', (t) => {
  t.regex(
    whyMissing('compiled', new Error('none found')),
    /^none found; it needs a C\+\+ compiler: install g\+\+/,
  );
  t.is(
    whyMissing('spikingjelly', new Error('no module')),
    'no module; it needs SpikingJelly: `pip install spikingjelly`',
  );
  t.is(whyMissing('eager', new Error('none found')), 'none found');
});
