import test from 'ava';
import { decodeMessage, encodeRequest } from '../../src/notebooks/wire.js';

const bytes = (frames: readonly string[]): Buffer[] => frames.map((frame) => Buffer.from(frame));

test('decodeMessage: reads what encodeRequest wrote, routing frames before it passed over', (t) => {
  const { frames, id } = encodeRequest('key', 'session', 'execute_request', { code: 'é' });
  t.regex(id, /^[0-9a-f-]{36}$/);
  t.deepEqual(decodeMessage('key', bytes(['route', ...frames])), {
    type: 'execute_request',
    parentId: undefined,
    content: { code: 'é' },
  });
});

test('decodeMessage: another key, a changed content, missing frames: no message', (t) => {
  const { frames } = encodeRequest('key', 'session', 'status', { execution_state: 'idle' });
  t.is(decodeMessage('other', bytes(frames)), undefined);
  t.is(decodeMessage('key', bytes([...frames.slice(0, -1), '{"execution_state":"busy"}'])), undefined);
  t.is(decodeMessage('key', bytes(frames.slice(0, 4))), undefined);
  t.is(decodeMessage('key', bytes(['a', 'b'])), undefined);
});
