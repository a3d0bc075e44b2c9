// All profiles, vocabularies and pools, and networks at random; ResNet-19 as large as it is.
import test from 'ava';
import fc from 'fast-check';
import { SettingsError } from '../../../src/errors.js';
import { experiment } from '../../../src/experiment/experiment.js';
import { NIR_VOCABULARIES } from '../../../src/interchange/nir/context.js';
import type { NirArray } from '../../../src/interchange/nir/graph.js';
import { NIR_PROFILES } from '../../../src/interchange/nir/profiles.js';
import { toNir } from '../../../src/interchange/nir/to-graph.js';
import { resnet19 } from '../../../src/network/architectures.js';
import { sizeOf } from '../../../src/network/parameters.js';
import { lifOf } from '../../../src/neurons/settings.js';
import { weightsOf } from '../../helpers/networks.js';
import { array, difference, listed, NARROW, nodeOf, noWeights } from '../../helpers/nir-networks.js';
import { candidates } from '../../helpers/random-networks.js';

for (const [name, network] of Object.entries(NARROW))
  for (const vocabulary of NIR_VOCABULARIES)
    test(`to NIR: ${name} in vocabulary ${vocabulary} computes the same logits by every profile, within 1e-6`, async (t) => {
      for (const profile of NIR_PROFILES)
        for (const pool of vocabulary === 'conv' ? (['avg'] as const) : (['avg', 'sum'] as const)) {
          const settings = experiment({
            steps: 3,
            neuron: { reset: profile === 'sinabs' ? 'soft' : 'hard' },
          });
          const worst = await difference(network, settings, { profile, vocabulary, pool });
          t.true(worst < 1e-6, `${profile} ${pool}: ${worst}`);
        }
    });

test('to NIR: random networks are refused by the name of a layer, or compute the same logits, within 1e-6', async (t) => {
  let written = 0;
  await fc.assert(
    fc.asyncProperty(
      candidates,
      fc.constantFrom(...NIR_VOCABULARIES),
      fc.constantFrom('avg' as const, 'sum' as const),
      async ({ network, settings }, vocabulary, pool) => {
        const neuron = lifOf(settings.neuron, network.name);
        const { reset, tau } = neuron;
        const profile = reset === 'soft' ? 'sinabs' : 'unit-r';
        const usable = reset === 'soft' && tau === 0 ? { ...neuron, tau: 0.5 } : neuron;
        try {
          const weights = weightsOf(network, 3);
          const worst = await difference(
            network,
            { ...settings, neuron: usable },
            { profile, vocabulary, pool },
            weights,
          );
          t.true(worst < 1e-6, `${worst}`);
          written++;
        } catch (error) {
          if (!(error instanceof SettingsError)) throw error;
          t.regex(error.message, /^random: \w+ \(\w+\) has no place in a NIR file: /);
        }
      },
    ),
    { numRuns: 400, seed: 1 },
  );
  t.true(written > 120, `${written}`);
});

test('to NIR: ResNet-19 is 44 nodes in the plain vocabulary, with 12,620,234 weights and biases, and 5,312 that folding makes', (t) => {
  const network = resnet19({ classes: 10 });
  const graph = toNir(network, noWeights(network), experiment(), { profile: 'ode', vocabulary: 'plain' });
  const types = new Map<string, number>();
  let values = 0;
  for (const name of graph.nodes.keys()) {
    const node = nodeOf(graph, name);
    types.set(node.type, (types.get(node.type) ?? 0) + 1);
    for (const field of ['weight', 'bias'])
      if (field in node.fields) values += array(node, field).data.length;
    for (const field of Object.values(node.fields) as NirArray[])
      t.is(sizeOf(field.shape), field.data.length, name);
  }
  t.deepEqual(Object.fromEntries(types), {
    ...{ Input: 1, Conv2d: 20, LIF: 18, AvgPool2d: 1, Flatten: 1, Affine: 2, Output: 1 },
  });
  t.is(values, 12_620_234 + 5312); // a bias of each convolution, from its batch norm
  t.is(new Set(graph.edges.map(String)).size, graph.edges.length);
  t.deepEqual(listed(nodeOf(graph, 'block4_shortcut_conv'), 'input_shape'), [32, 32]);
  t.deepEqual(array(nodeOf(graph, 'block8_lif2'), 'v_threshold').shape, [512, 8, 8]);
  t.deepEqual(
    graph.edges.filter(([, to]) => to === 'block2_lif2').map(([from]) => from),
    ['block2_conv2', 'block1_lif2'],
  );
});
