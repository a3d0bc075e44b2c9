// The parts that the notebook `architecture` shows. Tests: test/studies/views.test.ts.
import { resnet19 } from '../../network/nets/resnet19.js';
import { countParameters } from '../../network/parameters.js';
import { type ArchitectureRow, architectureRows } from '../../network/table.js';
import { computedOrigin, type StudyContext } from '../context.js';
import { Part } from '../part.js';
import { architectureClaims } from './claims.js';
import { costFigure } from './network-cost.js';
import { networkRows } from './networks.js';
import { blockFigure, blockKinds } from './residual-block.js';
import { blockStrides } from './strides.js';

/** Significant digits that print every count in full. */
const IN_FULL = 12;

/** Settings besides the preset. */
export interface ArchitectureSettings {
  /** Width of the ResNet-19 that is shown; default 1, the paper's. */
  width?: number;
}

/** The parts of the study, in the order of the notebook. */
export function view({ folder, stem }: StudyContext, { width = 1 }: ArchitectureSettings = {}) {
  const network = resnet19({ classes: 10, width });
  const rows = architectureRows(network);
  const strides = blockStrides(network);
  const place = (name: string) => ({ folder, stem: `${stem}-${name}`, origin: computedOrigin(stem) });
  return {
    /** The layers, with their parameters and operations (Table 7). */
    layers: new Part(() => [
      {
        table: rows,
        show: { limit: 60, digits: IN_FULL },
        place: {
          ...place('layers'),
          title: 'Layers of ResNet-19 (Table 7), 10 classes',
          caption:
            'Parameters and multiply–accumulates (one image, one time step) by layer; BN and LIF stand with the layer they follow.',
        },
      },
    ]),
    /** Where parameters and operations sit. */
    cost: new Part(() => [
      {
        ...place('cost'),
        figure: costFigure(network),
        rows: rows.map(({ layer, weights, batchNorm, macs }) => ({
          layer,
          parameters: weights + batchNorm,
          macs,
        })),
        caption:
          'Operations are spread evenly over the 3 × 3 convolutions; parameters sit in the last two blocks.',
      },
      { lines: [costSentence(rows, countParameters(network))] },
    ]),
    /** The two kinds of residual block (Fig. 9), and the strides of all of them. */
    block: new Part(() => [
      {
        ...place('block'),
        figure: blockFigure(blockKinds(network)),
        png: true,
        caption:
          'The two kinds of residual block in ResNet-19: with a 1 × 1 convolution as shortcut where width or stride change, else the identity.',
      },
      { table: strides },
    ]),
    /** The paper's counts beside ours. */
    claims: new Part(() => [{ claims: architectureClaims(strides), place: { folder, stem } }]),
    /** The networks that this repository trains. */
    networks: new Part(() => [
      {
        table: networkRows(),
        show: { digits: IN_FULL },
        place: { ...place('networks'), title: 'Networks of this repository', digits: IN_FULL },
      },
    ]),
  };
}

/** The small cost of the convolution that sees the image, and the places of the parameters. */
function costSentence(rows: readonly ArchitectureRow[], parameters: number): string {
  const [first] = rows;
  const macs = rows.reduce((sum, row) => sum + row.macs, 0);
  const late = rows
    .filter(({ layer }) => /^block[78]\./.test(layer))
    .reduce((sum, { weights, batchNorm }) => sum + weights + batchNorm, 0);
  return `conv1, the only convolution that sees the image itself, has ${((100 * first.macs) / macs).toFixed(3)} % of the MACs; blocks 7 and 8 have ${((100 * late) / parameters).toFixed(0)} % of the parameters`;
}
