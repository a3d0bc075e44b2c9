// The built-in neurons that equations.test.ts leaves out, each trained on both engines.
import { trainsAlike } from '../helpers/equation-training.js';

for (const model of ['if', 'lifDecayInput', 'plif', 'diet', 'glif', 'clif', 'liaf'] as const)
  trainsAlike(model, { model, parameters: { theta: 0.5 } });
trainsAlike('trsg', { model: 'trsg', parameters: { theta0: 0.5 } });
trainsAlike('stl', { model: 'stl', parameters: { theta: 0.5 }, surrogate: { name: 'atan' } });
