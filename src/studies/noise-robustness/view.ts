// The parts that the notebook `noise-robustness` shows. Tests: test/studies/views.test.ts.
import { NOISE_DEFINITIONS, noiseTitle } from '../../data/images/noise-definitions.js';
import { readPaper } from '../../figures/paper.js';
import { effectSentence } from '../../statistics/wording.js';
import { networkFigure, type StudyContext, trainedRows } from '../context.js';
import { type Item, Part } from '../part.js';
import { KIND_TITLES, noiseFigure } from './accuracy.js';
import { noiseClaims } from './claims.js';
import { gainFigure } from './gain.js';
import { noiseGains, noisePoints, noiseRows } from './points.js';
import { shapeFigure } from './shape-figure.js';
import { type NoiseShape, noiseShapes } from './shapes.js';

/** The parts of the study, in the order of the notebook. */
export function view(context: StudyContext) {
  const { trained, evaluations, stem, folder } = context;
  const rows = noiseRows(trained, evaluations);
  const points = noisePoints(rows);
  const gains = noiseGains(rows);
  const networks = context.networks.filter((network) => rows.some((row) => row.network === network));
  const definitions = [...new Set(rows.map(({ definition }) => definition))];
  const of = <Row extends { network: string }>(all: readonly Row[], network: string): Row[] =>
    all.filter((row) => row.network === network);
  const used = [...trained, ...evaluations.filter(({ id }) => rows.some((row) => row.evaluation === id))];
  const origin = context.originOf(used);
  const chance = 100 / (trained[0]?.data.name === 'cifar100' ? 100 : 10);
  const shapes = networks.flatMap((network) =>
    noiseShapes(of(points, network), chance).map((shape) => ({ network, ...shape })),
  );
  const figure = (
    name: string,
    network: string,
    item: Pick<Parameters<typeof networkFigure>[1], 'figure' | 'rows' | 'caption' | 'digits' | 'png'>,
  ): Item => networkFigure(context, { ...item, name, network, networks, origin });
  return {
    /** The trainings, and what is missing of them. */
    records: new Part(() => [
      { lines: [context.found] },
      { table: trainedRows(trained, ({ experiment }) => ({ beta: experiment.lipschitz.beta })) },
    ]),
    /** The definitions of noise that were measured. */
    definitions: new Part(() => [
      {
        table: NOISE_DEFINITIONS.filter(({ name }) => definitions.includes(name)).map(
          ({ name, title, formula, description }) => ({ 'in words': title, name, formula, description }),
        ),
      },
    ]),
    /** Accuracy against noise, with and without LR, for each definition that was measured with both. */
    accuracy: new Part(() =>
      networks.flatMap((network) => {
        const own = of(points, network);
        return definitions
          .map((definition) => own.filter((point) => point.definition === definition))
          .filter((drawn) => new Set(drawn.map(({ beta }) => beta)).size > 1)
          .map((drawn) => {
            const [{ definition }] = drawn;
            const { description } = NOISE_DEFINITIONS.find(({ name }) => name === definition)!;
            return figure(definition, network, {
              figure: noiseFigure(own, definition),
              rows: drawn.map(({ runs: _, ...point }) => inWords(point)),
              png: true,
              caption: `Network: ${network}. Noise: ${description}. Bands: ± one standard deviation over seeds. Crosses and triangles: the paper's Fig. 7, another network and training.`,
            });
          });
      }),
    ),
    /** Accuracy with LR minus without, paired by seed. */
    gains: new Part(() => [
      ...networks.flatMap((network): Item[] => {
        const own = of(gains, network);
        const table = own.map(inWords);
        if (own.length === 0)
          return [{ lines: [`${network}: no definition was measured both with and without LR`] }];
        const caption = `Network: ${network}. Accuracy with LR minus accuracy without, in points; shaded: 95 % interval over seeds. Grey: the same difference in the paper, one network. An interval that contains 0 leaves the sign open.`;
        return [
          figure('gains', network, { figure: gainFigure(own), rows: table, digits: 3, caption }),
          { table, show: { limit: 60, digits: 3 } },
        ];
      }),
      {
        lines: [
          ...paperGains(),
          `${gains.length} intervals are shown here, none corrected for their number: about one in twenty would exclude 0 by chance`,
        ],
      },
    ]),
    /** The fall of each curve, beside the paper's. */
    shapes: new Part(() =>
      networks.flatMap((network): Item[] => {
        const own = of(shapes, network).map((shape) => ({
          ...inWords(shape),
          kind: KIND_TITLES[shape.kind],
        }));
        if (own.length === 0) return [];
        const caption = `Network: ${network}. Share of the accuracy above chance that is left. The number beside each name: root mean square difference to the paper, in points.`;
        return [
          figure('shapes', network, {
            figure: shapeFigure(of(points, network), chance),
            rows: own,
            digits: 3,
            caption,
          }),
          { table: own, show: { limit: 40, digits: 3 } },
        ];
      }),
    ),
    /** The paper's claims beside ours. */
    claims: new Part(() => [{ claims: noiseClaims(gains, trained, networks), place: { folder, stem } }]),
    /** The findings, in sentences. */
    findings: new Part(() => {
      const highest = Math.max(...gains.map(({ level }) => level));
      return [
        {
          findings: [
            ...gains
              .filter(({ level }) => level === highest)
              .map((gain) =>
                effectSentence(
                  `${gain.network}, ${noiseTitle(gain.definition)}, level ${gain.level}: accuracy with LR minus without`,
                  gain,
                ),
              ),
            ...networks.flatMap((network) => shapeSentences(network, of(shapes, network))),
          ],
        },
      ];
    }),
    /** Records, numerics and versions behind all of it. */
    provenance: new Part(() => [
      { table: origin.records.map((id) => ({ record: id })), show: { limit: 60 } },
      { lines: [`${origin.numerics.join('; ')} · ${origin.versions.join('; ')}`] },
    ]),
  };
}

/** A row with the definition's title in place of its name. */
const inWords = <Row extends { definition: string }>(row: Row): Row => ({
  ...row,
  definition: noiseTitle(row.definition),
});

/** The gains of the paper's Fig. 7, a line a kind of noise. */
function paperGains(): string[] {
  const published = readPaper('fig7').objects() as Record<string, number>[];
  return (['gaussian', 'salt_pepper'] as const).map((kind) => {
    const gained = published.map((row) => row[`acc_w_LR_${kind}`] - row[`acc_wo_LR_${kind}`]);
    const [least, most] = [Math.min(...gained), Math.max(...gained)].map((gain) => gain.toFixed(2));
    return `the paper, ${kind === 'gaussian' ? 'Gaussian noise' : 'salt and pepper'}: LR gains ${least} to ${most} points`;
  });
}

/** Within how many points of the paper's curve a definition has its shape. */
const NEAR = 2;

/** For each kind of noise, which definition falls off most nearly as the paper's curve. */
function shapeSentences(network: string, shapes: readonly NoiseShape[]): string[] {
  return (['gaussian', 'salt-pepper'] as const).flatMap((kind) => {
    const [nearest, next] = shapes.filter((shape) => shape.kind === kind);
    if (!nearest) return [];
    const verdict =
      nearest.largest <= NEAR
        ? `one definition stays within ${NEAR} points of the paper’s curve`
        : `no definition stays within ${NEAR} points of the paper’s curve at every level`;
    const second = next
      ? `; next ${noiseTitle(next.definition)}, n = ${next.n}, ${next.distance.toFixed(1)}`
      : '';
    return [
      `${network}, ${KIND_TITLES[kind]}: ${verdict}; nearest is ${noiseTitle(nearest.definition)} (n = ${nearest.n}, root mean square difference ${nearest.distance.toFixed(1)} points, at most ${nearest.largest.toFixed(1)}${second}): ${nearest.keptAtSmallest.toFixed(0)} % is left at the smallest level and ${nearest.keptAtLargest.toFixed(0)} % at the largest, in the paper ${nearest.paperAtSmallest.toFixed(0)} and ${nearest.paperAtLargest.toFixed(0)} %.`,
    ];
  });
}
