import test from 'ava';
import { readNeuron } from '../../../../src/equations/index.js';
import { generateNeuron } from '../../../../src/engines/event/generate/neuron-code.js';
import { builtInSurrogate } from '../../../../src/engines/generate/surrogate-code.js';
import { DELTA, FLOOR } from '../../../../src/engines/generate/lower.js';
import { tableFloats, tableWriter } from '../../../../src/engines/event/generate/table.js';
import { print } from '../../../../src/equations/print.js';

const neuron = readNeuron({
  name: 'leaky',
  parameters: { w: { per: 'channel', learned: true, initial: 0 }, theta: 0.5 },
  state: { u: 0 },
  step: ['s = sigmoid(w)', 'v = s * 2 * u + x', 'o = spike(v - theta)', 'u = (1 - o) * v'],
  output: 'o',
});

test('entries by channel: masks of real channels, equations that are known, numbers; padding has the last channel’s', (t) => {
  const surrogate = builtInSurrogate({ name: 'rectangle' });
  const code = generateNeuron(neuron, surrogate);
  t.deepEqual(
    code.known.map(({ name }) => name),
    ['s'],
  );
  const at = code.table.findIndex((entry) => print(entry) === 's * 2');
  t.not(at, -1);
  const channels = 34;
  const w = Float32Array.from({ length: channels }, (_, c) => c / 10 - 1);
  const names = ['w', 'theta', DELTA, FLOOR, ...surrogate.names];
  const table = new Float32Array(tableFloats(code, channels));
  t.is(table.length, 2 * (1 + code.table.length) * 32);
  const values = { w, theta: 0.5, [DELTA]: 0, [FLOOR]: -Infinity, ...surrogate.values };
  tableWriter(code, names, channels)(values, table);
  const masks = new Int32Array(table.buffer);
  const block = (1 + code.table.length) * 32;
  for (let c = 0; c < 64; c++) {
    const base = Math.floor(c / 32) * block + (c % 32);
    t.is(masks[base], c < channels ? -1 : 0);
    const wanted = 2 / (1 + Math.exp(-w[Math.min(c, channels - 1)]));
    t.is(table[base + (1 + at) * 32], Math.fround(wanted));
  }
});
