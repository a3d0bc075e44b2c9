// Tables of a study in RESULTS.md: of which outputs, which rows, which columns.
import test from 'ava';
import type { Output } from '../../src/report/outputs.js';
import { resultRows } from '../../src/report/result-rows.js';
import { cell, rounded } from '../../src/studies/result-table.js';
import type { Study } from '../../src/studies/study.js';

const study: Study = {
  stem: 's',
  title: 'S',
  figures: ['curve', 's'],
  tables: ['curve-fit'],
  results: [
    {
      of: 'curve',
      where: ({ kept }) => kept === 'yes',
      columns: { name: cell('name'), 'in %': rounded('value', 1) },
    },
    { of: 's', columns: { name: cell('name') } },
  ],
};
const output = (stem: string, csv: string | null): Output => ({
  stem,
  csv,
  figure: null,
  svg: null,
  about: null,
});

test('resultRows: the rows and columns that the study declares, of the output and those of its further networks', (t) => {
  const csv = 'name,value,kept\na,1.25,yes\nb,2,no\n007,,yes\n';
  const outputs = [
    output('s-curve-fit', csv),
    output('s-curve-net', csv),
    output('s-curve', csv),
    output('s', 'name\nx\n'),
    output('s-other', csv),
  ];
  t.deepEqual(
    resultRows(study, outputs).map(({ output: { stem }, rows }) => [stem, rows]),
    [
      ...['s-curve-net', 's-curve'].map((stem) => [
        stem,
        [
          { name: 'a', 'in %': '1.3' },
          { name: '007', 'in %': '' },
        ],
      ]),
      ['s', [{ name: 'x' }]],
    ],
  );
});

test('resultRows: an output without numbers or without a row that is printed has no table', (t) => {
  t.deepEqual(resultRows(study, [output('s', null), output('s-curve', 'name,value,kept\na,1,no\n')]), []);
});
