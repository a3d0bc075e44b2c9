// The sweep over δ: accuracy with its spread and each seed, the change of gradients beside the predicted one.
import test from 'ava';
import { changePoints, deltaFigure, deltaPoints } from '../../../src/studies/sgs-ablation/strength.js';
import { axisTitles, drawn, idsUnderPointer, notes, rounded } from '../../helpers/drawn.js';
import { evaluationOf } from '../../helpers/records.js';
import { madeRun } from '../../helpers/sweep.js';
import { isAsKept } from '../../helpers/whole-figure.js';

const run = (accuracy: number, seed: number, delta: number) =>
  madeRun({ settings: { neuron: { delta } }, seed, test: accuracy / 100 });
const runs = [
  ...[70, 74, 84].map((accuracy, seed) => run(accuracy, seed, 1)),
  ...[50, 52, 57].map((accuracy, seed) => run(accuracy, seed, 0)),
  ...[60, 64].map((accuracy, seed) => run(accuracy, seed, 0.1)),
];
const list = deltaPoints(runs);

test('deltaPoints: by δ, mean and standard deviation over seeds, the paired difference to δ = 0', (t) => {
  t.deepEqual(
    list.map(({ delta, n, mean, sd, effect, values }) =>
      rounded([delta, n, mean, sd, effect?.mean ?? null, effect?.n ?? null, values]),
    ),
    [
      rounded([0, 3, 53, Math.sqrt(13), null, null, [50, 52, 57]]),
      rounded([0.1, 2, 62, Math.sqrt(8), 11, 2, [60, 64]]), // 10, 12
      rounded([1, 3, 76, Math.sqrt(52), 23, 3, [70, 74, 84]]), // 20, 22, 27; squares 36 + 4 + 64 over 2
    ],
  );
  t.deepEqual(
    list[2].runs,
    runs.slice(0, 3).map(({ id }) => id),
  );
  t.is(list[0].trainedOn, '100 shapes10 training images');
  t.is(deltaPoints(runs.slice(0, 3))[0].effect, null);
});

test('changePoints: mean and standard deviation of the whole gradient’s change by δ, beside the predicted one', (t) => {
  const records = [1e-5, 3e-5].map((relative) =>
    evaluationOf(runs[3], 'gradients', [
      { delta: 1, parameter: 'all', relative: null },
      { delta: 1e-4, parameter: 'all', relative },
      { delta: 1e-5, parameter: 'all', relative: relative / 10 },
      { delta: 1e-4, parameter: 'fc.weight', relative: 1 },
    ]),
  );
  const changes = changePoints(records, 3, 2);
  t.deepEqual(
    changes.map(({ delta, n }) => [delta, n]),
    [
      [1e-5, 2],
      [1e-4, 2],
    ],
  );
  const [small, large] = changes;
  const near = (a: number | null, b: number): boolean => t.true(Math.abs(a! / b - 1) < 1e-9, `${a} ${b}`);
  near(small.measured, 2e-6);
  near(large.measured, 2e-5);
  near(large.sd, Math.SQRT2 * 1e-5);
  near(large.predicted, (1 + 1e-4 / 2) ** 6 - 1);
  t.is(changePoints(records.slice(1), 3, 2)[0].sd, null);
});

test('deltaFigure: bars of one standard deviation from three seeds on, δ = 0 a decade below, measured blue and predicted orange', (t) => {
  const changes = [
    { delta: 0.01, measured: 0.002, sd: 0.001, n: 2, predicted: 0.03 },
    { delta: 1, measured: 0.2, sd: null, n: 1, predicted: 3 },
  ];
  const figure = deltaFigure(list, changes, ['eval-1']);
  isAsKept(t, 'sgs-ablation/strength', figure);
  const zero = 0.001;
  const [root13, root52] = rounded([Math.sqrt(13), Math.sqrt(52)]) as number[];
  t.deepEqual(drawn(figure), [
    {
      name: 'test accuracy, mean; ± one standard deviation from three seeds on',
      x: [zero, 0.1, 1],
      y: [53, 62, 76],
      error: [root13, 0, root52],
      colour: 2,
    },
    {
      name: 'test accuracy, one seed',
      x: [zero, zero, zero, 0.1, 0.1, 1, 1, 1],
      y: [50, 52, 57, 60, 64, 70, 74, 84],
      colour: 2,
    },
    { name: 'measured change of the gradient', x: [0.01, 1], y: [0.002, 0.2], colour: 0, plot: 2 },
    {
      name: 'predicted: every scale at its largest, (1 + δ/2)^(layers·T) − 1',
      x: [0.01, 1],
      y: [0.03, 3],
      colour: 1,
      plot: 2,
    },
  ]);
  t.deepEqual(figure.data[0].text, ['0', '0.1', '1']);
  const { tickvals, ticktext, type } = figure.layout.xaxis as Record<string, unknown>;
  t.deepEqual([type, rounded(tickvals), ticktext], ['log', [zero, 0.01, 0.1, 1], ['0', '0.01', '0.1', '1']]);
  t.deepEqual(axisTitles(figure), {
    xaxis: 'δ',
    yaxis: 'test accuracy (%)',
    xaxis2: 'δ',
    yaxis2: 'relative change',
  });
  t.deepEqual(notes(figure), [
    'accuracy',
    'change of the gradient against δ = 0, same weights and examples',
    '100 shapes10 training images',
  ]);
  const ids = idsUnderPointer(figure);
  t.deepEqual([ids[1], ids[2]], [list.flatMap((point) => point.runs), ['eval-1', 'eval-1']]);
});
