// The study of event data, opened on the committed records as its notebook opens it: shapes10-dvs, 1,000 recordings, is made where it is
// not there yet.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { openStudy } from '../../src/studies/open.js';
import { asCommitted } from '../helpers/committed-study.js';

// CIFAR10-DVS is not there, as where the figures were committed.
const empty = mkdtempSync(join(tmpdir(), 'sgs-no-data-'));
process.env.SGS_DATA = empty;
test.after.always(() => rmSync(empty, { recursive: true }));

test('events: figures, tables and claims of its parts are those committed', (t) =>
  asCommitted(t, 'events', 'cifar10-dvs'));

test('events: another recording, and one that is not there', async (t) => {
  const { recording } = await openStudy('events', { recording: 'cross/shapes10_cross_3.aedat' });
  t.like(recording.rows.object(0), { recording: 'cross/shapes10_cross_3.aedat', pixels: '128 × 128' });
  await t.throwsAsync(openStudy('events', { recording: 'disc/none.aedat' }), { message: /none\.aedat/ });
});
