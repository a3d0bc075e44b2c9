import test from 'ava';
import { deviceOfPeers } from '../../bench/ours.js';

test('PyTorch computes on the card beside engine webgpu, and on the processor beside all else', (t) => {
  const numerics = (engine: string) => ({
    numerics: { engine, backend: '', build: '', version: 1, deterministic: true },
  });
  t.is(deviceOfPeers(numerics('webgpu')), 'cuda');
  for (const engine of ['event', 'tfjs', 'plain']) t.is(deviceOfPeers(numerics(engine)), 'cpu');
});
