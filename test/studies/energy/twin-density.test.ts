// Zeros of an ANN twin, where one was looked at.
import test from 'ava';
import { twinDensity } from '../../../src/studies/energy/twin-density.js';
import { energyRun } from '../../helpers/energy-records.js';

test('twinDensity: that of the twin of the same network on the same data, null without one', (t) => {
  const network = { architecture: 'convNet', width: 0.1 } as const;
  const { run } = energyRun({ network }, 0.2);
  const twin = energyRun({ network: { ...network, twin: 'ann' }, steps: 1 }, 0.6);
  const others = [
    energyRun({ network: { ...network, width: 0.2, twin: 'ann' }, steps: 1 }, 0.1),
    energyRun({ network: { ...network, twin: 'ann' }, data: { name: 'cifar10' }, steps: 1 }, 0.1),
  ].flatMap((made) => [made.run, made.energy]);
  t.is(twinDensity([run, ...others], run.experiment), null);
  const density = twinDensity([run, ...others, twin.run, twin.energy], run.experiment);
  t.true(Math.abs(density! - 0.6) < 1e-9);
});
