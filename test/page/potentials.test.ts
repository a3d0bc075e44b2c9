// Potentials as SVG.
import test from 'ava';
import { JSDOM } from 'jsdom';
import { POTENTIALS } from '../../src/page/inside.js';
import { potentialsSvg } from '../../src/page/potentials.js';

const drawn = (shares: readonly number[], theta: number | null): Element =>
  new JSDOM(potentialsSvg(shares, theta)).window.document.querySelector('svg')!;
const binAt = (v: number): number =>
  Math.floor(((v - POTENTIALS.from) / (POTENTIALS.to - POTENTIALS.from)) * POTENTIALS.bins);

test('bars above the threshold are coloured, the rest not; the threshold’s line stands between them', (t) => {
  const shares = new Array<number>(POTENTIALS.bins).fill(1 / POTENTIALS.bins);
  const svg = drawn(shares, 0.5);
  const kinds = [...svg.querySelectorAll('rect')].map((bar) => bar.getAttribute('class'));
  t.is(kinds.lastIndexOf('rests'), binAt(0.45));
  t.is(kinds.indexOf('fires'), binAt(0.55));
  const line = Number(svg.querySelector('.theta')!.getAttribute('x1'));
  t.is(line, Number(svg.querySelectorAll('rect')[binAt(0.55)].getAttribute('x')));
  t.is(drawn(shares, null).querySelectorAll('.theta, .fires').length, 0);
});

test('heights go with the shares; the outermost bins are cut at the highest of the others', (t) => {
  const shares = new Array<number>(POTENTIALS.bins).fill(0);
  shares[0] = 0.7;
  shares[10] = 0.2;
  shares[11] = 0.1;
  const tall = [...drawn(shares, null).querySelectorAll('rect')].map((bar) =>
    Number(bar.getAttribute('height')),
  );
  t.is(tall[0], tall[10]);
  t.is(tall[11], tall[10] / 2);
  t.is(tall[12], 0);
});
