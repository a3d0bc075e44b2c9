// Neurons and surrogates as equations: text that is read, interpreted, differentiated, checked and shown.
export type { LearnedParameter, NeuronDescription, SurrogateDescription } from './description.js';
export { describeNeuron } from './describe.js';
export { checkNeuron, type NeuronCheck, type NeuronCheckOptions } from './check-neuron.js';
export { checkSurrogate, type SurrogateCheck, type SurrogateCheckOptions } from './check-surrogate.js';
export { judged } from './judged.js';
export { readNeuron, type NeuronEquations } from './neuron.js';
export {
  neuronGradient,
  runNeuron,
  type NeuronGradient,
  type NeuronTrace,
  type Values,
} from './run-neuron.js';
export { readSurrogate, type SurrogateEquations } from './surrogate.js';
