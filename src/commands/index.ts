// The commands of `sgs`, in the order of its help. What a command takes and does is loaded only when it is asked for, so that
// help comes at once. Tests: test/commands/cli.test.ts.
import type { Command } from 'commander';

/** A command: its name, what it does in a few words, and what adds the rest. */
export interface CommandEntry {
  name: string;
  description: string;
  load(): Promise<(command: Command) => void>;
}

/** All commands. */
export const COMMANDS: readonly CommandEntry[] = [
  {
    name: 'train',
    description: 'train a network and keep the record',
    load: async () => (await import('./train.js')).addTrain,
  },
  {
    name: 'trial',
    description: 'train one experiment and make its evaluations; what is done already is not done again',
    load: async () => (await import('./trial.js')).addTrial,
  },
  {
    name: 'sweep',
    description: 'train every combination of settings in a file, in parallel; go on where it stopped',
    load: async () => (await import('./sweep.js')).addSweep,
  },
  {
    name: 'methods',
    description: 'the methods that can be compared: settings, equations, published accuracies',
    load: async () => (await import('./methods.js')).addMethods,
  },
  {
    name: 'eval',
    description: 'accuracy of a run on its test part',
    load: async () => (await import('./evaluate.js')).addEval,
  },
  {
    name: 'noise',
    description: 'accuracy of a run under noise on its test images',
    load: async () => (await import('./evaluate.js')).addNoise,
  },
  {
    name: 'energy',
    description: 'operations and energy of a run, under every counting',
    load: async () => (await import('./evaluate.js')).addEnergy,
  },
  {
    name: 'diagnose',
    description: 'why a run does not learn as it should: what was found, what is usual, what to try',
    load: async () => (await import('./diagnose.js')).addDiagnose,
  },
  {
    name: 'runs',
    description: 'the records in a folder',
    load: async () => (await import('./runs.js')).addRuns,
  },
  {
    name: 'weights',
    description: 'weights of a run for PyTorch and NumPy, and theirs for a network',
    load: async () => (await import('./weights.js')).addWeights,
  },
  {
    name: 'nir',
    description: 'networks as NIR, which other simulators and chips read',
    load: async () => (await import('./nir.js')).addNir,
  },
  {
    name: 'data',
    description: 'download a data set, verify it and unpack it; resumes a cut download',
    load: async () => (await import('./data.js')).addData,
  },
  {
    name: 'notebooks',
    description: 'execute notebooks, and check the outputs that are committed with them',
    load: async () => (await import('./notebooks.js')).addNotebooks,
  },
  {
    name: 'reproduce',
    description: 'train a preset, execute the notebooks on its records, make figures and the report',
    load: async () => (await import('./reproduce.js')).addReproduce,
  },
  {
    name: 'report',
    description: 'make index.html and RESULTS.md from the outputs in a folder, or a page of a notebook',
    load: async () => (await import('./report.js')).addReport,
  },
  {
    name: 'doctor',
    description: 'what this machine can do, what is found, and what a network needs',
    load: async () => (await import('./doctor.js')).addDoctor,
  },
  {
    name: 'completion',
    description: 'a script by which a shell completes commands, options and ids',
    load: async () => (await import('./completion.js')).addCompletion,
  },
];
