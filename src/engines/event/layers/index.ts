// Kinds of layers that this engine compiles in its own way: neurons whose step is generated, potentials that are normalised, norms
// over time, neuron normalisation. Tests: test/engines/event/model.test.ts.
import { ofDense, unflattened } from '../../plan/layers.js';
import { compileLif } from '../../plan/lif.js';
import type { OwnKinds } from '../../plan/planner.js';
import type { Compiler } from '../compiler.js';
import { layerCode } from '../generate/layer-code.js';
import { compileDescribed } from './described.js';
import { compileMpbn } from './mpbn.js';
import { compileNeuNorm } from './neu-norm.js';
import { compileStepNorm } from './step-norm.js';

/** See the head of the file. */
export const ownKinds: OwnKinds<Compiler> = {
  lif: {
    pending: true,
    compile(compiler, layer, signal) {
      // Of what its own kernels lack, such as a surrogate of one's own; and in training where terms of the loss judge the neurons.
      const { neuron } = compiler.settings;
      const isJudged =
        compiler.judging !== undefined && (compiler.training || layerCode(layer, neuron) !== undefined);
      const its = layerCode(layer, neuron, isJudged);
      return its ? compileDescribed(compiler, layer, signal, its) : compileLif(compiler, layer, signal);
    },
  },
  neuron: {
    pending: true,
    compile: (compiler, layer, signal) =>
      compileDescribed(
        compiler,
        layer,
        signal,
        layerCode(layer, compiler.settings.neuron, compiler.judging !== undefined)!,
      ),
  },
  mpbn: ofDense(compileMpbn),
  stepNorm: ofDense(compileStepNorm),
  neuNorm: unflattened(compileNeuNorm),
};
