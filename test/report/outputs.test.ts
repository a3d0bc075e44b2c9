// Reading a folder of outputs back, and clear words where a file is not what its name says.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import test from 'ava';
import { DataError } from '../../src/errors.js';
import { readOutputs } from '../../src/report/outputs.js';
import { temporaryFolder } from '../helpers/folder.js';

const row = { claim: 'c', paper: 1, paperSource: null, ours: 1, n: null, verdict: 'reproduced' };

test('readOutputs: stems in order, summaries of all stems joined, other files left out', (t) => {
  const folder = temporaryFolder(t);
  const write = (name: string, content: unknown): void =>
    writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  write('b.json', { data: [], layout: {} });
  write('b.svg', '<svg/>');
  write('a.csv', 'x\n1\n');
  write('a.summary.json', [row]);
  write('summary.json', [{ ...row, claim: 'd' }]);
  write('index.html', 'old');
  write('lonely.provenance.json', {
    origin: { command: '', records: [], commits: [], data: [], numerics: [], versions: [] },
  });
  const { outputs, summary } = readOutputs(folder);
  t.deepEqual(
    outputs.map(({ stem, figure, svg, csv, about }) => [stem, figure !== null, svg, csv, about]),
    [
      ['a', false, null, 'x\n1\n', null],
      ['b', true, '<svg/>', null, null],
    ],
  );
  t.deepEqual(
    summary.map(({ claim }) => claim),
    ['d', 'c'],
  );
});

test('readOutputs: outputs in the order of their places, claims in that of the report, notes by notebook', (t) => {
  const folder = temporaryFolder(t);
  const origin = { command: '', records: [], commits: [], data: [], numerics: [], versions: [] };
  const write = (name: string, content: unknown): void =>
    writeFileSync(join(folder, name), JSON.stringify(content));
  for (const [stem, place] of Object.entries({ a: 2, b: undefined, c: 10, d: 0 })) {
    write(`${stem}.json`, { data: [], layout: {} });
    write(`${stem}.provenance.json`, { place, origin });
  }
  for (const stem of ['architecture', 'energy', 'sgs-ablation'])
    write(`${stem}.summary.json`, [{ ...row, claim: stem }]);
  const said = { title: 'Energy', question: 'How much?', findings: ['less'], differs: null };
  write('energy.notes.json', said);
  const { outputs, summary, notes } = readOutputs(folder);
  t.deepEqual(
    outputs.map(({ stem }) => stem),
    ['d', 'a', 'c', 'b'],
  );
  t.deepEqual(
    summary.map(({ claim }) => claim),
    ['sgs-ablation', 'energy', 'architecture'],
  );
  t.deepEqual([...notes], [['energy', said]]);
});

test('readOutputs: a notebook’s folder holds what its provenance gives to it, under the stems of before', (t) => {
  const folder = temporaryFolder(t);
  const origin = { command: '', records: [], commits: [], data: [], numerics: [], versions: [] };
  const write = (name: string, content: unknown): void => {
    mkdirSync(join(folder, dirname(name)), { recursive: true });
    writeFileSync(join(folder, name), JSON.stringify(content));
  };
  const put = (base: string, notebook: string | null): void => {
    write(`${base}.json`, { data: [], layout: {} });
    write(`${base}.provenance.json`, { origin: { ...origin, notebook } });
  };
  put('energy/ratios', 'energy');
  put('latency/latency', 'latency');
  put('plain', null);
  put('quick/energy-ratios', 'energy'); // a folder of all outputs of its own
  write('jupyter/state.json', { whose: 'not ours' });
  write('energy/summary.json', [row]);
  const said = { title: 'Energy', question: null, findings: [], differs: null };
  write('energy/notes.json', said);
  const { outputs, summary, notes } = readOutputs(folder);
  t.deepEqual(
    outputs.map(({ stem }) => stem),
    ['plain', 'energy-ratios', 'latency'],
  );
  t.deepEqual([summary, [...notes]], [[row], [['energy', said]]]);
});

for (const [name, content, message] of [
  ['a.json', '{"data": 1, "layout": {}}', /a\.json: not a Plotly figure.*run its notebook again/],
  ['a.json', '{', /a\.json: .*JSON/],
  ['a.json', 'null', /not a Plotly figure/],
  ['a.provenance.json', '{"origin": {"command": 1}}', /not a provenance/],
  ['a.summary.json', '[{}]', /0\.claim/],
  ['a.notes.json', '{}', /not the notes of a notebook: title/],
] as const)
  test(`readOutputs: ${name} with ${content} is refused by name`, (t) => {
    const folder = temporaryFolder(t);
    writeFileSync(join(folder, name), content);
    t.throws(() => readOutputs(folder), { instanceOf: DataError, message });
  });

test('readOutputs: a folder that is not there is refused', (t) => {
  t.throws(() => readOutputs(join(temporaryFolder(t), 'none')), {
    instanceOf: DataError,
    message: /no such folder/,
  });
});
