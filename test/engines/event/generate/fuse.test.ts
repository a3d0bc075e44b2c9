import test from 'ava';
import { Fused } from '../../../../src/engines/event/generate/fuse.js';
import { Graph } from '../../../../src/engines/generate/graph.js';

test('a product that one sum alone uses is fused with it; one that others use too, or a difference, is not', (t) => {
  const graph = new Graph();
  const [x, u, w] = ['x', 'u', 'w'].map((name) => graph.input(name));
  const product = graph.of('multiply', x, u);
  const sum = graph.of('add', product, w);
  t.deepEqual(new Fused([...graph.nodes], [...graph.nodes]).madd(sum), [x, u, w]);
  const difference = graph.of('subtract', w, graph.of('multiply', x, w));
  const second = graph.of('add', w, graph.of('square', x));
  graph.of('exp', product);
  const fused = new Fused([...graph.nodes], [...graph.nodes]);
  t.is(fused.madd(sum), undefined);
  t.is(fused.madd(difference), undefined);
  t.deepEqual(fused.madd(second), [x, x, w]);
  t.deepEqual(fused.needed([second]), [x, w, second]);
});

test('the backward step changes nothing of how the forward step is fused: recomputed, it has the same bits', (t) => {
  const graph = new Graph();
  const [x, u, w] = ['x', 'u', 'w'].map((name) => graph.input(name));
  const product = graph.of('multiply', x, u);
  const sum = graph.of('add', product, w);
  const forward = [x, u, w, product, sum];
  const later = graph.of('add', graph.of('exp', product), graph.of('multiply', sum, x));
  const fused = new Fused(forward, [...graph.nodes]);
  t.deepEqual(fused.madd(sum), [x, u, w]);
  t.deepEqual(fused.madd(later), [sum, x, later.args[0]]);
  t.true(fused.needed([later]).includes(product));
});
