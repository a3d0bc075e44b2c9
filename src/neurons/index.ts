// The models of neurons by name, as equations. Adding one: its file, and its line here. Where an experiment names none it is
// `lif`, so that experiments have the ids that they had before there was a choice.
import type { NeuronDescription } from '../equations/index.js';
import { clif } from './clif.js';
import { diet } from './diet.js';
import { glif } from './glif.js';
import { integrateAndFire } from './if.js';
import { liaf } from './liaf.js';
import { lifDecayInput } from './lif-decay-input.js';
import { lifDescription } from './lif.js';
import { plif } from './plif.js';
import { stl } from './stl.js';
import { trsg } from './trsg.js';

const builtIn = {
  if: integrateAndFire,
  lif: lifDescription(),
  lifDecayInput,
  plif,
  diet,
  stl,
  glif,
  clif,
  liaf,
  trsg,
} satisfies Record<string, NeuronDescription>;

/** The name of a built-in model of a neuron. */
export type NeuronName = keyof typeof builtIn;
/** All built-in models of neurons by name, in the order in which they are documented. */
export const neurons: Readonly<Record<NeuronName, NeuronDescription>> = builtIn;
/** Their names. */
export const NEURON_NAMES = Object.keys(builtIn) as NeuronName[];
