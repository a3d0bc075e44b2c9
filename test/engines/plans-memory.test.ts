import test from 'ava';
import { ENGINE_NAMES } from '../../src/engines/open.js';
import { plansMemory } from '../../src/engines/plans-memory.js';

test('engines that compile a network plan their memory, the others do not', (t) => {
  const numerics = { backend: '', build: '', version: 1, deterministic: true };
  const planning = ENGINE_NAMES.filter((engine) => plansMemory({ numerics: { ...numerics, engine } }));
  t.deepEqual(planning, ['event', 'webgpu']);
});
