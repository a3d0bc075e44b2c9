// Compiles batch norms over time. Unlike a batch norm, whose one map the neurons apply, they write out what they give: a signal
// that is the same at every step before them is not behind them, where their maps differ. Tests: test/engines/step-norms.test.ts.
import type { StepNormLayer } from '../../../network/layers.js';
import { stepNorms } from '../../../norms/index.js';
import type { StepMap } from '../../../norms/norm.js';
import { checkSteps, learnedSuffixes, runningMoves } from '../../step-norm.js';
import { mergeMoments, type Moments } from '../batch-norm.js';
import { blocksOf, LANES } from '../../plan/geometry.js';
import type { Host } from '../../plan/host.js';
import { chunkSizes, chunkUnits, statisticsOfPart } from '../ops/batch-norm.js';
import { stepBackward, stepNormalise, stepSums, stepUnits } from '../ops/step-norm.js';
import { pixelsOf, type DenseSignal, type Gradient } from '../../plan/signal.js';
import { backwardTables, composed, hatRows, mergeStepSums } from '../step-norm.js';
import type { Compiled } from '../../plan/planner.js';
import type { Compiler } from '../compiler.js';
import { spreadPool } from '../../plan/pool.js';
import { StepTables } from './step-tables.js';

/** Compiles a batch norm over time over dense values. */
export function compileStepNorm(compiler: Compiler, layer: StepNormLayer, input: DenseSignal): Compiled {
  const { steps, batchNorm } = compiler.settings;
  checkSteps(layer, steps);
  const { channels } = layer;
  const norm = stepNorms[layer.kind];
  const ySteps = input.isStatic ? 1 : steps;
  const outSteps = norm.differs ? steps : ySteps;
  const pixels = pixelsOf(input) / ySteps;
  const size = { channels, pixels };
  const sets = norm.statistics === 'steps' ? ySteps : 1;
  const count = (pixels * ySteps) / sets;
  const tables = new StepTables(compiler, channels, steps);
  const { training } = compiler;
  const units = chunkUnits(channels, count);
  const partial = training ? compiler.alloc(sets * units * 512) : undefined;
  const all = { channels, yBlock: pixelsOf(input) * LANES * 4, pixels: count };
  if (partial)
    for (let set = 0; set < sets; set++)
      compiler.run(
        statisticsOfPart({
          ...{ ...all, y: input.region.address + set * count * LANES * 4 },
          partial: partial.address + set * units * 512,
        }),
      );
  let hat: StepMap | undefined;
  let map: StepMap | undefined;
  compiler.host((host) => {
    const moments = partial
      ? Array.from({ length: sets }, (_, set) =>
          mergeMoments(
            host.doubles(partial.address + set * units * 512, units * 64),
            chunkSizes(count),
            channels,
          ),
        )
      : runningMoments(compiler, layer);
    hat = hatRows(moments, steps, batchNorm.epsilon);
    map = norm.map(learnedOf(compiler, layer, host), layer);
    const whole = composed(map, hat);
    tables.write(host, { scale: whole.scale, shift: whole.shift });
    tables.write(host, { hatScale: hat.scale, hatShift: hat.shift });
    if (!partial) return;
    // A static image stands for T equal ones.
    const each =
      norm.statistics === 'steps' ? Array.from({ length: steps }, (_, t) => moments[t % sets]) : moments;
    compiler.statistics.set(layer.name, runningMoves(norm, each, pixels * steps));
  });
  if (partial) compiler.drop(partial);
  const images = (input.images / ySteps) * outSteps;
  const output: DenseSignal = {
    ...input,
    ...{ images, isStatic: input.isStatic && !norm.differs, learns: true },
    region: compiler.allocDense(channels, pixels * outSteps),
  };
  const y = { address: input.region.address, steps: ySteps };
  compiler.run(stepNormalise(size, y, { address: output.region.address, steps: outSteps }, tables));
  if (!training) return { output, backward: () => undefined };
  compiler.keep(input.region);
  return {
    output,
    backward(pooled: Gradient): Gradient {
      const gradient = spreadPool(compiler, pooled, output);
      const g = { address: gradient.region.address, steps: outSteps };
      const sumsAt = compiler.alloc(stepUnits(size, outSteps) * 512);
      compiler.run(stepSums(size, y, g, tables, sumsAt.address));
      compiler.host((host) => {
        const found = stepUnits(size, outSteps);
        const chunks = found / outSteps / blocksOf(channels);
        const sums = mergeStepSums(host.doubles(sumsAt.address, found * 64), {
          ...{ steps: outSteps, chunks, channels },
        });
        const learned = learnedOf(compiler, layer, host);
        const gradients = norm.gradients(learned, layer, padded(sums, steps * channels));
        for (const [suffix, values] of Object.entries(gradients))
          host.floats(compiler.gradient(`${layer.name}.${suffix}`).address, values.length).set(values);
        const how = { channels, ySteps, sets, count };
        tables.write(host, { ...backwardTables(map!, hat!, sums, how) });
      });
      compiler.drop(sumsAt);
      const inPlace = compiler.owned(input.region); // unless another layer still reads it
      const dy = inPlace ? input.region : compiler.allocDense(channels, pixels * ySteps);
      compiler.run(stepBackward(size, y, g, dy.address, tables));
      compiler.drop(gradient.region);
      if (!inPlace) compiler.drop(input.region);
      return { region: dy, poolHeight: 1, poolWidth: 1 };
    },
  };
}

/** Rows of all steps, 0 where there are none: a gradient that was summed over time stands in the first. */
function padded({ scale, shift }: StepMap, length: number): StepMap {
  const longer = (rows: Float64Array): Float64Array => {
    const all = new Float64Array(length);
    all.set(rows);
    return all;
  };
  return { scale: longer(scale), shift: longer(shift) };
}

const learnedOf = (compiler: Compiler, layer: StepNormLayer, host: Host): Record<string, Float32Array> => {
  const shapes = new Map(
    stepNorms[layer.kind].parameters(layer).map(({ suffix, shape }) => [suffix, shape] as const),
  );
  return Object.fromEntries(
    learnedSuffixes(layer).map((suffix) => [
      suffix,
      host
        .floats(
          compiler.parameter(`${layer.name}.${suffix}`).address,
          shapes.get(suffix)!.reduce((product, n) => product * n, 1),
        )
        .slice(),
    ]),
  );
};

function runningMoments(
  { options: { running } }: Compiler,
  { name, channels }: StepNormLayer,
): Pick<Moments, 'mean' | 'variance'>[] {
  const [means, variances] = ['runningMean', 'runningVariance'].map((suffix) =>
    Float64Array.from(running.get(`${name}.${suffix}`)!),
  );
  return Array.from({ length: means.length / channels }, (_, t) => ({
    mean: means.subarray(t * channels, (t + 1) * channels),
    variance: variances.subarray(t * channels, (t + 1) * channels),
  }));
}
