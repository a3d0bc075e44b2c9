// The PyTorch that is there, if it is one that can be measured against.
import { UnsupportedError } from '../src/errors.js';
import { Peer } from './peer.js';

/** What Python says of itself. */
export interface AboutPyTorch {
  version: string;
  python: string;
  /** The instruction set that PyTorch's kernels use, such as `AVX2`. */
  capability: string;
  oneDNN: boolean;
}

const LEAST = [2, 6];
const INSTALL =
  'make one with `python -m venv .venv && .venv/bin/pip install torch` and set SGS_PYTHON to its python';

/** Whether a version of PyTorch, such as `2.6.0+cpu`, is new enough. */
export function isRecent(version: string): boolean {
  const [major, minor] = version.split('.').map(Number);
  return major > LEAST[0] || (major === LEAST[0] && minor >= LEAST[1]);
}

/** The Python that has PyTorch. */
export interface FoundPyTorch {
  /** As it was named: a path of this machine, not for records. */
  python: string;
  about: AboutPyTorch;
}

/**
 * Asks the Python that the environment's `SGS_PYTHON` names for its PyTorch.
 *
 * @throws UnsupportedError when there is none, or it is too old: what to do
 */
export async function findPyTorch(python = process.env.SGS_PYTHON): Promise<FoundPyTorch> {
  if (!python) throw new UnsupportedError(`SGS_PYTHON does not name a Python with PyTorch: ${INSTALL}`);
  const peer = new Peer(python);
  try {
    const about = await peer.about();
    if (!isRecent(about.version))
      throw new UnsupportedError(`PyTorch ${about.version} is older than ${LEAST.join('.')}: ${INSTALL}`);
    return { python, about };
  } finally {
    peer.close();
  }
}
