// A compiled plan: from network, settings and batch size to a list of steps and a layout of memory whose size is
// known before anything runs.
import type { Batch } from '../../data/dataset.js';
import { type Logits } from '../../learning/losses/index.js';
import { classificationLoss, type LossResult, objective } from '../../learning/losses/objective.js';
import { outputsOf, readLogits } from '../../learning/readout.js';
import { type CompileOptions, Compiler, type Step } from './compile/compiler.js';
import { compileLayers } from './compile/layers.js';
import { compileLipschitz, type LipschitzValue } from './compile/lipschitz.js';
import { compileParseval } from './compile/parseval.js';
import { compileReadout } from './compile/readout.js';
import { blocksOf, LANES } from './geometry.js';
import type { Host } from './host.js';
import type { Op } from './op.js';
import { denseIndex, toDense } from './layout.js';
import { type DenseSignal, pixelsOf } from './signal.js';

/** What a run of a plan gives. */
export interface PassResult extends Omit<LossResult, 'gradient'> {
  /** By time step, in double precision. */
  logits: Logits;
  /** The penalty; 0 in inference. */
  lipschitz: number;
  /** Weighted sum of the terms of the loss that judge neurons; 0 in inference. */
  neurons: number;
}

/** A plan, ready to run any number of times. */
export interface Plan {
  steps: Step[];
  /** One past the highest address it uses, without scratch. */
  end: number;
  /** Scratch bytes that each thread needs. */
  scratch: number;
  compiler: Compiler;
  /** What follows the update of the parameters. */
  after: readonly Op[];
  /** Puts a batch where the first layer reads it. */
  load(host: Host, batch: Batch): void;
  /** What the last run gave. */
  result(): PassResult;
}

/** Compiles a plan. Pure: nothing is allocated or run. */
export function compilePlan(options: CompileOptions): Plan {
  const { network, settings, batch, training, dynamicInput } = options;
  const compiler = new Compiler(options);
  const [height, width, channels] = network.input;
  const images = dynamicInput ? settings.steps * batch : batch;
  const size = { channels, height, width, images };
  const input: DenseSignal = {
    ...{ kind: 'dense', ...size, isStatic: !dynamicInput, learns: false },
    region: compiler.allocDense(channels, pixelsOf(size)),
  };
  const layers = compileLayers(compiler, network.layers, input);
  const readout = compileReadout(compiler, network.layers.at(-1)!, layers.output);
  const { output } = readout;
  let labels: Int32Array = new Int32Array(0);
  let result: Omit<PassResult, 'lipschitz'> | undefined;
  let penalty: LipschitzValue = { value: () => 0 };
  let after: Op[] = [];
  const gradient = training ? compiler.allocDense(output.channels, pixelsOf(output)) : undefined;
  compiler.host((host) => {
    const floats = blocksOf(output.channels) * pixelsOf(output) * LANES;
    const logits = host.floats(output.region.address, floats);
    const steps = output.isStatic ? 1 : settings.steps;
    const outputs = outputsOf(network);
    const values = new Float64Array(steps * batch * outputs);
    for (let pixel = 0; pixel < steps * batch; pixel++)
      for (let c = 0; c < outputs; c++)
        values[pixel * outputs + c] = logits[denseIndex(pixel, c, steps * batch)];
    const { logits: given, back } = readLogits({ steps, batch, classes: outputs, values }, network);
    const found = classificationLoss(given, labels, settings.loss);
    const moments = compiler.moments.splice(0);
    const more = training ? objective(settings.loss, found.terms, moments) : { neurons: 0 };
    result = { logits: given, loss: found.loss, correct: found.correct, mean: found.mean, ...more };
    if (gradient) toDense(back(found.gradient), outputs, host.floats(gradient.address, floats));
  });
  compiler.drop(output.region);
  if (gradient) {
    const atLayers = readout.backward({ region: gradient, poolHeight: 1, poolWidth: 1 });
    const rest = atLayers && layers.backward(atLayers);
    if (rest) compiler.drop(rest.region);
    penalty = compileLipschitz(compiler);
    after = compileParseval(compiler);
  }
  compiler.drop(input.region);
  const pixels = pixelsOf(input);
  return {
    steps: compiler.steps,
    end: compiler.arena.peak,
    scratch: compiler.scratch,
    compiler,
    after,
    load(host, given) {
      labels = given.labels;
      toDense(given.x, channels, host.floats(input.region.address, blocksOf(channels) * pixels * LANES));
    },
    result() {
      return { ...result!, lipschitz: penalty.value() };
    },
  };
}
