// Lowers neurons, and currents written out. Tests: test/engines/webgpu/model.slow.ts.
import type { Region } from '../../plan/arena.js';
import type { CurrentsSite, NeuronsSite } from '../../plan/ops.js';
import {
  type DenseSignal,
  type Gradient,
  type PartialSums,
  pixelsOf,
  type SpikeSignal,
} from '../../plan/signal.js';
import { currents, currentsGradient } from '../kernels/currents.js';
import { chunksOf, sumsBytes } from '../kernels/gradient-sums.js';
import { neuronsBackward } from '../kernels/neurons-backward.js';
import { type Neurons, neuronsForward } from '../kernels/neurons-forward.js';
import type { GpuPlanner } from '../planner.js';

const neuronsOf = ({ settings, steps, positions, input, terms }: NeuronsSite): Neurons => ({
  ...{ settings, steps, positions, terms, channels: input.channels },
});

/** Lists the spikes of all steps. */
export function lowerNeurons(planner: GpuPlanner, site: NeuronsSite): SpikeSignal {
  const { channels, height, width, flattened } = site.input;
  const images = (site.positions * site.steps) / (height * width);
  const size = { channels, height, width, images, flattened };
  const region = planner.allocSpikes(channels, pixelsOf(size));
  planner.run(site.layer, neuronsForward(neuronsOf(site), region));
  if (planner.training) planner.keep(region); // the backward pass reads them: compared anew, a potential could fall otherwise
  return { kind: 'spikes', ...size, isStatic: false, learns: true, planes: 1, region };
}

/** Lists their backward pass. */
export function lowerNeuronsGradient(
  planner: GpuPlanner,
  site: NeuronsSite,
  spikes: SpikeSignal,
  gradient: Gradient,
  dx: Region,
): PartialSums {
  const { channels, height, width } = site.input;
  const region = planner.alloc(sumsBytes(channels, site.positions));
  planner.run(
    site.layer,
    neuronsBackward(neuronsOf(site), {
      ...{ height, width, gradient, dx },
      ...{ spikes: spikes.region, sums: region },
    }),
  );
  planner.drop(spikes.region);
  return { region, units: chunksOf(site.positions) };
}

const currentsOf = ({ input, terms, relu }: CurrentsSite) => ({
  ...{ channels: input.channels, pixels: pixelsOf(input), terms, relu },
});

/** Lists currents, written out. */
export function lowerCurrents(planner: GpuPlanner, site: CurrentsSite): DenseSignal {
  const { channels, height, width, images, isStatic, learns, flattened } = site.input;
  const region = planner.allocDense(channels, pixelsOf(site.input));
  planner.run(site.layer, currents(currentsOf(site), region));
  return { kind: 'dense', channels, height, width, images, isStatic, learns, flattened, region };
}

/** Lists the gradient of the terms. */
export function lowerCurrentsGradient(
  planner: GpuPlanner,
  site: CurrentsSite,
  gradient: Region,
  dx: Region,
): PartialSums {
  const operands = currentsOf(site);
  const region = planner.alloc(sumsBytes(operands.channels, operands.pixels));
  planner.run(site.layer, currentsGradient(operands, { gradient, dx, sums: region }));
  return { region, units: chunksOf(operands.pixels) };
}
