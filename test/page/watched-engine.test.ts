// Looking at a network while it trains.
import test from 'ava';
import { train } from '../helpers/few-steps.js';
import { createEventEngine } from '../../src/engines/event/engine.js';
import { shapes10 } from '../../src/data/sets/shapes10.js';
import { makeBatch } from '../../src/data/batches.js';
import { look } from '../../src/inspection/look.js';
import { watchedEngine } from '../../src/page/watched-engine.js';

test('a network that is looked at and evaluated after each step ends with the same weights, bit for bit; each step waits for it', async (t) => {
  const engine = await createEventEngine({ threads: 1 });
  const alone = await train(engine);
  const images = shapes10({ train: 10, test: 10 });
  const batch = makeBatch(images, 'test', Int32Array.of(3, 1, 2), { steps: 3 });
  let looking = false;
  let steps = 0;
  const watching = watchedEngine(engine, async (model, { classification }) => {
    t.false(looking, 'the step before has been looked at');
    looking = true;
    t.true(Number.isFinite(classification));
    t.true((await look(model, batch)).length > 0);
    await model.evaluate(batch);
    steps += 1;
    looking = false;
  });
  t.is(await train(watching), alone);
  t.is(steps, 8);
  t.is(watching.description, engine.description);
  engine.dispose();
});

test('everything else that a model does is the model’s own', async (t) => {
  const asked: string[] = [];
  const model = new Proxy(
    {},
    {
      get:
        (_, name) =>
        (...given: unknown[]) =>
          asked.push(`${String(name)} ${given.length}`),
    },
  );
  const engine = { createModel: () => model } as unknown as Parameters<typeof watchedEngine>[0];
  const watched = watchedEngine(engine, () => Promise.resolve()).createModel(
    ...([] as unknown as [never, never, never]),
  );
  const [batch] = [{} as never];
  watched.tune({ delta: 1 });
  watched.write({} as never);
  watched.dispose();
  await Promise.all([
    watched.gradients(batch),
    watched.evaluate(batch, {}),
    watched.probe(batch, {}),
    watched.read(),
  ]);
  t.deepEqual(asked, ['tune 1', 'write 1', 'dispose 0', 'gradients 1', 'evaluate 2', 'probe 2', 'read 0']);
});
