// Curves as SVG.
import test from 'ava';
import { JSDOM } from 'jsdom';
import { curvesSvg, type Curve } from '../../src/page/curves.js';

const drawn = (curves: readonly Curve[], epochs: number): SVGElement[] => [
  ...new JSDOM(curvesSvg(curves, epochs)).window.document.querySelectorAll<SVGElement>('svg'),
];
const placesOf = (line: Element): number[][] =>
  (line.getAttribute('points') ?? '')
    .split(' ')
    .filter(Boolean)
    .map((place) => place.split(',').map(Number));

const run: Curve = {
  points: [
    { epoch: 0.5, loss: 2.5, accuracy: 0 },
    { epoch: 1, loss: NaN, accuracy: 0.5 },
    { epoch: 2, loss: 0, accuracy: 1 },
  ],
  tested: [{ epoch: 2, accuracy: 0.5 }],
};

test('two panels: points go from left to right to the last epoch, what is worse stands lower for accuracy, higher for loss', (t) => {
  const [loss, accuracy] = drawn([run], 2);
  t.deepEqual([loss, accuracy].map((panel) => panel.getAttribute('aria-label')), ['loss over epochs', 'accuracy over epochs']); // oxfmt-ignore
  const falling = placesOf(loss.querySelector('polyline.now')!);
  t.is(falling.length, 2, 'a loss that is no number is left out');
  t.true(falling[0][0] < falling[1][0] && falling[0][1] < falling[1][1]);
  const rising = placesOf(accuracy.querySelector('polyline.now')!);
  t.is(rising.length, 3);
  t.true(rising[0][1] > rising[1][1] && rising[1][1] > rising[2][1]);
  const dots = [...accuracy.querySelectorAll('circle.now')];
  t.deepEqual(
    dots.map((dot) => [dot.getAttribute('cx'), dot.getAttribute('cy')].map(Number)),
    [[rising[2][0], rising[1][1]]],
    'the test accuracy stands at its epoch',
  );
  t.is(loss.querySelectorAll('circle').length, 0);
});

test('earlier runs stand behind; a great loss stretches its axis; nothing yet is an empty frame', (t) => {
  const [loss] = drawn([{ points: [{ epoch: 1, loss: 40, accuracy: 0 }], tested: [] }, run], 2);
  t.deepEqual([...loss.querySelectorAll('polyline')].map((line) => line.getAttribute('class')), ['before', 'now']); // oxfmt-ignore
  t.deepEqual(
    [...loss.querySelectorAll('.tick.end')].map(({ textContent }) => textContent),
    ['0', '10', '20', '30', '40'],
  );
  t.is(loss.querySelector('.title')!.textContent, 'loss; grey: runs before');
  const [empty] = drawn([], 150);
  t.is(empty.querySelector('.title')!.textContent, 'loss');
  t.is(empty.querySelectorAll('polyline').length, 0);
  t.true(empty.querySelectorAll('.tick.middle').length <= 8);
});
