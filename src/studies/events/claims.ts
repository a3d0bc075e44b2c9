// The paper's result on CIFAR10-DVS, as far as it is known, beside ours. Tests: test/studies/views.slow.ts.
import type { SummaryRow } from '../../figures/summary.js';
import { verdict } from '../../statistics/verdict.js';
import type { EventNetwork } from './networks.js';

const RECIPE = 'preset paper trains VGGSNN on CIFAR10-DVS with TET’s pipeline';
const UNKNOWN = 'its frames, split and network are unknown';

/** One row: the paper's number is not public. Ours is of CIFAR10-DVS where there is one, else of the embedded set. */
export function eventClaims(networks: readonly EventNetwork[]): SummaryRow[] {
  const filmed = networks.find(({ run }) => run.experiment.data.name === 'cifar10-dvs');
  const shown = filmed ?? networks.at(0);
  return [
    {
      claim: 'CIFAR10-DVS: test accuracy',
      paper: null,
      paperSource: null,
      ours: shown ? `${(shown.accuracy ?? NaN).toFixed(1)} % on ${shown.data}` : null,
      n: shown ? 1 : null,
      verdict: filmed
        ? verdict({ kind: 'paperUnknown', why: `not public; ${UNKNOWN}` })
        : verdict({
            kind: 'notAttempted',
            why: `no record of a network on CIFAR10-DVS, and the paper’s number is not public: ${UNKNOWN}`,
          }),
      note: shown
        ? `${shown.network}, T = ${shown.steps}, ${shown.trained} training recordings; ${RECIPE}`
        : RECIPE,
      stem: shown ? 'events-networks' : 'events-cloud',
    },
  ];
}
