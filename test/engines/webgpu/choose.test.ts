import { gainingWebgpu } from '../../../src/engines/webgpu/choose.js';
import { createWebgpuEngine } from '../../../src/engines/webgpu/engine.js';
import { macsOf } from '../../../src/engines/webgpu/tuning.js';
import { experiment } from '../../../src/experiment/experiment.js';
import { convNet } from '../../../src/network/architectures.js';
import { NULL_BACKEND, testWithPackage } from '../../helpers/gpu.js';

testWithPackage(
  'taken where this card and driver were measured to gain on networks of this size; not by smaller ones, nor for what it cannot run, nor on another card',
  async (t) => {
    const known = await createWebgpuEngine(NULL_BACKEND);
    const { backend, build } = known.numerics;
    known.dispose();
    const network = convNet({ classes: 4, width: 0.25, size: 12 });
    const measured = { network: network.name, macs: macsOf(network), event: 2, webgpu: 1 };
    const tuning = { backend, build, measured: [measured] };
    const choose = (given: Partial<typeof tuning> | undefined, settings = experiment()) =>
      gainingWebgpu(network, settings, given && { ...tuning, ...given }, NULL_BACKEND);
    const taken = await choose({});
    t.is(taken?.numerics.engine, 'webgpu');
    t.regex(taken!.description, /\(measured to gain on such a network\)$/);
    taken!.dispose();
    t.is(await choose(undefined), undefined);
    t.is(await choose({ measured: [{ ...measured, macs: measured.macs + 1 }] }), undefined);
    t.is(await choose({ measured: [{ ...measured, webgpu: 2 }] }), undefined);
    t.is(await choose({ backend: 'another card' }), undefined);
    t.is(await choose({ build: 'another driver' }), undefined);
    t.is(
      await choose({}, experiment({ loss: [{ kind: 'mean' }, { kind: 'spikeRate' }] as never })),
      undefined,
    );
  },
);
