// Damaged AEDAT 2.0 files, in bulk.
import test from 'ava';
import { decodeAedat2, encodeAedat2 } from '../../../src/data/events/aedat.js';
import { firstStepBack } from '../../../src/data/events/events.js';
import { aedatFile, DVS128_HEADER, randomEvents } from '../../helpers/events.js';
import { fuzz, fuzzLine } from '../../helpers/fuzz.js';

const INPUTS = 60_000;

// Time damaged anywhere is refused at once by `refuse`; `keep` lets the damage get to the end of the reader.
for (const timeOrder of ['refuse', 'keep'] as const)
  test(`decodeAedat2 (${timeOrder}) survives 60,000 damaged files: DataError or a sound stream, at most 4 × the file`, (t) => {
    const report = fuzz({
      name: `decodeAedat2 ${timeOrder}`,
      originals: [
        encodeAedat2(randomEvents(1, 1)),
        encodeAedat2(randomEvents(2, 40, { start: -500 })),
        encodeAedat2(randomEvents(3, 400, { longestGap: 100_000 })),
        aedatFile([...DVS128_HEADER, '#End Of ASCII Header'], [[0x7fff, 2147483647]]),
        aedatFile(['#!AER-DAT2.0', '# AEChip: eu.seebetter.ini.chips.davis.DAVIS240C'], [[0x80000000, 5]]),
        aedatFile(['#!AER-DAT1.0'], [[1, 2]]),
      ],
      inputs: INPUTS,
      read: (bytes) => decodeAedat2(bytes, 'fuzz', { timeOrder }),
      check(stream, bytes) {
        const { count, x, y, p, t: times } = stream;
        if (count < 1 || count * 8 >= bytes.length) throw new Error(`count ${count}`);
        for (const column of [x, y, p, times]) if (column.length !== count) throw new Error('lengths');
        for (let i = 0; i < count; i++)
          if (x[i] > 127 || y[i] > 127 || p[i] > 1) throw new Error(`event ${i}`);
        if (timeOrder === 'refuse' && firstStepBack(stream) >= 0) throw new Error('time order');
      },
    });
    t.log(fuzzLine(`decodeAedat2 (${timeOrder})`, report));
    t.is(report.accepted + report.refused, INPUTS);
    t.true(report.accepted > 1000 && report.refused > 1000, 'both ways out are tried');
    t.true(report.allocation <= 4);
  });
