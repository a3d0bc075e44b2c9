// A turn of the event loop, by Node and by a page.
import test from 'ava';
import * as browser from '../../src/host/browser/turn.js';
import * as node from '../../src/host/turn.js';

for (const [name, { nextTurn }] of Object.entries({ node, browser }))
  test(`${name}: later than promises, and again and again`, async (t) => {
    const order: string[] = [];
    const turn = nextTurn().then(() => order.push('turn'));
    void Promise.resolve()
      .then(() => undefined)
      .then(() => order.push('promise'));
    await turn;
    t.deepEqual(order, ['promise', 'turn']);
    await Promise.all([nextTurn(), nextTurn(), nextTurn()]);
    t.pass();
  });
