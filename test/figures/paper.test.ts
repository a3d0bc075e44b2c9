// The published values: complete, and consistent with one another.
import test from 'ava';
import { SettingsError } from '../../src/errors.js';
import { paperClaim, readPaper } from '../../src/figures/paper.js';

test('fig7 holds 40 accuracies at ten levels from 0.02 to 0.1', (t) => {
  const table = readPaper('fig7');
  t.is(table.numRows(), 10);
  t.is(table.get('noise_level', 0), 0.02);
  t.is(table.get('noise_level', 9), 0.1);
  for (const name of table.columnNames().slice(1))
    for (const accuracy of table.array(name) as number[]) t.true(accuracy > 60 && accuracy < 94, name);
});

test('the gains among the claims are the differences of fig7, within 1e-9', (t) => {
  const rows = readPaper('fig7').objects() as Record<string, number>[];
  const claims = readPaper('sgs-claims').objects() as { claim: string; value: number }[];
  const gain = (text: string): number => claims.find(({ claim }) => claim.endsWith(text))?.value ?? NaN;
  const at = (i: number, noise: string): number =>
    rows[i][`acc_w_LR_${noise}`] - rows[i][`acc_wo_LR_${noise}`];
  t.true(Math.abs(gain('0.02: Gaussian') - at(0, 'gaussian')) < 1e-9);
  t.true(Math.abs(gain('0.10: Gaussian') - at(9, 'gaussian')) < 1e-9);
  t.true(Math.abs(gain('0.02: salt and pepper') - at(0, 'salt_pepper')) < 1e-9);
  t.true(Math.abs(gain('0.10: salt and pepper') - at(9, 'salt_pepper')) < 1e-9);
});

test('the ledger lists equations 1–20, figures 1–9 and tables 1–7, each with a known status and a reason', (t) => {
  const rows = readPaper('ledger').objects() as Record<string, string>[];
  const expected = [
    ...Array.from({ length: 20 }, (_, i) => `Eq. (${i + 1})`),
    ...Array.from({ length: 9 }, (_, i) => `Fig. ${i + 1}`),
    ...Array.from({ length: 7 }, (_, i) => `Table ${i + 1}`),
  ];
  t.deepEqual(
    rows.map(({ item }) => item),
    expected,
  );
  for (const { item, status, reason, content, known } of rows) {
    t.true(['reproduced', 'partly', 'later', 'unknown content'].includes(status), item);
    t.truthy(reason && content && known, item);
  }
});

test('paperClaim: by its claim, of a data set; another is refused with those that there are', (t) => {
  t.like(paperClaim('accuracy in the ablation setting'), { value: 94, rounding: 0.5, dataset: 'cifar10' });
  t.is(paperClaim('trainable parameters of ResNet-19').value, 12630858);
  t.is(paperClaim('trainable parameters of ResNet-19', 'cifar100').value, 12653988);
  t.throws(() => paperClaim('accuracy', 'cifar10'), {
    instanceOf: SettingsError,
    message: /claims no "accuracy" on cifar10; there are accuracy in the ablation setting, /,
  });
  t.throws(() => paperClaim('accuracy in the ablation setting', 'cifar100'), { instanceOf: SettingsError });
});
