// Damaged NIR files, in bulk.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import test from 'ava';
import { type NirFuzzReport, nirFuzzLine } from '../../helpers/nir-fuzz.js';

const INPUTS = 100_000;

/** In a process of its own: the memory of tests that run beside this one would count as growth. */
async function fuzzAlone(inputs: number): Promise<NirFuzzReport> {
  const helper = new URL('../../helpers/nir-fuzz.js', import.meta.url).href;
  const script = `import { fuzzNir } from ${JSON.stringify(helper)};
    console.log(JSON.stringify(await fuzzNir(${inputs})));`;
  const words = ['--input-type=module', '-e', script];
  const { stdout } = await promisify(execFile)(process.execPath, words, { killSignal: 'SIGKILL' });
  return JSON.parse(stdout) as NirFuzzReport;
}

test('100,000 damaged NIR files: refused by name, unsound or run; none takes a minute (that only ends what hangs), the process grows by less than 1 GiB', async (t) => {
  t.timeout(30 * 60_000);
  const report = await fuzzAlone(INPUTS);
  t.log(nirFuzzLine(report));
  t.is(report.refused + report.unsound + report.ran, INPUTS);
  t.true(report.refused > 10_000 && report.unsound > 1000 && report.ran > 1000, 'all ways out are tried');
  t.true(report.slowest < 60_000);
  t.true(report.growth < 2 ** 30, `the process grew by ${(report.growth / 2 ** 20).toFixed(0)} MiB`);
});
