// Norms of the layers of two networks beside each other: without LR and with the strongest. Tests: test/studies/views.test.ts.
import type { EvaluationRecord, RunRecord } from '../../records/record.js';
import type { StudyContext } from '../context.js';
import type { Item } from '../part.js';
import { normFigure } from './layer-norms.js';

/** A network that is drawn. */
interface Drawn {
  run: RunRecord;
  record: EvaluationRecord;
  beta: number;
  /** Heading of its panel. */
  title: string;
}

/**
 * The figure, and a line for each of the two that has no record.
 *
 * @param betas - all that were trained, in ascending order
 * @param spectra - evaluations of kind `spectra`
 */
export function normItems(
  context: StudyContext,
  betas: readonly number[],
  spectra: readonly EvaluationRecord[],
): Item[] {
  const { trained, command, place } = context;
  const seed = Math.min(...trained.map(({ experiment }) => experiment.seed));
  const ends = betas.filter((_, i) => i === 0 || i === betas.length - 1);
  const drawn: Drawn[] = [];
  const lines: string[] = [];
  for (const beta of ends) {
    const run = trained.find(
      ({ experiment }) => experiment.lipschitz.beta === beta && experiment.seed === seed,
    );
    const record = spectra.find(({ of }) => of === run?.id);
    if (run && record) drawn.push({ run, record, beta, title: beta === 0 ? 'without LR' : `LR β = ${beta}` });
    else lines.push(`no spectra for β = ${beta}: ${command}`);
  }
  if (drawn.length === 0) return [{ lines }];
  return [
    { lines },
    {
      ...place(
        'norms',
        drawn.flatMap(({ run, record }) => [run, record]),
      ),
      ...{ figure: normFigure(drawn), digits: 4 },
      rows: drawn.flatMap(({ beta, record }) =>
        record.results.map(({ row: _, ...rest }) => ({ beta, ...rest })),
      ),
      caption: `Seed ${seed}. ${convergence(drawn)}`,
    },
  ];
}

/** Whether all power iterations converged, and which did not. */
function convergence(drawn: readonly Drawn[]): string {
  const lost = drawn.flatMap(({ record, title }) =>
    record.results.filter(({ converged }) => converged === false).map(({ layer }) => `${layer} (${title})`),
  );
  return lost.length === 0
    ? 'All power iterations converged.'
    : `Power iterations that did not converge: ${lost.join(', ')}.`;
}
