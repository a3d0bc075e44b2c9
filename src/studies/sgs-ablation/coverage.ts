// Seeds of each cell, and why some have none. Tests: test/studies/views.test.ts.
import { networkLabel } from '../../network/architectures.js';
import { SURROGATE_NAMES } from '../../surrogates/index.js';
import type { StudyContext } from '../context.js';
import { type Ablation, FOUR_CELLS } from './ablations.js';
import { type Cell, cellName } from './cells.js';

/** Whether the preset plans a cell for a network. */
export const isPlanned = (
  { trials }: Pick<StudyContext, 'trials'>,
  network: string,
  { surrogate, delta, beta }: Cell,
): boolean =>
  trials.some(
    ({ experiment }) =>
      networkLabel(experiment.network) === network &&
      experiment.neuron.surrogate.name === surrogate &&
      experiment.neuron.delta === delta &&
      experiment.lipschitz.beta === beta,
  );

/** A row for each network and each surrogate that has a cell planned or trained: a surrogate that is added changes no table. */
export const coverageRows = (context: StudyContext, ablations: readonly Ablation[]): object[] =>
  ablations.flatMap((ablation) =>
    SURROGATE_NAMES.filter(
      (surrogate) =>
        ablation.cells.some(({ key }) => key.surrogate === surrogate) ||
        FOUR_CELLS.some((cell) => isPlanned(context, ablation.network, { surrogate, ...cell })),
    ).map((surrogate) => coverageRow(context, ablation, surrogate)),
  );

function coverageRow(context: StudyContext, { network, cells }: Ablation, surrogate: string): object {
  const seeds = FOUR_CELLS.map(
    ({ delta, beta }) =>
      cells.find(({ key }) => key.surrogate === surrogate && key.delta === delta && key.beta === beta)?.runs
        .length ?? 0,
  );
  const lacking = FOUR_CELLS.filter((_, i) => seeds[i] === 0);
  const open = lacking.filter((cell) => isPlanned(context, network, { surrogate, ...cell })).length;
  const absent = lacking.length - open;
  const notes = [
    ...(open > 0 ? [`no record yet of ${open} cells: ${context.command}`] : []),
    ...(absent > 0 ? [`${absent} cells are not in preset ${context.preset}`] : []),
  ];
  return {
    ...{ network, surrogate },
    ...Object.fromEntries(FOUR_CELLS.map((cell, i) => [cellName(cell), seeds[i]])),
    note: notes.join('; '),
  };
}
