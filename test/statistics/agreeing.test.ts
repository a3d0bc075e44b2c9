import test from 'ava';
import { agreeingRuns, whereOption } from '../../src/statistics/agreeing.js';
import { selectRuns } from '../../src/statistics/settings.js';
import type { ExperimentInput } from '../../src/experiment/experiment.js';
import { madeRun } from '../helpers/sweep.js';

const made = (settings: ExperimentInput, seeds: readonly number[]) =>
  seeds.map((seed) => madeRun({ settings, seed }));
const five = made({ network: { architecture: 'convNet', convolutions: 5 } }, [0, 1, 2]);
const three = made({ network: { architecture: 'convNet' } }, [0, 1]);
const resnet = made({ network: { architecture: 'resnet19', width: 0.25 } }, [0]);
const PATHS = ['network.architecture', 'network.width', 'network.convolutions'];

test('agreeingRuns: the most runs that agree, and one setting where one tells them from all others', (t) => {
  const { runs, where } = agreeingRuns([...resnet, ...three, ...five], PATHS);
  t.deepEqual(runs, five);
  t.deepEqual(where, { 'network.convolutions': 5 });
  t.is(whereOption(where), '--where network.convolutions=5');
});

test('agreeingRuns: more settings where no single one does, and these choose the same runs', (t) => {
  const all = [...resnet, ...three, ...five.slice(0, 1)];
  const { runs, where } = agreeingRuns(all, PATHS);
  t.deepEqual(runs, three);
  t.is(Object.keys(where).length, 2);
  t.deepEqual(selectRuns(all, where), three);
  t.regex(whereOption(where), /^--where network\.\w+=\S+ network\.\w+=\S+$/);
});

test('agreeingRuns: runs that all agree need no choice', (t) => {
  t.deepEqual(agreeingRuns(five, PATHS), { runs: five, where: {} });
});

test('agreeingRuns: of sets of one size the first met, of settings that choose as well the first named', (t) => {
  const wide = made({ network: { architecture: 'convNet', width: 2 }, steps: 4 }, [0, 1]);
  const { runs, where } = agreeingRuns([...three, ...wide], ['steps', 'network.width']);
  t.deepEqual(runs, three);
  t.deepEqual(where, { steps: 2 });
});

test('whereOption: text as it is, all else as JSON', (t) => {
  t.is(
    whereOption({ 'data.name': 'cifar10', 'neuron.delta': 0.1, 'lipschitz.layers': ['fc', 'conv1'] }),
    '--where data.name=cifar10 neuron.delta=0.1 lipschitz.layers=["fc","conv1"]',
  );
});
