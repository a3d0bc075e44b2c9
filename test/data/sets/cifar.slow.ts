import test from 'ava';
import { cifarRecordBytes, decodeCifar } from '../../../src/data/sets/cifar.js';
import { CIFAR_FORMS, cifarFile, type CifarKind } from '../../helpers/cifar.js';
import { fuzz, fuzzLine } from '../../helpers/fuzz.js';

// 60,000 damaged files of each form. A quarter are lengthened or cut to whole records again, or nearly all would be
// refused for their length and the labels never looked at.
for (const kind of ['cifar10', 'cifar100'] as const)
  test(`decodeCifar survives 60,000 damaged ${kind} files: DataError or a sound result, at most 4 × the file`, (t) => {
    const report = fuzz({
      name: `decodeCifar ${kind}`,
      originals: [1, 2, 3].map((count) => cifarFile(kind, count)),
      inputs: 60_000,
      read: (bytes) => decodeCifar(wholeRecords(bytes, kind), CIFAR_FORMS[kind], 'fuzz'),
      check({ data, labels, count }, bytes) {
        if (count !== wholeRecords(bytes, kind).length / cifarRecordBytes(CIFAR_FORMS[kind]))
          throw new Error(`count ${count}`);
        if (data.length !== count * 3072 || labels.length !== count) throw new Error('lengths');
        if (labels.some((label) => label >= (kind === 'cifar10' ? 10 : 100))) throw new Error('label');
      },
    });
    t.log(fuzzLine(kind, report));
    t.is(report.accepted + report.refused, 60_000);
    t.true(report.accepted > 1000 && report.refused > 1000, 'both ways out are tried');
    t.true(report.allocation <= 4);
  });

/** Cuts every fourth length to whole records. */
function wholeRecords(bytes: Uint8Array, kind: CifarKind): Uint8Array {
  const record = cifarRecordBytes(CIFAR_FORMS[kind]);
  return bytes.length % 4 === 0 ? bytes.subarray(0, Math.floor(bytes.length / record) * record) : bytes;
}
