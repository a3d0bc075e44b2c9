// The settings that a user keeps in the environment (SGS_THREADS, SGS_BUILD, SGS_RUNS …) are none of the tests'; only the
// folder of real data is. Given to Node with --import, for every process and thread of ava.
import { resolve } from 'node:path';

for (const name of Object.keys(process.env))
  if (name.startsWith('SGS_') && name !== 'SGS_DATA') delete process.env[name];
if (process.env.SGS_DATA) process.env.SGS_DATA = resolve(process.env.SGS_DATA);
else delete process.env.SGS_DATA;
