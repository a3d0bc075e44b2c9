// The parts that the notebook `lipschitz-sweep` shows. Tests: test/studies/views.test.ts.
import type { EvaluationRecord } from '../../records/record.js';
import type { StudyContext } from '../context.js';
import { type Item, Part } from '../part.js';
import { lipschitzClaims } from './claims.js';
import { lipschitzFindings } from './findings.js';
import { sensitivityFigure, sensitivityPoints } from './input-sensitivity.js';
import { normIndices } from './norm-index.js';
import { normItems } from './norms.js';
import { betaFigure, betaPoints } from './strength.js';

/** The parts of the study, in the order of the notebook. */
export function view(context: StudyContext) {
  const { trained, stem, folder, command, place } = context;
  const ofKind = (kind: string): EvaluationRecord[] =>
    context.evaluations.filter(({ evaluation }) => evaluation.kind === kind);
  const [spectra, moved] = [ofKind('spectra'), ofKind('sensitivity')];
  const points = betaPoints(trained, spectra);
  const sensitivities = sensitivityPoints(trained, moved);
  return {
    /** Present and missing trainings of each β. */
    records: new Part(() => [
      { lines: [context.found] },
      {
        table: points.map(({ beta, accuracy, gap, orthogonality, index }) => ({
          ...{ beta, seeds: accuracy.n, testAccuracy: accuracy.mean, sd: accuracy.sd, gap: gap.mean },
          orthogonality: orthogonality?.mean ?? null,
          normIndex: index,
        })),
        show: { digits: 4 },
      },
    ]),
    /** Accuracy, generalisation and distance from orthogonality against β. */
    accuracy: new Part((): Item[] => {
      if (points.length === 0) return [];
      return [
        {
          ...{ ...place('beta', [...trained, ...spectra]), figure: betaFigure(points), png: true },
          rows: points.map(({ beta, accuracy, gap, orthogonality, index }) => ({
            ...{ beta, n: accuracy.n, accuracy: accuracy.mean, accuracySd: accuracy.sd },
            ...{ gap: gap.mean, gapSd: gap.sd },
            orthogonality: orthogonality?.mean ?? null,
            orthogonalitySd: orthogonality?.sd ?? null,
            normIndex: index,
          })),
          caption:
            'Mean over seeds ± one standard deviation; points without a bar have one seed. Training accuracy is the mean over the last epoch, on augmented images and while the weights move.',
        },
      ];
    }),
    /** The largest singular value of each layer, without LR and with the strongest. */
    norms: new Part(() =>
      normItems(
        context,
        points.map(({ beta }) => beta),
        spectra,
      ),
    ),
    /** The product of these norms, of each network. */
    index: new Part(() => [
      {
        table: normIndices(trained, spectra),
        show: { digits: 3 },
        place: {
          ...{ ...place('index', [...trained, ...spectra]), digits: 3 },
          title: 'Product of norms along the network: an index, not a bound',
          caption:
            'A network of step functions has no Lipschitz constant; the product says only how much its linear parts could amplify. Poolings are in it: a mean of 2 × 2 values has norm ½.',
        },
      },
    ]),
    /** Change of logits and spikes with the input. */
    sensitivity: new Part((): Item[] => {
      if (sensitivities.length === 0) return [{ lines: [`no sensitivity records: ${command}`] }];
      const rows = sensitivities.map(({ runs: _, ...row }) => row);
      const measured = trained.filter(({ id }) => moved.some(({ of }) => of === id));
      return [
        {
          ...place('sensitivity', [...measured, ...moved]),
          ...{ figure: sensitivityFigure(sensitivities), rows, digits: 3 },
          caption:
            'Left: change of the logits over change of the input. Right: share of spikes that flip over change of the input, mean over layers. Input changes are Euclidean lengths of normalised images; the axis below gives them as root mean square over pixels. Bands: ± one standard deviation over seeds.',
        },
        { table: rows, show: { digits: 3, limit: 40 } },
      ];
    }),
    /** The paper's claim beside ours. */
    claims: new Part(() => [{ claims: lipschitzClaims(trained), place: { folder, stem } }]),
    /** The findings, in sentences. */
    findings: new Part(() => [{ findings: lipschitzFindings({ trained, points, sensitivities, moved }) }]),
  };
}
