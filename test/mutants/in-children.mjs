// Imported by the processes that tests start while a measurement looks which test reaches which fault: writes those that
// were reached into the folder MUTANTS_REACHED when the process ends.
import fs from 'node:fs';
import { join } from 'node:path';

const { writeFileSync } = fs; // tests put another one in its place
const folder = process.env.MUTANTS_REACHED;
process.on('exit', () => {
  const reached = Object.keys(globalThis.__stryker__?.mutantCoverage?.static ?? {});
  if (folder && reached.length > 0) writeFileSync(join(folder, `${process.pid}`), reached.join('\n'));
});
