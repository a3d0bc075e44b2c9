// The report of a folder of outputs, under the title of this project.
import { join, relative } from 'node:path';
import { packageRoot, projectRoot } from '../../paths.js';
import { readOutputs } from '../../report/outputs.js';
import { buildReport } from '../../report/report.js';
import { NOTEBOOKS } from '../../studies/index.js';

/** Writes the report of a folder of outputs; returns its path. */
export function writeReport(figures: string, runs: string): string {
  const commands = readOutputs(figures).outputs.map(({ about }) => about?.origin.command ?? '');
  return buildReport({
    folder: figures,
    runs,
    page: pageFrom(figures),
    title: 'sgs-snn: Surrogate gradient scaling for directly training spiking neural networks',
    introduction: [
      'Figures and tables regenerated from run records by sgs-snn, next to what the paper (Chen, Wang, Gong, Wang, Duan; Applied Intelligence 2023) says.',
      'Every number of ours comes from records that are named below it, or from a computation that needs none and says so. Only where network, data, T and epochs are the paper’s, or no training is involved, does a verdict say whether a number is reproduced; elsewhere the settings differ and only the direction of an effect is compared. What was not tried, and where the paper’s value is not known, is said.',
    ],
    commands: [...new Set(commands)].filter(Boolean).sort(),
    order: NOTEBOOKS,
  });
}

/** The page of `npm run page`, seen from a folder of this checkout; elsewhere there is none. */
const pageFrom = (folder: string): string | undefined =>
  projectRoot(folder) === packageRoot()
    ? relative(folder, join(packageRoot(), 'page', 'index.html')).replaceAll('\\', '/')
    : undefined;
