// `sgs report`: makes the HTML report and RESULTS.md again from the outputs in a folder, or a page of a notebook of one's own. Tests: test/commands/reach.slow.ts.
import type { Command } from 'commander';
import { someText } from './values.js';
import { figuresRoot, resultsFile, runsRoot } from '../paths.js';
import { SettingsError } from '../errors.js';
import { buildNotebookPage } from '../report/notebook-page.js';
import { buildResults } from '../report/results.js';
import { writeReport } from './reproduction/report.js';
import { print } from '../print.js';

interface ReportOptions {
  figures?: string;
  runs?: string;
  title?: string;
  output?: string;
}

/** Adds what the command takes and does. */
export function addReport(command: Command): void {
  command
    .argument('[notebook]', 'an executed notebook, to be made one page to share')
    .option('--title <text>', 'of the page of a notebook (default: its first heading)', someText)
    .option('--output <file>', 'where the page of a notebook goes (default: beside it, .html)', someText)
    .option('--figures <folder>', 'where they are (default: SGS_FIGURES, else figures)', someText)
    .option('--runs <folder>', 'the records behind them (default: SGS_RUNS, else data/runs)', someText)
    .action((notebook: string | undefined, { figures, runs, title, output }: ReportOptions) => {
      if (notebook !== undefined) return print(buildNotebookPage(notebook, { title, output }));
      if (title !== undefined || output !== undefined)
        throw new SettingsError(
          'report: --title and --output are of the page of a notebook; name one, or leave them out',
        );
      const folder = figuresRoot({ figuresDir: figures });
      const records = runsRoot({ runsDir: runs });
      print(writeReport(folder, records));
      print(buildResults({ figures: folder, runs: records, file: resultsFile(folder) }));
    });
}
