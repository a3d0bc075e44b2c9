// What the compiler says of an experiment as people type it: every setting is known, a misspelt one is an error. Compiled
// by `npm run types`; nothing here is executed.
import { experiment, parseExperiment, sweep, type ExperimentInput } from '../../src/index.js';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const holds = <_Claim extends true>(): void => undefined;

holds<Equal<Parameters<typeof experiment>[0], ExperimentInput | undefined>>();
holds<Equal<Parameters<typeof parseExperiment>[0], unknown>>();
// Against `| unknown`, which swallows every other type.
holds<Equal<unknown extends ExperimentInput ? true : false, false>>();

experiment();
experiment({ neuron: { delta: 0, surrogate: { name: 'atan', parameter: 2 } }, epochs: 2 });
experiment({ neuron: { delta: { from: 0, to: 1, schedule: 'log' }, comparison: '>=' } });
experiment({
  neuron: { model: 'plif', delta: { layers: { a: 1 } }, surrogate: { name: 'stdb', height: 0.3 } },
});
experiment({
  neuron: { surrogate: { name: 'dspike', parameter: { rule: 'cosine', from: 3 }, argument: 'ratio' } },
});
experiment({ neuron: { surrogate: { name: 'table', knots: [-1, 1], values: [0, 1] } } });
// What was read is an experiment again.
experiment(experiment());
// @ts-expect-error: misspelt, within a rule
experiment({ neuron: { delta: { from: 0, too: 1, schedule: 'log' } } });
experiment({ optimizer: { kind: 'sgd', momentum: 0.5 }, data: { name: 'cifar10', trainLimit: 100 } });
experiment({ data: { name: 'of-my-own' } });
experiment({ loss: [{}, { kind: 'tet', weight: 2 }, { kind: 'spikeRate', target: 0.1 }] });
experiment({ readout: { kind: 'potential', leak: 0.9 }, parseval: { beta: 1e-3 } });
// @ts-expect-error: a term has a target, not a rate
experiment({ loss: [{}, { kind: 'spikeRate', rate: 0.1 }] });
// @ts-expect-error: no such readout
experiment({ readout: { kind: 'spikes' } });
parseExperiment(JSON.parse('{}'));

// @ts-expect-error: misspelt
experiment({ epochss: 2 });
// @ts-expect-error: misspelt, one level down
experiment({ neuron: { deltaa: 0 } });
// @ts-expect-error: a surrogate has a name
experiment({ neuron: { surrogate: { derivative: 'exp(-u^2)' } } });
// One's own may have any name: that no built-in one is called so is found when it is read (test/experiment/experiment.test.ts).
experiment({ neuron: { surrogate: { name: 'rectangel' } } });
// @ts-expect-error: of another kind
experiment({ epochs: '2' });
// @ts-expect-error: a name is text
experiment({ data: { name: 10 } });
// @ts-expect-error: what was parsed may be anything
experiment(JSON.parse('{}') as unknown);
// @ts-expect-error: the base of a sweep is an experiment too
void sweep({ base: { neuron: { deltaa: 0 } } });
