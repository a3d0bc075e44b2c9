// What holds of every measure; each kind's own test is in kinds/.
import test from 'ava';
import {
  type Evaluation,
  EVALUATION_KINDS,
  measures,
  resultsOf,
  type Subject,
} from '../../src/measures/index.js';
import { evaluationSchema, sweepEvaluationSchema } from '../../src/measures/schema.js';

test('every kind stands once, under its own name', (t) => {
  t.is(new Set(EVALUATION_KINDS).size, EVALUATION_KINDS.length);
  t.deepEqual(
    Object.entries(measures).map(([name, { kind }]) => [name, kind]),
    EVALUATION_KINDS.map((kind) => [kind, kind]),
  );
});

for (const { kind, example } of Object.values(measures))
  test(`${kind}: what help shows can be asked of a sweep, and is then whole`, (t) => {
    const whole = sweepEvaluationSchema.parse({ kind, ...example });
    t.like(whole, { kind, ...example });
    t.deepEqual(evaluationSchema.parse(whole), whole);
    t.throws(() => sweepEvaluationSchema.parse({ kind, ...example, extra: 1 }), { message: /extra/ });
  });

test('a kind that there is none of is refused by name', (t) => {
  t.throws(() => resultsOf({ kind: 'speed' } as unknown as Evaluation, {} as Subject), {
    message: /^evaluation: unknown kind in \{"kind":"speed"\}; choose one of .*energy/,
  });
});
