// On what a record was made in a page: the browser, and the build of the page. Tests: test/records/provenance.test.ts.
import { cores, machineMemory, runtime } from '../../host/process.js';
import type * as node from '../provenance.js';

/** Identity of a page's code, from its build. */
export type Origin = Pick<node.Provenance, 'commit' | 'dirty'> & Pick<node.Versions, 'package'>;

let origin: Origin = { package: 'unknown', commit: null, dirty: null };

/** Says of which code the page was built; records name it. */
export function setOrigin(built: Origin): void {
  origin = built;
}

export const machine: typeof node.machine = () => ({
  cpu: 'unknown',
  cores: cores(),
  memory: machineMemory() / 2 ** 30,
  platform: runtime(),
});

export const versions: typeof node.versions = () => ({
  node: `none (${runtime()})`,
  package: origin.package,
  tfjs: null,
});

export const provenance: typeof node.provenance = () => ({
  machine: machine(),
  versions: versions(),
  commit: origin.commit,
  dirty: origin.dirty,
});
