// The ratio where the ANN skips zeros as the SNN does: known where an ANN twin was trained. Tests: test/studies/views.test.ts.
import { type DataflowName, DATAFLOWS, memoryEnergy } from '../../measures/memory-energy.js';
import type { StoredRecord } from '../../records/record.js';
import type { Item } from '../part.js';
import { type EnergySubject, subjectTitle } from './subjects.js';
import { twinDensity } from './twin-density.js';

/** Size of the memory of which the ratios are said: the middle one. */
const MEMORY = '32 kB';

/** The ratios with and without skipping for each network with a twin, and a line for each that has none. */
export function skippingItems(subjects: readonly EnergySubject[], records: readonly StoredRecord[]): Item[] {
  const twins = subjects.map((subject) => ({ subject, density: twinDensity(records, subject.experiment) }));
  const rows = twins.flatMap(({ subject, density }) =>
    density === null ? [] : skippingRows(subject, density),
  );
  return [
    {
      lines: twins
        .filter(({ density }) => density === null)
        .map(
          ({ subject }) =>
            `${subject.name}: how many activations of its twin are zero is not recorded: no twin (network.twin 'ann') was trained and evaluated`,
        ),
    },
    ...(rows.length > 0 ? [{ table: rows, show: { digits: 3 } }] : []),
  ];
}

function skippingRows(subject: EnergySubject, annDensity: number): object[] {
  const { built, layers, experiment } = subject;
  const ratio = (dataflow: DataflowName, skipped: { annDensity?: number } = {}): number =>
    memoryEnergy(built, layers, experiment.steps, { dataflow, memory: MEMORY, ...skipped }).ratio;
  return (Object.keys(DATAFLOWS) as DataflowName[]).map((dataflow) => ({
    network: subjectTitle(subject),
    order: DATAFLOWS[dataflow].title,
    nonZeroActivationsOfTheTwin: 100 * annDensity,
    ratioSkippingNone: ratio(dataflow),
    ratioSkippingZeros: ratio(dataflow, { annDensity }),
  }));
}
