// A process of its own that measures the peak memory of our training step: prints one JSON object.
// Arguments: engine, threads, network name, time steps, batch size.
import { initialWeights } from '../src/network/initialise.js';
import { NETWORKS, type NetworkName } from './networks.js';
import { openOurs } from './ours.js';
import { forgetPeak, resident } from './resident.js';
import { normalBatch, settingsFor } from './workloads.js';

const [engineName, threads, name, steps, examples] = process.argv.slice(2);
const network = NETWORKS[name as NetworkName]();
const settings = settingsFor(Number(steps));
const engine = await openOurs(engineName, Number(threads));
const planned = await engine.peakBytes(network, settings, Number(examples));
const batch = normalBatch(network, Number(examples));
const weights = initialWeights(network, 1);
const before = resident('VmRSS');
const model = engine.createModel(network, settings, weights);
for (let i = 0; i < 2; i++) await model.trainStep(batch, 0);
forgetPeak();
await model.trainStep(batch, 0);
const measured = resident('VmHWM') - before;
console.log(JSON.stringify({ planned, measured }));
model.dispose();
engine.dispose();
